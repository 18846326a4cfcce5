"""From the tables of a workbook to what scoring takes, with everything unreadable reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.refusals import Refusal
from addin.workbook.account_tables import Portfolio, own_columns, read_accounts
from addin.workbook.definitions import Role
from addin.workbook.located_tables import Layout, Located
from addin.workbook.model_tables import read_model_tables, reference_date
from addin.workbook.periods import last_period_end
from addin.workbook.tables import by_role
from scoring import Fault, Model
from scoring.gates import without_order
from scoring.model import NUMERIC_SCALES
from scoring.read_model import read_model
from scoring.terms import FIELDS, Kind
from scoring.uses.services import Service, read_services

__all__ = ["Intake", "take_in"]

_KEPT = ("history", "checks")


@dataclass(frozen=True, slots=True)
class Intake:
    """All that a workbook says.

    Attributes
    ----------
    layout
        Where things stand.
    model
        The company's model; None with a fault that stops.
    settings
        Values of the settings by key.
    reference_date
        The day of the scoring.
    period_end
        The last day of the newest period of turnover.
    portfolio
        The accounts.
    faults
        What is wrong; of accounts, by their position in the portfolio.
    services
        What is done for each class, in the order of the table Classes.
    """

    layout: Layout
    model: Model | None
    settings: Mapping[str, object]
    reference_date: dt.date
    period_end: dt.date
    portfolio: Portfolio
    faults: list[Fault]
    services: Sequence[Service] = ()


def take_in(layout: Layout, today: dt.date, also: Collection[str] = ()) -> Intake:
    """Read model and accounts.

    Parameters
    ----------
    layout
        The tables of the workbook.
    today
        The reference date where Settings names none.
    also
        Columns of the accounts to read beside those that scoring looks at.

    Raises
    ------
    Refusal
        ``tables_lost`` if there is no table at all: sheets taken over from a
        new workbook would then not bring back what the old ones held.
    """
    if not layout.tables:
        raise Refusal("tables_lost")
    faults = _missing(layout)
    settings: Mapping[str, object] = {}
    services: Sequence[Service] = ()
    model: Model | None = None
    if not faults:
        tables = read_model_tables(layout)
        settings, faults = tables.settings, tables.faults
        services = read_services(tables.frames["classes"])
        model, model_faults = read_model(tables.frames, own_columns(layout.accounts).keys())
        unreadable = {(fault.table, fault.row, fault.field) for fault in faults}
        # A cell that could not be read reached scoring empty: it is not also missing.
        faults = faults + [f for f in model_faults if (f.table, f.row, f.field) not in unreadable]
    if any(fault.stops for fault in faults):
        model = None
    faults += [
        Fault(kind, None, None, "table_missing", "restore_table", {"table": kind.capitalize()})
        for kind in _KEPT
        if kind not in layout.named
    ]
    portfolio, unreadable_cells = read_accounts(layout, model, also)
    faults += unreadable_cells
    if model is not None:
        faults += _words_for_numbers(layout, portfolio, model)
    if any(fault.stops for fault in faults):
        model = None
    on = reference_date(settings, today)
    end = last_period_end(layout, settings, on)
    return Intake(layout, model, settings, on, end, portfolio, faults, services)


def _missing(layout: Layout) -> list[Fault]:
    """Tables and columns without which nothing can be scored."""
    faults = []
    for table in by_role(Role.MODEL):
        located = layout.named.get(table.key)
        if located is None:
            if not table.optional:
                details = {"table": table.name}
                what, remedy = "table_missing", "restore_table"
                faults.append(Fault(table.key, None, None, what, remedy, details, stops=True))
            continue
        for key in table.required:
            if key not in located.columns:
                named: dict[str, object] = {"header": (table.key, key), "table": located.table.name}
                what, remedy = "column_missing", "restore_column"
                faults.append(Fault(table.key, None, None, what, remedy, named, stops=True))
    if not layout.accounts:
        faults.append(Fault("accounts", None, None, "no_account_table", "add_account_table", stops=True))
    return faults


def _words_for_numbers(layout: Layout, portfolio: Portfolio, model: Model) -> list[Fault]:
    """Columns of words of which a gate or a scale wants numbers: as a whole, or in single cells."""
    faults: list[Fault] = []
    accounts = portfolio.accounts
    if "gates" in layout.named:
        for row, gate in zip(_filled_rows(layout.named["gates"]), model.gates, strict=True):
            if gate.column not in accounts:
                continue
            values = accounts[gate.column]
            words = without_order(gate, values)
            if not len(words):
                continue
            if len(words) == _n_known(values):
                details = {"column": gate.column, "value": gate.value, "word": values.iat[words[0]]}
                what, remedy = "gate_compares_words", "compare_words"
                faults.append(Fault("gates", row, "value", what, remedy, details, stops=True))
                continue
            for at in words.tolist():
                said = {"value": values.iat[at], "reason": gate.reason}
                what, remedy = "gate_needs_number", "type_a_number"
                faults.append(Fault("accounts", at, gate.column, what, remedy, said))
    return faults + _criteria_of_words(layout, portfolio, model)


def _criteria_of_words(layout: Layout, portfolio: Portfolio, model: Model) -> list[Fault]:
    """Criteria with a scale of numbers whose column holds words alone."""
    faults = []
    names = layout.named["criteria"].cells("criterion")
    for criterion in model.criteria:
        column = criterion.column
        is_text = column not in FIELDS or FIELDS[column].kind is Kind.TEXT
        if criterion.scale not in NUMERIC_SCALES or not is_text or column not in portfolio.accounts:
            continue
        word = _first_word(portfolio, column)
        if word is not None and portfolio.accounts[column].isna().all():
            row = next(at for at, name in enumerate(names) if str(name).strip() == criterion.name)
            details = {"criterion": criterion.name, "column": column, "word": word}
            what, remedy = "criterion_needs_numbers", "use_list"
            faults.append(Fault("criteria", row, "scale", what, remedy, details, stops=True))
    return faults


def _first_word(portfolio: Portfolio, column: str) -> str | None:
    """Return the first text in the cells of a column that was read as one of numbers."""
    for located in portfolio.tables:
        for cell in located.cells(column):
            if isinstance(cell, str) and cell.strip():
                return cell
    return None


def _n_known(values: pd.Series) -> int:
    return int(np.count_nonzero(values.notna().to_numpy() & (values != "").to_numpy()))


def _filled_rows(located: Located) -> list[int]:
    """Rows of a table that hold anything."""
    columns = located.table.columns
    return [
        row
        for row in range(located.table.n_rows)
        if any(column[row] is not None and str(column[row]).strip() for column in columns)
    ]
