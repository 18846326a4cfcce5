"""The money scales of a workbook: those that ship, and rows that fit the portfolio.

The shipped ones are a large company's. The first import that fills such a
column fits its scale, as long as it still is the shipped one; later on, a
person asks for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from addin.catalogue import Catalogue
from addin.workbook.kept_rows import Row
from addin.workbook.located_tables import Located
from addin.workbook.port import Cell, Changes, ColumnFill, rows_below
from addin.workbook.read_workbook import Intake
from addin.workbook.typed_cells import read_text
from scoring import Model, assess
from scoring.fitted_scales import fitted_rows
from scoring.model import Criterion, Points
from scoring.terms import UNKNOWN_CLASS
from scoring.text import fold

__all__ = ["SHIPPED", "Fit", "Fits", "accounts_by_class", "fit_scales", "fitted_changes", "rows_text"]

Rows = tuple[tuple[float, float], ...]
"""Value and points of each row of a scale."""

_LARGE: Final[Rows] = ((0, 0), (10_000, 2), (30_000, 4), (50_000, 6), (125_000, 8), (200_000, 10))
_HALF: Final[Rows] = ((0, 0), (5_000, 2), (15_000, 4), (25_000, 6), (62_500, 8), (100_000, 10))
SHIPPED: Final[dict[str, Rows]] = {"turnover": _LARGE, "potential": _LARGE, "potential_new": _HALF}
"""The scale that ships, by the column that it measures; as many rows as a fitted one has."""
_SHORTER: Final = {column: (rows[0], rows[1], rows[3], rows[5]) for column, rows in SHIPPED.items()}
"""The same lines through fewer points, as older workbooks have them."""
_FITTED: Final = ("linear", "steps")


@dataclass(frozen=True, slots=True)
class Fit:
    """Rows for the scale of a criterion.

    Attributes
    ----------
    criterion, column
        The criterion, and the column that it measures.
    now, fitted
        The rows that it has, and those that fit.
    """

    criterion: str
    column: str
    now: Rows
    fitted: Rows


@dataclass(frozen=True, slots=True)
class Fits:
    """What fits the portfolio of a workbook.

    Attributes
    ----------
    scales
        The scales that would change.
    too_few
        Criteria whose column has too few amounts above 0 to say.
    """

    scales: Sequence[Fit] = ()
    too_few: Sequence[str] = ()


def fit_scales(intake: Intake, model: Model, *, only_shipped: Sequence[str] | None = None) -> Fits:
    """Find the rows that fit the portfolio for each money scale.

    Parameters
    ----------
    intake, model
        What the workbook says.
    only_shipped
        Columns whose scale is fitted only where it still is the shipped one; None for all columns,
        whatever their scale.
    """
    accounts = intake.portfolio.accounts
    scales, too_few = [], []
    for criterion in model.criteria:
        column = criterion.column
        if column not in SHIPPED or criterion.scale not in _FITTED or criterion.scale_points is None:
            continue
        now = _rows(criterion.scale_points)
        if only_shipped is not None and (
            column not in only_shipped or now not in (SHIPPED[column], _SHORTER[column])
        ):
            continue
        amounts = np.full(len(accounts), np.nan)
        if column in accounts:
            amounts = accounts[column].to_numpy(dtype=np.float64, na_value=np.nan)
        fitted = fitted_rows(amounts)
        if fitted is None:
            too_few.append(criterion.name)
        elif fitted != now:
            scales.append(Fit(criterion.name, column, now, fitted))
    return Fits(scales, too_few)


def _rows(points: Points) -> Rows:
    return tuple(zip(points.thresholds, points.points, strict=True))


def _with(model: Model, scales: Sequence[Fit]) -> Model:
    fitted = {scale.criterion: scale.fitted for scale in scales}

    def changed(criterion: Criterion) -> Criterion:
        rows = fitted.get(criterion.name)
        if rows is None:
            return criterion
        values, points = zip(*rows, strict=True)
        return replace(criterion, scale_points=Points(tuple(values), tuple(points)))

    return replace(model, criteria=tuple(map(changed, model.criteria)))


def accounts_by_class(intake: Intake, model: Model, scales: Sequence[Fit] = ()) -> Counter[str]:
    """Accounts by class with some fitted scales, as if none had been classed before.

    What a scale does shows without the margin.
    """
    model = _with(model, scales)
    accounts = intake.portfolio.accounts.drop(columns=["held", "computed", "class"], errors="ignore")
    found = Counter(dict.fromkeys((*model.letters(), UNKNOWN_CLASS), 0))
    found.update(assess(accounts, model, intake.reference_date, explain=False).results["class"].to_list())
    return found


def fitted_changes(located: Located, scales: Sequence[Fit]) -> Changes:
    """Return what writes fitted rows into the table Scales.

    Each takes the rows of its criterion, in their places: what lies between
    keeps its cells and their formats. Rows more than there were come below.
    """
    table = located.table
    names = [read_text(cell) for cell in located.cells("criterion")]
    columns = {key: list(located.cells(key)) for key in ("criterion", "value", "points")}
    skip = np.ones(table.n_rows, dtype=bool)
    below: list[Row] = []
    for scale in scales:
        places = [
            at
            for at, name in enumerate(names)
            if isinstance(name, str) and fold(name) == fold(scale.criterion)
        ]
        for at in places:
            skip[at] = False
            columns["criterion"][at] = columns["value"][at] = columns["points"][at] = None
        for place, (value, points) in enumerate(scale.fitted):
            row: dict[str, Cell] = {"criterion": scale.criterion, "value": value, "points": points}
            if place < len(places):
                for key, cell in row.items():
                    columns[key][places[place]] = cell
            else:
                below.append(row)
    fills = [
        ColumnFill(table.name, located.columns[key], cells, skip.copy(), np.zeros(table.n_rows, dtype=bool))
        for key, cells in columns.items()
    ]
    return Changes(fills, [rows_below(table, located.tuples(below))] if below else [])


def rows_text(rows: Sequence[tuple[float, float]], words: Catalogue) -> str:
    """Say the rows of a scale on one line."""
    return "; ".join(words.text("scales", "row", value=value, points=points) for value, points in rows)
