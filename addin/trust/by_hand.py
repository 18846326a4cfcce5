"""What the score of an account is reckoned from by hand: its values, each with its cell."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from addin.trust.lever_texts import written_entries
from addin.uses.result import Record, Value
from addin.views.scored import Scored
from addin.workbook.uses.explain import BY_HAND_LINES
from scoring.columns import Accounts
from scoring.measured import measure
from scoring.model import Criterion
from scoring.text import entry

__all__ = ["by_hand_rows"]

_YEARS: Final = ("turnover", "turnover_1", "turnover_2")


def by_hand_rows(scored: Scored, row: int) -> list[Record]:
    """Return a row for each criterion that applies: where its value stands, and the value as it was read.

    A trend has the three turnovers that it is made of, a rank the rank and the
    number of accounts that are ranked. A value that is unknown, or that its
    scale cannot use, has none.
    """
    table = Accounts(scored.intake.portfolio.accounts)
    measured = measure(table, scored.model)
    rows: list[Record] = []
    for at, criterion in enumerate(scored.model.criteria):
        if not measured.applies[row, at] or len(rows) == BY_HAND_LINES:
            continue
        values: list[Value] = [None, None, None]
        if measured.known()[row, at]:
            values = _values(scored, table, criterion, row)
        rows.append(
            {
                "criterion": criterion.name,
                "cell": _cell(scored, criterion, row),
                **dict(zip(("value", "second", "third"), values, strict=True)),
            }
        )
    return rows


def _values(scored: Scored, table: Accounts, criterion: Criterion, row: int) -> list[Value]:
    if criterion.column == "trend":
        years = [float(table.numbers(key)[row]) for key in _YEARS]
        if criterion.scale != "rank":
            return [None if np.isnan(year) else year for year in years]
    if criterion.scale == "list":
        value: Any = table.series(criterion.column).iat[row]
        return [written_entries(scored.intake).get(entry(value), value), None, None]
    numbers = table.numbers(criterion.column)
    number = float(numbers[row])
    if criterion.scale != "rank":
        return [number, None, None]
    applies = table.applies(criterion)
    among = numbers[~np.isnan(numbers) & (True if applies is None else applies)]
    below, equal = int((among < number).sum()), int((among == number).sum())
    return [number, below + (equal + 1) / 2, float(len(among))]


def _cell(scored: Scored, criterion: Criterion, row: int) -> str | None:
    """Return the sheet and the cell of a value, of the newest turnover for a trend."""
    portfolio = scored.intake.portfolio
    located = portfolio.tables[int(portfolio.table_of[row])]
    key = "turnover" if criterion.column in ("trend", "state") else criterion.column
    if key not in located.columns:
        return None
    return f"{located.table.sheet}!{located.address(int(portfolio.row_of[row]), key)}"
