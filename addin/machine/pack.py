"""Makes one file of each installer and its texts: ``python -m addin.machine.pack FOLDER``.

A person downloads an installer and the package of ClientScore, and
double-clicks the first. In the project the texts lie apart, so that both
installers share them. An installer knows the package that lay in the folder
as it was made, by its hash, and takes no other.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from addin.catalogue import LANGUAGES

__all__ = ["main", "packed"]


def packed(name: str, wheel: bytes) -> bytes:
    """Return an installer with its texts behind its last line, one ``text-language:key=text`` each.

    Parameters
    ----------
    name
        ``"install.cmd"`` or ``"install.sh"``.
    wheel
        Contents of the one package of ClientScore that it is to install.
    """
    folder = resources.files("addin").joinpath("install")
    script = folder.joinpath(name).read_text(encoding="ascii")
    script, n_places = re.subn(
        r"\bWHEEL_SHA256=(?=\"?$)",
        f"WHEEL_SHA256={hashlib.sha256(wheel).hexdigest()}",
        script,
        flags=re.MULTILINE,
    )
    assert n_places == 1
    lines = []
    for language in LANGUAGES:
        texts = folder.joinpath(f"texts-{language}.txt").read_text(encoding="utf-8").splitlines()
        lines += [f"text-{language}:{text}" for text in texts if text and not text.startswith("#")]
    end = "\r\n" if name.endswith(".cmd") else "\n"
    return end.join([*script.splitlines(), *lines, ""]).encode()


def main(arguments: Sequence[str]) -> int:
    """Write both installers into a folder, for the package of ClientScore in it or in its ``wheels``."""
    folder = Path(arguments[0])
    wheels = [*folder.glob("clientscore-*.whl"), *folder.glob("wheels/clientscore-*.whl")]
    if len(wheels) != 1:
        found = "more than one" if wheels else "none"
        sys.stderr.write(
            f"The installers belong to one package, and {folder} holds {found}. Build it there first: "
            f"uv build --wheel -o {folder}\n"
        )
        return 1
    for name in ("install.cmd", "install.sh"):
        (folder / name).write_bytes(packed(name, wheels[0].read_bytes()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
