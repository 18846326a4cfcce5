"""The classes as other programs take them: a CRM, an ERP, the telephone system."""

from __future__ import annotations

from collections import Counter
from typing import Final

from addin.catalogue import Phrase, catalogue
from addin.exports import Rows
from addin.refusals import Refusal
from addin.workbook.account_tables import read_codes
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell
from addin.workbook.typed_cells import read_text

__all__ = ["class_list"]

_FIELDS: Final = ("account", "name", "class", "label", "score", "rep")


def class_list(layout: Layout) -> Rows:
    """Return code, name, class, category, score and rep of every account, as they were last scored.

    Parameters
    ----------
    layout
        The tables of the workbook.

    Returns
    -------
    Rows
        In the order of the sheets. A code that stands twice is left out, and told.

    Raises
    ------
    Refusal
        If nothing is scored.
    """
    words = catalogue(layout.language)
    rows = [row for located in layout.accounts for row in _rows(located)]
    if not any(row[_FIELDS.index("class")] for row in rows):
        raise Refusal("not_scored_yet")
    counts = Counter(str(row[0]).casefold() for row in rows)
    twice = sorted({str(row[0]) for row in rows if counts[str(row[0]).casefold()] > 1})
    return Rows(
        words.text("exports", "classes", "sheet"),
        [words.header("accounts", key) for key in _FIELDS],
        [row for row in rows if counts[str(row[0]).casefold()] == 1],
        [Phrase("exports", ("classes", "twice"), {"account": code}) for code in twice],
    )


def _rows(located: Located) -> list[tuple[Cell, ...]]:
    """Return a row an account: texts as texts, the score as a number."""
    columns: list[list[Cell]] = [list(read_codes(located))]
    for key in _FIELDS[1:]:
        cells = located.cells(key)
        columns.append([_score(cell) if key == "score" else _text(cell) for cell in cells])
    return [row for row in zip(*columns, strict=True) if row[0] is not None]


def _text(cell: Cell) -> str | None:
    text = read_text(cell)
    return text if isinstance(text, str) else None


def _score(cell: Cell) -> float | None:
    return cell if isinstance(cell, float) else None
