"""The strategy that somebody chose: by its name, or by a cell of its column."""

from __future__ import annotations

from addin.refusals import Refusal
from addin.workbook.located_tables import Layout
from addin.workbook.strategy_columns import Strategy, read_strategies
from scoring.text import fold

__all__ = ["chosen_strategy", "strategy_at"]


def chosen_strategy(layout: Layout, name: str) -> Strategy:
    """Return the strategy of a name, in any case and with or without accents.

    Raises
    ------
    Refusal
        If there is none, or there are several.
    """
    if "strategies" not in layout.named:
        raise Refusal("no_strategies")
    every = read_strategies(layout)
    found = [one for one in every if fold(one.name) == fold(name)]
    if len(found) != 1:
        raise Refusal("no_such_strategy", name=name, known=[one.name for one in every])
    return found[0]


def strategy_at(layout: Layout, sheet: str, row: int, column: int) -> Strategy:
    """Return the strategy in whose column a cell stands, its header included.

    Parameters
    ----------
    layout
        The tables of the workbook.
    sheet, row, column
        The cell, counted from 1.

    Raises
    ------
    Refusal
        If it stands in none.
    """
    located = layout.named.get("strategies")
    if located is None:
        raise Refusal("no_strategies")
    table = located.table
    if table.sheet == sheet and table.top - 1 <= row < table.top + table.n_rows:
        for strategy in read_strategies(layout):
            if located.columns[strategy.key] == column - table.left:
                return strategy
    raise Refusal("no_strategy_selected", sheet=table.sheet)
