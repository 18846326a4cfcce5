"""The guide as a reader has it: its pages, what is in them, and its commands run as they stand."""

import contextlib
import io
import re
import shlex
from pathlib import Path

from addin.cli import main
from addin.guide.pictures import TODAY

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LANGUAGES = ("en", "fr")
LOCALES = {"en": "en_GB.UTF-8", "fr": "fr_FR.UTF-8"}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY = "..."


def pages(language):
    """All pages of a language by name."""
    return {path.name: path for path in sorted((DOCS / language).glob("*.md"))}


def text(language, name):
    return (DOCS / language / name).read_text(encoding="utf-8")


def prose(page):
    """A page without its blocks of code."""
    return _FENCE.sub("", page)


def commands(page):
    """The commands of a page, each with what it is to print."""
    found = []
    for kind, block in _FENCE.findall(page):
        if kind != "console":
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed.splitlines()))
    return found


def run(command):
    """Exit code and all that a command prints, on the day of the guide."""
    said = io.StringIO()
    program, *arguments = shlex.split(command)
    assert program == "clientscore"
    code = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(arguments, TODAY)
        except SystemExit as stopped:
            code = stopped.code
    return code, said.getvalue().splitlines()


def first_difference(expected, printed):
    """What the page shows and the command did not print; None where all of it came, in this order.

    A line of three points stands for any lines. Unbreakable spaces are spaces.
    """
    expected, printed = map(_plain, expected), list(map(_plain, printed))
    at, anywhere = 0, False
    for line in expected:
        if line.strip() == _ANY:
            anywhere = True
            continue
        place = next((i for i, one in enumerate(printed[at:]) if one == line), None)
        if place is None or (place and not anywhere):
            return line
        at, anywhere = at + place + 1, False
    return None if anywhere or at == len(printed) else f"(nothing more), but: {printed[at]}"


def _plain(line):
    return line.replace("\u00a0", " ").replace("\u202f", " ").rstrip()
