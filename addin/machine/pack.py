"""Makes one file of each installer and its texts: ``python -m addin.machine.pack FOLDER``.

A person downloads and double-clicks one file. In the project the texts lie
apart, so that both installers share them.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

from addin.catalogue import LANGUAGES

__all__ = ["main", "packed"]


def packed(name: str) -> bytes:
    """Return an installer with its texts behind its last line, one ``text-language:key=text`` each.

    Parameters
    ----------
    name
        ``"install.cmd"`` or ``"install.sh"``.
    """
    folder = resources.files("addin").joinpath("install")
    script = folder.joinpath(name).read_text(encoding="ascii")
    lines = []
    for language in LANGUAGES:
        texts = folder.joinpath(f"texts-{language}.txt").read_text(encoding="utf-8").splitlines()
        lines += [f"text-{language}:{text}" for text in texts if text and not text.startswith("#")]
    end = "\r\n" if name.endswith(".cmd") else "\n"
    return end.join([*script.splitlines(), *lines, ""]).encode()


def main(arguments: list[str]) -> int:
    """Write both installers into a folder."""
    folder = Path(arguments[0])
    for name in ("install.cmd", "install.sh"):
        (folder / name).write_bytes(packed(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
