"""Faults with their place in the workbook and their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from addin.catalogue import Catalogue
from addin.workbook.finding import Finding
from addin.workbook.own_columns import header_of, is_own
from addin.workbook.read_workbook import Intake
from scoring import Fault
from scoring.terms import STATUSES

__all__ = ["fault_line", "locate"]

_MOST_PLACES = 4
"""Places that a finding names of a code that stands on many rows."""


def locate(intake: Intake, faults: Sequence[Fault], words: Catalogue) -> list[Finding]:
    """Put faults into words and into their places, those that stop first.

    The order is that of the sheets and cells, whatever order the faults came in.
    """
    found = []
    twins = _twins(intake, faults)
    for fault in faults:
        order, sheet, cell, account = _place(intake, fault)
        details = {name: _shown(name, value, words) for name, value in fault.details.items()}
        if fault.what == "account_twice":
            details["others"] = twins[str(fault.details["value"]).casefold()]
        # A setting is known by its name, not by the header of its column.
        field = details["setting"] if "setting" in details else _header(fault, intake, words)
        finding = Finding(
            sheet,
            cell,
            account,
            words.text("faults", "what", fault.what, field=field, **details),
            words.text("faults", "remedy", fault.remedy, field=field, **details),
            fault.stops,
        )
        found.append((not fault.stops, *order, finding.what, finding))
    found.sort(key=lambda entry: entry[:-1])
    return [entry[-1] for entry in found]


def fault_line(finding: Finding, words: Catalogue) -> str:
    """One finding in one line: place, what is wrong, what to do."""
    place = f"{finding.sheet}!{finding.cell}" if finding.cell and finding.sheet else finding.sheet
    if finding.cell and not place:  # rows that a formula gives stand on no sheet: their first header is A1
        place = words.text("cli", "result", "in_given", cell=finding.cell)
    if not place:
        return f"{finding.what} {finding.remedy}"
    key = "fault_account" if finding.account else "fault"
    details = {"place": place, "account": finding.account, "what": finding.what, "remedy": finding.remedy}
    return words.text("cli", "result", key, **details)


def _place(intake: Intake, fault: Fault) -> tuple[tuple[int, int, str], str, str, str]:
    """Order, sheet, cell and account code of a fault."""
    layout, portfolio = intake.layout, intake.portfolio
    if fault.named:
        return _place_in_table(intake, fault)
    if fault.table == "accounts":
        if fault.row is None:
            return (0, 0, ""), "", "", ""
        table = int(portfolio.table_of[fault.row])
        located, row = portfolio.tables[table], int(portfolio.row_of[fault.row])
        code = str(portfolio.accounts["account"].iat[fault.row])
        cell = located.address(row, fault.field)
        return (10 + table, row, cell), located.table.sheet, cell, code
    named = layout.named.get(fault.table)
    if named is None:
        return (1, 0, fault.table), "", "", ""
    position = list(layout.named).index(fault.table)
    row = -1 if fault.row is None else fault.row
    cell = named.address(fault.row, fault.field)
    return (2 + position, row, cell), named.table.sheet, cell, ""


def _place_in_table(intake: Intake, fault: Fault) -> tuple[tuple[int, int, str], str, str, str]:
    """Place of a fault that is told once a table of accounts."""
    tables = (*intake.portfolio.tables, *intake.layout.lost)
    position = next(at for at, located in enumerate(tables) if located.table.name == fault.named)
    located = tables[position]
    cell = located.address(fault.row, fault.field) if fault.row is not None else ""
    row = -1 if fault.row is None else fault.row
    return (10 + position, row, cell), located.table.sheet, cell, ""


def _twins(intake: Intake, faults: Sequence[Fault]) -> dict[str, list[str]]:
    """Cells where each code stands that stands more than once."""
    places: dict[str, list[tuple[tuple[int, int, str], str]]] = {}
    for fault in faults:
        if fault.what == "account_twice":
            order, sheet, cell, _ = _place(intake, fault)
            places.setdefault(str(fault.details["value"]).casefold(), []).append((order, f"{sheet}!{cell}"))
    return {code: _few([place for _, place in sorted(found)]) for code, found in places.items()}


def _few(places: list[str]) -> list[str]:
    return places if len(places) <= _MOST_PLACES else [*places[:_MOST_PLACES], "…"]


def _header(fault: Fault, intake: Intake, words: Catalogue) -> str:
    """Header of the column of a fault, as the language writes it."""
    if fault.field is None:
        return ""
    if is_own(fault.field):
        return _own_header(fault.field, intake)
    kind = fault.table if fault.table in intake.layout.named else "accounts"
    return words.headers(kind).get(fault.field, fault.field)


def _own_header(key: str, intake: Intake) -> str:
    for located in intake.portfolio.tables:
        if key in located.columns:
            return located.table.headers[located.columns[key]]
    return header_of(key)


def _unused(details: Mapping[str, object], words: Catalogue) -> str:
    """Say which criterion is not in use, with its weight, and for whom."""
    statuses = details["statuses"]
    assert isinstance(statuses, list)
    key = "unused" if len(statuses) == len(STATUSES) else "unused_for"
    shown = [words.word("status", status) for status in statuses]
    return words.text(
        "faults", "said", key, criterion=details["criterion"], weight=details["weight"], statuses=shown
    )


def _shown(name: str, value: object, words: Catalogue) -> object:
    """Detail of a fault as the reader knows it: keys become headers and words."""
    if name == "setting":
        return words.surface("fields")["setting_names"].get(value, value)
    if name == "header" and isinstance(value, tuple):
        return words.header(*value)
    if name == "headers" and isinstance(value, list):
        return [words.header(*header) for header in value]
    if name == "criteria" and isinstance(value, list):
        return [_unused(one, words) for one in value]
    if name == "words" and isinstance(value, str):
        return list(words.words(value).values()) if value else ""
    if name == "column" and isinstance(value, str):
        known = {**words.headers("worked_out"), **words.headers("accounts")}
        return header_of(value) if is_own(value) else known.get(value, value)
    if isinstance(value, str) and len(value) > 60:
        return value[:57] + "..."
    return value
