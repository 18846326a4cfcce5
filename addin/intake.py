"""From the tables of a workbook to what scoring takes, with everything unreadable reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from addin.account_tables import Portfolio, read_accounts
from addin.book import MODEL_TABLES
from addin.layout import Layout
from addin.model_tables import ModelReader
from scoring import Fault, Model, read_model

__all__ = ["Intake", "take_in"]

_REQUIRED = {
    "criteria": ("criterion", "column", "applies_to", "weight", "scale"),
    "scales": ("criterion", "value", "points"),
    "classes": ("class", "min_score"),
    "gates": ("column", "condition", "value", "best_class"),
    "settings": ("setting", "value"),
}


@dataclass(frozen=True, slots=True)
class Intake:
    """All that a workbook says.

    Attributes
    ----------
    layout
        Where things stand.
    model
        The company's model; None with a fault that stops.
    reference_date
        The day of the scoring.
    portfolio
        The accounts.
    faults
        What is wrong; of accounts, by their position in the portfolio.
    """

    layout: Layout
    model: Model | None
    reference_date: dt.date
    portfolio: Portfolio
    faults: list[Fault]


def take_in(layout: Layout, today: dt.date) -> Intake:
    """Read model and accounts.

    Parameters
    ----------
    layout
        The tables of the workbook.
    today
        The reference date where Settings names none.
    """
    faults = _missing(layout)
    reference_date = today
    model: Model | None = None
    if not faults:
        reader = ModelReader(layout, faults)
        tables = reader.tables()
        reference_date = reader.reference_date or today
        model, model_faults = read_model(tables, reader.own_columns)
        unreadable = {(fault.table, fault.row, fault.field) for fault in faults}
        # A cell that could not be read reached scoring empty: it is not also missing.
        faults += [f for f in model_faults if (f.table, f.row, f.field) not in unreadable]
        if any(fault.stops for fault in faults):
            model = None
    faults += [
        Fault(kind, None, None, "table_missing", "restore_table", {"table": kind.capitalize()})
        for kind in ("history", "checks")
        if kind not in layout.named
    ]
    portfolio = read_accounts(layout, model, faults)
    return Intake(layout, model, reference_date, portfolio, faults)


def _missing(layout: Layout) -> list[Fault]:
    """Tables and columns without which nothing can be scored."""
    faults = []
    for kind in MODEL_TABLES:
        located = layout.named.get(kind)
        if located is None:
            if kind != "gates":
                faulty = {"table": kind.capitalize()}
                faults.append(Fault(kind, None, None, "table_missing", "restore_table", faulty, stops=True))
            continue
        for key in _REQUIRED[kind]:
            if key not in located.columns:
                details: dict[str, object] = {"header": (kind, key), "table": located.table.name}
                faults.append(
                    Fault(kind, None, None, "column_missing", "restore_column", details, stops=True)
                )
    if not layout.accounts:
        faults.append(Fault("accounts", None, None, "no_account_table", "add_account_table", stops=True))
    return faults
