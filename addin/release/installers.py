"""Makes one file of each installer and its texts.

A person downloads an installer and the package of ClientScore, and
double-clicks the first. In the project the texts lie apart, so that both
installers share them. An installer knows the package that it belongs to by
its version and its hash, and takes no other.
"""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import Final

from addin.catalogue import LANGUAGES

__all__ = ["INSTALLERS", "packed"]

INSTALLERS: Final = ("install.cmd", "install.sh")


def packed(name: str, wheel: Path) -> bytes:
    """Return an installer with its texts behind its last line, one ``text-language:key=text`` each.

    Parameters
    ----------
    name
        ``"install.cmd"`` or ``"install.sh"``.
    wheel
        The one package of ClientScore that it is to install.
    """
    folder = resources.files("addin").joinpath("install")
    script = folder.joinpath(name).read_text(encoding="ascii")
    known = {
        "VERSION": wheel.name.split("-")[1],
        "WHEEL_SHA256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
    }
    for variable, value in known.items():
        empty = rf"\b{variable}=(?=\"?$)"
        script, n_places = re.subn(empty, f"{variable}={value}", script, flags=re.MULTILINE)
        assert n_places == 1, variable
    lines = []
    for language in LANGUAGES:
        texts = folder.joinpath(f"texts-{language}.txt").read_text(encoding="utf-8").splitlines()
        lines += [f"text-{language}:{text}" for text in texts if text and not text.startswith("#")]
    end = "\r\n" if name.endswith(".cmd") else "\n"
    return end.join([*script.splitlines(), *lines, ""]).encode()
