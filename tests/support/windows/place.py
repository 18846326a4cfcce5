"""Where a Windows for tests lies: in the checkout, in a folder that git ignores, made once and kept."""

import hashlib
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
CACHE = ROOT / ".windows"

PYTHON = CACHE / "python"  # CPython for Windows, with what the product and its tests need
KIT = CACHE / "kit"  # what README's “Without internet” puts beside install.cmd
PREFIX = CACHE / "prefix"  # Wine's Windows
DRIVE = PREFIX / "drive_c"


def stamp(*contents):
    """Short name of some contents: what was made from others is made anew."""
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:16]


@contextmanager
def alone():
    """Keep other processes of the tests from making the same at the same time."""
    import fcntl  # Windows, where this file is read too, has none

    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def made_once(what, *contents):
    """Give whether something is still to be made; it counts as made when the block ends well."""
    mark = CACHE / f"{what}.made"
    wanted = stamp(*contents)
    missing = not mark.exists() or mark.read_text(encoding="ascii") != wanted
    mark.unlink(missing_ok=True) if missing else None
    yield missing
    mark.write_text(wanted, encoding="ascii")


def is_made(what):
    """Whether something was made to its end, of whatever contents."""
    return (CACHE / f"{what}.made").exists()
