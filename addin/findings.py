"""Faults with their place in the workbook and their sentences."""

from __future__ import annotations

from dataclasses import dataclass

from addin.catalogue import Catalogue
from addin.intake import Intake
from addin.layout import OWN, TABLE
from scoring import Fault

__all__ = ["Finding", "locate"]

_MOST_PLACES = 4
"""Places that a finding names of a code that stands on many rows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault where a person finds it.

    Attributes
    ----------
    sheet, cell
        The place; empty where the fault has none.
    account
        Code of the account; empty where the fault is none of an account.
    what, remedy
        What is wrong and what to do, in the language of the reader.
    stops
        Whether nothing is written before it is mended.
    """

    sheet: str
    cell: str
    account: str
    what: str
    remedy: str
    stops: bool


def locate(intake: Intake, faults: list[Fault], words: Catalogue) -> list[Finding]:
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


def _place(intake: Intake, fault: Fault) -> tuple[tuple[int, int, str], str, str, str]:
    """Order, sheet, cell and account code of a fault."""
    layout, portfolio = intake.layout, intake.portfolio
    if fault.table == "accounts":
        if fault.row is None:
            return (0, 0, ""), "", "", ""
        table = int(portfolio.table_of[fault.row])
        located, row = portfolio.tables[table], int(portfolio.row_of[fault.row])
        code = str(portfolio.accounts["account"].iat[fault.row])
        cell = located.address(row, fault.field)
        return (10 + table, row, cell), located.table.sheet, cell, code
    for position, located in enumerate((*portfolio.tables, *layout.lost)):
        if TABLE + located.table.name == fault.table:
            cell = located.address(fault.row, fault.field) if fault.row is not None else ""
            row = -1 if fault.row is None else fault.row
            return (10 + position, row, cell), located.table.sheet, cell, ""
    named = layout.named.get(fault.table)
    if named is None:
        return (1, 0, fault.table), "", "", ""
    position = list(layout.named).index(fault.table)
    row = -1 if fault.row is None else fault.row
    cell = named.address(fault.row, fault.field)
    return (2 + position, row, cell), named.table.sheet, cell, ""


def _twins(intake: Intake, faults: list[Fault]) -> dict[str, list[str]]:
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
    if fault.field.startswith(OWN):
        return _own_header(fault.field, intake)
    kind = fault.table if fault.table in intake.layout.named else "accounts"
    return words.headers(kind).get(fault.field, fault.field)


def _own_header(key: str, intake: Intake) -> str:
    for located in intake.portfolio.tables:
        if key in located.columns:
            return located.table.headers[located.columns[key]]
    return key[len(OWN) :]


def _shown(name: str, value: object, words: Catalogue) -> object:
    """Detail of a fault as the reader knows it: keys become headers and words."""
    if name == "setting":
        return words.surface("fields")["setting_names"].get(value, value)
    if name == "header" and isinstance(value, tuple):
        return words.header(*value)
    if name == "headers" and isinstance(value, list):
        return [words.header(*header) for header in value]
    if name == "words" and isinstance(value, str):
        return list(words.words(value).values()) if value else ""
    if name == "column" and isinstance(value, str):
        return value[len(OWN) :] if value.startswith(OWN) else words.headers("accounts").get(value, value)
    if isinstance(value, str) and len(value) > 60:
        return value[:57] + "..."
    return value
