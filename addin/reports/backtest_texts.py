"""What the command backtest says beside its verdict: the tables of the sheet."""

from __future__ import annotations

from typing import Final

from addin.catalogue import Catalogue
from addin.reports.console import aligned
from addin.uses import Result
from addin.workbook.definitions import Column, Holds
from addin.workbook.uses.backtest import BACKTEST

__all__ = ["backtest_lines"]

_DECIMALS: Final = 2


def backtest_lines(result: Result, words: Catalogue) -> list[str]:
    """Return the tables of the sheet, one below the other, those that hold something."""
    lines: list[str] = []
    for table in BACKTEST.tables:
        rows = result.tables[table.key]
        if rows:
            head = [words.header(table.key, column.key) for column in table.columns]
            cells = [[_shown(column, row[column.key], words) for column in table.columns] for row in rows]
            lines += ["", *aligned([head, *cells], left=1)]
    return lines


def _shown(column: Column, value: object, words: Catalogue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return words.word("yes_no", "yes" if value else "no")
        case str():
            return words.words(column.words).get(value, value) if column.words else value
        case float() if column.holds is Holds.SHARE:
            return words.percent(value)
        case float() if column.holds is Holds.FACTOR:
            return words.show(value, decimals=_DECIMALS)
        case float():
            return words.show(round(value))
        case _:
            return words.show(value)
