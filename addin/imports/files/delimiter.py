"""What parts the cells of a text file, and whether it puts them into quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["HEAD_LINES", "declared_delimiter", "delimiter_of", "is_quoted_throughout"]

HEAD_LINES: Final = 60
"""Lines that are looked at for the separator and the header."""
_DELIMITERS: Final = ";\t|,"
_DECLARED: Final = re.compile(rf'"?sep=([{_DELIMITERS}])"?[{_DELIMITERS}\s]*', re.IGNORECASE)


def declared_delimiter(line: str) -> str:
    """Return the separator that a first line for Excel declares, empty where it is none.

    >>> declared_delimiter("sep=;"), declared_delimiter("Account;Name")
    (';', '')
    """
    found = _DECLARED.fullmatch(line)
    return found[1] if found else ""


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


def is_quoted_throughout(lines: Sequence[str], delimiter: str) -> bool:
    """Whether most lines below the header have most of their cells in quotation marks.

    >>> is_quoted_throughout(['"a";"b"', '"1";"x"'], ";"), is_quoted_throughout(['a;b', '1;"x"'], ";")
    (True, False)
    """
    below = [line for line in lines if line.strip()]
    below = below[1:] or below
    quoted = 0
    for line in below:
        cells = [cell for cell in line.split(delimiter) if cell.strip()]
        wrapped = sum(cell[0] == cell[-1] == '"' and len(cell) > 1 for cell in cells)
        quoted += wrapped * 2 > len(cells)
    return quoted * 2 > len(below)
