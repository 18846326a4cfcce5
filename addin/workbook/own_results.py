"""Columns of the company's own that are called like one which a refresh fills.

Loss risk, Profile and Class by score came after many workbooks were made, in which a company may have
a column of that name. Its cells are its own: no refresh has written them, and none may write over them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from addin.catalogue import word_key
from addin.workbook.port import Cell
from scoring.terms import UNKNOWN_CLASS
from scoring.text import fold

__all__ = ["CAME_TOGETHER", "own_results"]

CAME_TOGETHER: Final = ("held", "risk", "profile")
"""Columns that a table of ours has all three of, or none."""
_LETTERS: Final = ("class", "computed", "previous")


def own_results(
    columns: Mapping[str, Sequence[Cell]], letters: Collection[Cell], language: str
) -> dict[str, int]:
    """Return the columns that no refresh has filled, each with the row of the first cell that shows it.

    Parameters
    ----------
    columns
        Cells by field key, of the columns that a table of accounts has.
    letters
        Letters of the classes.
    language
        Of the workbook.

    Notes
    -----
    A column is the company's where it holds what no refresh writes; and, if it holds anything, where
    those that came with it are missing.

    Examples
    --------
    >>> own_results({"profile": [None, "Key account"], "held": ["A", "B"], "risk": []}, ["A", "B"], "en")
    {'profile': 1}
    >>> own_results({"profile": ["loyal"], "held": ["A"]}, ["A"], "en")
    {}
    >>> own_results({"profile": ["loyal"]}, ["A"], "en")
    {'profile': 0}
    """
    found = {}
    for key in CAME_TOGETHER:
        others = set(CAME_TOGETHER[1:]) if key == "held" else {"held"}
        alone = not others & columns.keys()
        known = _letters(columns, letters) if key == "held" and key in columns else frozenset()
        cells = columns.get(key, ())
        theirs = {cell for cell in set(cells) if _is_filled(cell)}  # few, and they repeat
        if not alone:
            theirs = {cell for cell in theirs if not _is_ours(key, cell, known, language)}
        if theirs:
            found[key] = next(row for row, cell in enumerate(cells) if cell in theirs)
    return found


def _is_filled(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _letters(columns: Mapping[str, Sequence[Cell]], letters: Collection[Cell]) -> frozenset[str]:
    """Return the letters of the classes, those of before included: a company may have renamed them."""
    seen = {UNKNOWN_CLASS, *letters, *(cell for key in _LETTERS for cell in columns.get(key, ()))}
    return frozenset(fold(one) for one in seen if isinstance(one, str))


def _is_ours(key: str, cell: Cell, letters: Collection[str], language: str) -> bool:
    if not isinstance(cell, str):
        return False
    return fold(cell) in letters if key == "held" else word_key(key, cell, language) is not None
