"""Accounts from a CRM or ERP: one account a code, whatever the order of the rows and the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from addin.imports.account_columns import AccountFile
from addin.imports.account_rows import AccountRows, read_rows
from addin.imports.describe import column_name, describe
from addin.imports.facts import TURNOVERS, Facts
from addin.imports.files.numbers import UNITS
from addin.imports.header_rows import Recognised
from addin.imports.headers import AGED
from addin.imports.report import FileReport, phrase
from addin.imports.rules import Rules
from addin.workbook.port import Cell

__all__ = ["read_account_files"]

_CONFLICTS: Final = 20

Sighting = tuple[str, int, Cell]
"""File, line and value."""


def read_account_files(
    files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[Facts, list[FileReport]]:
    """Read files of accounts.

    Notes
    -----
    Rows of the same code make one account. Where they differ in a field, that
    field is left as it is and the difference is reported: no order of rows or
    files decides.
    """
    facts = Facts(by_name=all(file.position("account") is None for file in files))
    seen: dict[str, dict[str, list[Sighting]]] = {}
    reports = []
    files = sorted(files, key=lambda one: one.path.name)
    for file in files:
        one = AccountFile(file, rules.language)
        _read(one, read_rows(one, rules, partial(progress, file)), facts, seen)
        describe(one.report, file, one.dates, one.numbers)
        reports.append(one.report)
    conflicts = _merge(facts, seen)
    # A list does not say of which day its figures are: it is taken for one of the day of the import.
    of_today = (*TURNOVERS, "open_amount", "overdue")
    facts.until = {name: rules.reference for name in of_today if name in facts.values}
    for file, report in zip(files, reports, strict=True):
        if file.as_of is not None and file.has(*AGED, "open_amount", "overdue"):
            report.reading.append(phrase("aged", "as_of", date=file.as_of))
            until = min(file.as_of, rules.reference)  # a year that has not ended yet is known up to now
            facts.until |= dict.fromkeys(facts.until.keys() & {"open_amount", "overdue"}, until)
            if rules.is_stale(file.as_of):
                report.notes.append(phrase("ledger", "stale", last=file.as_of, reference=rules.reference))
    for name, key, sightings in conflicts[:_CONFLICTS]:
        (_, _, first), (_, _, second) = sightings
        details = {"account": facts.codes[key], "first": first, "second": second}
        said = phrase("accounts", "conflict", field=column_name(name, rules.own), **details)
        reports[0].notes.append(said)
    if len(conflicts) > _CONFLICTS:
        reports[0].notes.append(phrase("accounts", "more_conflicts", count=len(conflicts) - _CONFLICTS))
    return facts, reports


def _read(
    one: AccountFile, rows: AccountRows, facts: Facts, seen: dict[str, dict[str, list[Sighting]]]
) -> None:
    report = one.report
    if one.total is not None:
        report.units_read = report.units_used = report.units_aside = 0
    totals = rows.columns.get(one.total or "", [None] * len(rows.lines))
    for row, (line, code, reason) in enumerate(zip(rows.lines, rows.codes, rows.reasons, strict=True)):
        total = totals[row]
        units = round(total * UNITS) if isinstance(total, float) else 0
        _count(report, units, used=not reason)
        if reason:
            amount = units if one.total is not None else None
            report.set_aside([line], reason, [amount], [rows.details[row]])
            continue
        key = facts.account(code)
        facts.added.add(key)
        fields = seen.setdefault(key, {})
        for name, cells in rows.columns.items():
            if cells[row] is not None:
                fields.setdefault(name, []).append((report.file, line, cells[row]))


def _count(report: FileReport, units: int, *, used: bool) -> None:
    report.n_used += used
    if report.units_read is not None and report.units_used is not None and report.units_aside is not None:
        report.units_read += units
        report.units_used += units if used else 0
        report.units_aside += 0 if used else units


def _merge(
    facts: Facts, seen: Mapping[str, Mapping[str, list[Sighting]]]
) -> list[tuple[str, str, list[Sighting]]]:
    """Give each account the values on which its rows agree, and return the fields on which they do not."""
    conflicts = []
    for key, fields in seen.items():
        for name, sightings in fields.items():
            values = {
                _comparable(value): value for _, _, value in sorted(sightings, key=_order, reverse=True)
            }
            if len(values) == 1:
                facts.put(name, key, next(iter(values.values())))
            else:
                two = sorted(values.values(), key=str)[:2]
                conflicts.append((name, key, [("", 0, value) for value in two]))
    return sorted(conflicts, key=lambda conflict: (conflict[1], conflict[0]))


def _comparable(value: Cell) -> object:
    return value.casefold() if isinstance(value, str) else value


def _order(sighting: Sighting) -> str:
    return str(sighting[2])
