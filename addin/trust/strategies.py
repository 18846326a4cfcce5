"""Strategies: the class of every account under other weights, beside the one in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts, texts_of, turnovers
from addin.uses.result import Record, Result, Value
from addin.views.scored import Scored
from addin.workbook.applied import applied
from addin.workbook.located_tables import Layout
from addin.workbook.read_workbook import take_in
from addin.workbook.strategy_columns import (
    Strategy,
    criterion_rows,
    read_strategies,
    unknown_criteria,
    weights_written,
)
from addin.workbook.typed_cells import read_text
from addin.workbook.uses.strategies import SHIPPED, SLOTS
from scoring import Model, assess
from scoring.portfolio import duplicates
from scoring.text import fold
from scoring.trust.strategies import effect
from scoring.uses.review import class_matrix

__all__ = ["classes_with", "strategies"]

Bools = npt.NDArray[np.bool_]

_AREA: Final = re.compile(r"\(([^()]+)\)\s*$")
"""What a strategy is for, at the end of its name: Conquest (North)."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A strategy that was tried: the class of each account, and for whom it is meant."""

    name: str
    classes: Sequence[str]
    area: Bools


def strategies(scored: Scored) -> Result:
    """Class all accounts by each strategy; nothing in force is touched."""
    layout = scored.intake.layout
    accounts = scored_accounts(scored)
    tried: list[_Tried] = []
    notes: list[Phrase] = []
    read = read_strategies(layout)
    for strategy in read:
        found = strategy.why_not or classes_with(scored, strategy.name, strategy.weights)
        if isinstance(found, Phrase):
            notes.append(found)
            continue
        area, said = _area(strategy.name, scored)
        tried.append(_Tried(strategy.name, found, area))
        notes += said
    if accounts.empty:
        notes.insert(0, _note("empty"))
    elif not tried and not notes:
        notes.append(_note("none"))
    unknown = unknown_criteria(layout)
    if unknown:
        notes.append(_note("unknown_criteria", criteria=unknown))
    if len(tried) > SLOTS:
        notes.append(_note("more", count=SLOTS))
    names: Record = {f"name_{at}": one.name for at, one in enumerate(tried[:SLOTS], start=1)}
    return Result(
        {
            "strategies": _weights(layout, read),
            "strategytotals": [_totals(one, accounts, scored.model) for one in tried],
            "strategymoves": [row for one in tried for row in _moves(one, accounts, scored.model)],
            "strategyaccounts": _accounts(tried, accounts),
            "strategynames": [names],
        },
        notes=notes,
        noted=dict.fromkeys(
            ("strategytotals", "strategyaccounts"),
            [] if tried and len(accounts) else [_note("nothing_tried")],
        ),
    )


def classes_with(scored: Scored, name: str, weights: Sequence[float | None]) -> list[str] | Phrase:
    """Return the class that each listed account would have, or why there is none.

    Everything else stays in force: gates, margin, forced classes, and the class held so far as this
    scoring leaves it. So a refresh after the weights are applied finds the same.

    Parameters
    ----------
    scored
        The scored workbook.
    name
        What the weights are called, for what is said.
    weights
        A weight for each row of the table Criteria, None for a row without a name.
    """
    intake = scored.intake
    criteria = intake.layout.named["criteria"]
    names = [fold(str(cell)) for cell in criteria.cells("criterion")]
    wanted = {key: weight for key, weight in zip(names, weights, strict=True) if weight}
    counting = {fold(one.name): one for one in scored.model.criteria}
    accounts, model = intake.portfolio.accounts, scored.model
    if wanted.keys() <= counting.keys():
        weighed = (replace(one, weight=wanted[key]) for key, one in counting.items() if key in wanted)
        model = replace(model, criteria=tuple(weighed))
    else:  # a criterion that is off today: its column and its scale have not been read
        tables = applied(intake.layout.tables, weights_written(criteria, weights))
        found = take_in(Layout(tables), intake.reference_date)
        if found.model is None:
            fault = next(one for one in found.faults if one.stops)
            row = fault.row if fault.table in ("criteria", "scales") else None
            located = intake.layout.named.get(fault.table)
            cell = located.address(row, fault.field) if located is not None else ""
            sheet = located.table.sheet if located is not None else ""
            return _note("cannot_score", name=name, sheet=sheet, cell=cell)
        accounts, model = found.portfolio.accounts, found.model
    held = scored.assessment.results["held"].astype(object).to_numpy()
    done = assess(
        accounts.assign(held=held), model, intake.reference_date, period_end=intake.period_end, explain=False
    )
    letters = done.results["class"].astype(object).to_numpy()
    single = ~np.asarray(duplicates(intake.portfolio.accounts["account"]))
    return [str(letter) for letter in letters[single]]


def _area(name: str, scored: Scored) -> tuple[Bools, list[Phrase]]:
    """Return for which accounts a strategy is meant: those of a sector, a rep or a sheet that it names."""
    portfolio = scored.intake.portfolio
    single = ~np.asarray(duplicates(portfolio.accounts["account"]))
    everybody = np.ones(int(single.sum()), dtype=bool)
    named = _AREA.search(name)
    if named is None:
        return everybody, []
    wanted = fold(named[1])
    sheets = [fold(located.table.sheet) for located in portfolio.tables]
    area = np.array([sheets[at] == wanted for at in portfolio.table_of.tolist()], dtype=bool)
    for column in ("sector", "rep"):
        if column in portfolio.accounts:
            texts = portfolio.accounts[column].to_numpy(dtype=object)
            area |= np.array([isinstance(one, str) and fold(one) == wanted for one in texts], dtype=bool)
    if not area.any():
        return everybody, [_note("no_area", name=name, area=named[1].strip())]
    return area[single], [_note("area", name=name, count=int(area[single].sum()))]


def _weights(layout: Layout, read: Sequence[Strategy]) -> list[Record]:
    """Return the rows of the table Strategies: the weight in force, and those of every strategy."""
    located, criteria = layout.named.get("strategies"), layout.named["criteria"]
    if located is None:
        return []
    rows, current = criterion_rows(criteria), criteria.cells("weight")
    shipped = {key: located.cells(key) for key in SHIPPED}
    columns = {one.name: located.cells(one.key) for one in read}
    records: list[Record] = []
    for at, cell in enumerate(located.cells("criterion")):
        name = read_text(cell)
        row = rows.get(fold(name)) if isinstance(name, str) else None
        record: dict[str, Value] = {
            "criterion": name if isinstance(name, str) else None,
            "current": None if row is None else _number(current[row]),
            **{key: _number(cells[at]) for key, cells in shipped.items()},
            "weights": {
                key: number for key, cells in columns.items() if (number := _number(cells[at])) is not None
            },
        }
        records.append(record)
    return records


def _number(cell: object) -> float | None:
    return cell if isinstance(cell, float) else None


def _totals(tried: _Tried, accounts: pd.DataFrame, model: Model) -> Record:
    looked, then = accounts[tried.area], _of_area(tried)
    found = effect(looked["class"].to_list(), then, turnovers(looked), model.letters())
    return {
        "strategy": tried.name,
        "accounts": found.accounts,
        "up": found.up,
        "down": found.down,
        "turnover": found.turnover,
        "share": found.share,
    }


def _moves(tried: _Tried, accounts: pd.DataFrame, model: Model) -> list[Record]:
    """Return the matrix from the class in force to that of a strategy, the pairs that occur."""
    looked = accounts[tried.area]
    now = dict(zip(looked["account"].str.casefold(), looked["class"], strict=True))
    found = class_matrix(looked.assign(**{"class": _of_area(tried)}), now, model.letters())
    return [
        {
            "strategy": tried.name,
            "from": row["before"],
            "to": row["now"],
            "accounts": row["accounts"],
            "turnover": row["turnover"],
        }
        for row in found.to_dict("records")
    ]


def _of_area(tried: _Tried) -> list[str]:
    return [letter for letter, inside in zip(tried.classes, tried.area.tolist(), strict=True) if inside]


def _accounts(tried: Sequence[_Tried], accounts: pd.DataFrame) -> list[Record]:
    """Return a row an account, those first that most strategies would move, of these the largest."""
    turnover, now = turnovers(accounts).tolist(), accounts["class"].to_list()
    codes, names, reps = (texts_of(accounts, column) for column in ("account", "name", "rep"))
    rows: list[tuple[tuple[int, float, str], Record]] = []
    for at, letter in enumerate(now):
        classes = {one.name: one.classes[at] for one in tried if one.area[at]}
        slots: dict[str, Value] = {
            f"strategy_{place}": classes.get(one.name) for place, one in enumerate(tried[:SLOTS], start=1)
        }
        row: Record = {
            "account": codes[at],
            "name": names[at],
            "rep": reps[at],
            "turnover": turnover[at],
            "class": letter,
            **slots,
            "classes": classes,
        }
        n_moved = sum(other != letter for other in classes.values())
        rows.append(((-n_moved, -np.nan_to_num(turnover[at]), (codes[at] or "").casefold()), row))
    rows.sort(key=lambda entry: entry[0])
    return [row for _, row in rows]


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("strategies", key), details)
