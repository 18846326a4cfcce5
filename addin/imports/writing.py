"""How a text file is written: its encoding, and what parts its cells."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

__all__ = ["HEAD_LINES", "delimiter_of", "encoding_of"]

_AT_A_TIME: Final = 8 * 2**20
HEAD_LINES: Final = 60
"""Lines that are looked at for the separator and the header."""
_DELIMITERS: Final = ";\t|,"
_C1: Final = bytes(range(0x80, 0xA0))
"""Bytes that are letters in cp1252 and nothing in ISO 8859-15."""


def encoding_of(path: Path, start: bytes) -> tuple[str, bool]:
    """Encoding of a file, and whether it breaks off within a letter.

    All of it is looked at: one late byte tells Windows' code page from UTF-8.
    """
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", False
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_c1 = True, False
    with path.open("rb") as stream:
        while block := stream.read(_AT_A_TIME):
            if is_utf8:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not has_c1 and not block.isascii():
                has_c1 = len(block.translate(None, _C1)) < len(block)
            if not is_utf8 and has_c1:
                return "cp1252", False
    if not is_utf8:
        return "iso8859-15", False
    damaged = bool(decoder.getstate()[0])
    return ("utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"), damaged


def delimiter_of(text: str, *, quoting: bool) -> str:
    """Return the sign that parts the lines of the head into cells most evenly."""
    if quoting:
        text = re.sub(r'"[^"\n]*"', "", text)
    lines = [line for line in text.split("\n")[:HEAD_LINES] if line.strip(" ")]

    def evenness(sign: str) -> tuple[float, int]:
        counts = sorted(line.count(sign) for line in lines)
        middle = counts[len(counts) // 2] if counts else 0
        return middle * counts.count(middle), sum(counts)

    return max(_DELIMITERS, key=evenness)
