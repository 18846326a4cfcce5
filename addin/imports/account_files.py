"""Accounts from a CRM or ERP: one account a code, whatever the order of the rows and the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from addin.book import Cell
from addin.catalogue import LANGUAGES, catalogue, word_key
from addin.imports.choices import Rules
from addin.imports.dates import NO_DATE, UNREADABLE, Dates, moment
from addin.imports.describe import column_name, describe
from addin.imports.facts import TURNOVERS, Facts, code_fault, code_text, destroyed, is_total
from addin.imports.grid import Chunk, Column
from addin.imports.numbers import EMPTY, UNITS, Numbers
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.refusals import Refusal
from scoring.terms import FIELDS, NUMERIC, Kind
from scoring.text import fold

__all__ = ["read_account_files"]

_MOST_ROWS: Final = 1_000_000
_LONGEST: Final = 32_000
_TOTALLED: Final = (*TURNOVERS, "potential", "potential_new", "open_amount")
"""Fields whose sum a report shows, the first that a file has."""
_CONFLICTS: Final = 20
_CODE: Final = re.compile(r"[-+]?0\d")
_NOTHING: Final = frozenset({"", "null", "none", "n/a", "#n/a"})

Sighting = tuple[str, int, Cell]
"""File, line and value."""


class _File:
    """One file of accounts."""

    def __init__(self, found: Recognised, language: str) -> None:
        self.found = found
        self.language = language
        self.at = found.places
        self.report = FileReport(found.name, "accounts")
        self.dates = Dates(found.path.name)
        self.numbers = {
            key: Numbers(found.path.name) for key in self.at if key in FIELDS and FIELDS[key].kind in NUMERIC
        }
        shipped = catalogue(language).surface("template")["solidity"]
        others = (catalogue(other).surface("template")["solidity"] for other in LANGUAGES)
        self._ratings = {fold(word): str(shipped[key]) for words in others for key, word in words.items()}
        self.total = next((key for key in _TOTALLED if key in self.at), None)

    def chunks(self, progress: Callable[[int], None]) -> list[Chunk]:
        wanted = {0: True} | dict.fromkeys(self.at.values(), False)
        chunks = []
        n_rows = 0
        width = len(self.found.headers)
        for chunk in self.found.source.chunks(self.found.header_line, width, wanted, progress=progress):
            n_rows += chunk.n_rows
            if n_rows > _MOST_ROWS:
                raise Refusal("import_too_many_accounts", file=self.found.path.name, rows=_MOST_ROWS)
            for key, at in self.at.items():
                if key in FIELDS and FIELDS[key].kind is Kind.DATE:
                    self.dates.observe(chunk.columns[at].coded()[1])
                elif key in self.numbers:
                    self.numbers[key].observe(chunk.columns[at])
            chunks.append(chunk)
        self.dates.settle()
        for numbers in self.numbers.values():
            numbers.settle(self.language)
        return chunks

    def cells(self, key: str, column: Column, lines: Sequence[int]) -> list[Cell]:
        """Cells of a column in the type of its field; what cannot be read is noted and empty."""
        kind = FIELDS[key].kind if key in FIELDS else Kind.TEXT
        if key in self.numbers:
            amounts = self.numbers[key].read(column)
            self._unread(
                key, column, [row for row, bad in enumerate(amounts.unreadable.tolist()) if bad], lines
            )
            return list(amounts.cells())
        if kind is Kind.DATE:
            days = self.dates.days(column).tolist()
            self._unread(key, column, [row for row, day in enumerate(days) if day == UNREADABLE], lines)
            return [None if day in (NO_DATE, UNREADABLE) else moment(day) for day in days]
        cells = column.cells().tolist()
        texts = [self._text(key, cell) for cell in cells]
        if key == "company_no":
            rounded = [row for row, cell in enumerate(cells) if destroyed(code_text(cell))]
            self._unread(key, column, rounded, lines)
        return self._as_numbers(texts) if key.startswith("+") else texts

    def _as_numbers(self, texts: list[Cell]) -> list[Cell]:
        """Make numbers of a column of the company's own where every text is one, and none a code like 007."""
        known = [text for text in texts if isinstance(text, str)]
        if not known or any(_CODE.match(text) for text in known):
            return texts
        numbers = Numbers()
        numbers.observe(Column(None, known))
        numbers.settle(self.language)
        found = numbers.read(Column(None, np.array([text or "" for text in texts], dtype=object)))
        if found.unreadable.any():
            return texts
        return list(found.cells())

    def _text(self, key: str, cell: Any) -> Cell:
        text = code_text(cell)
        if text.casefold() in _NOTHING:
            return None
        if key == "postcode" and isinstance(cell, float):  # in France, Excel took the zero in front
            text = text.zfill(5) if self.language == "fr" else text
        if key == "company_no":
            return None if destroyed(text) else re.sub(r"[\s.'’]", "", text)
        if key in FIELDS and FIELDS[key].kind is Kind.WORD:
            known = word_key(key, text, self.language)
            return catalogue(self.language).word(key, known) if known else text
        return self._ratings.get(fold(text), text)[:_LONGEST] if key == "solidity" else text[:_LONGEST]

    def _unread(self, key: str, column: Column, rows: Sequence[int], lines: Sequence[int]) -> None:
        """Say once a column how many of its cells could not be read, and where the first is."""
        if not rows:
            return
        shown = column.cells()
        first = min(rows, key=lambda row: lines[row])
        field = column_name(key)
        details = {
            "count": len(rows),
            "line": str(lines[first]),
            "value": str(shown[first])[:40],
            "field": field,
        }
        self.report.notes.append(phrase("accounts", "unread", **details))


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
    for file in sorted(files, key=lambda one: one.path.name):
        one = _File(file, rules.language)
        _read(one, facts, seen, partial(progress, file))
        describe(one.report, file, one.dates, one.numbers)
        reports.append(one.report)
    conflicts = _merge(facts, seen)
    for name, key, sightings in conflicts[:_CONFLICTS]:
        details = {"field": column_name(name), "account": facts.codes[key], "first": sightings[0][2]}
        reports[0].notes.append(phrase("accounts", "conflict", second=sightings[1][2], **details))
    if len(conflicts) > _CONFLICTS:
        reports[0].notes.append(phrase("accounts", "more_conflicts", count=len(conflicts) - _CONFLICTS))
    return facts, reports


def _read(
    one: _File,
    facts: Facts,
    seen: dict[str, dict[str, list[Sighting]]],
    progress: Callable[[int], None],
) -> None:
    report = one.report
    if one.total is not None:
        report.units_read = report.units_used = report.units_aside = 0
    for chunk in one.chunks(progress):
        lines = chunk.lines.tolist()
        report.begin(chunk)
        columns = {
            key: one.cells(key, chunk.columns[at], lines) for key, at in one.at.items() if key != "account"
        }
        units = [0] * chunk.n_rows
        if one.total is not None:
            units = [round(value * UNITS) if isinstance(value, float) else 0 for value in columns[one.total]]
        codes = [code_text(cell) for cell in chunk.columns[one.at["account"]].cells().tolist()]
        heads = [code_text(cell) for cell in chunk.columns[0].cells().tolist()]
        for row, code in enumerate(codes):
            reason = _reason(code, heads[row])
            if not reason and " " in code and all(cells[row] is None for cells in columns.values()):
                reason = "code_alone"
            _count(report, units[row], used=not reason)
            if reason:
                amount = units[row] if one.total is not None else None
                report.set_aside([lines[row]], reason, [amount], [{"value": code[:40]}])
                continue
            key = facts.account(code)
            facts.added.add(key)
            fields = seen.setdefault(key, {})
            for name, cells in columns.items():
                if cells[row] is not None:
                    fields.setdefault(name, []).append((report.file, lines[row], cells[row]))
            if facts.by_name:
                fields.setdefault("name", []).append((report.file, lines[row], code))


def _reason(code: str, head: str) -> str:
    if not code or code.casefold() in EMPTY:
        return "totals_line" if is_total(head) else "no_account"
    return code_fault(code)


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
