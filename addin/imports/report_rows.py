"""The report of an import as rows of the sheet Imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from addin.catalogue import Catalogue
from addin.imports.describe import column_name
from addin.imports.files.numbers import UNITS
from addin.imports.fitting import fitted_lines
from addin.imports.importing import Import
from addin.imports.replaced import Replaced
from addin.imports.report import FileReport
from addin.imports.summary import summary_lines
from addin.workbook.port import Cell

__all__ = ["gives_way", "report_rows"]

Row = dict[str, Cell]

_MOST_CODES: Final = 200
_LISTS: Final = ("idle", "unknown", "twice", "promoted", "outdone", "joined", "zero", "absent")
_LONGEST: Final = 32_000
_LINE: Final = 120
"""Signs of a list of codes in one row."""


def report_rows(done: Import, words: Catalogue, today: dt.date) -> Iterator[Row]:
    """Yield the rows of the sheet Imports, cells by the keys of its columns."""
    words = words.with_currency(done.currency)
    report = _Report(words, today)
    yield from report.of_all(done)
    for one in done.reports:
        yield from report.of_file(one)
    yield from report.of_accounts(done)
    yield from report.of_fields(done)
    yield from report.of_doubts(done)


class _Report:
    """Rows of one day, in one language."""

    def __init__(self, words: Catalogue, today: dt.date) -> None:
        self._words = words
        self._date = dt.datetime.combine(today, dt.time())

    def _row(self, item: str, **cells: Cell) -> Row:
        row: Row = {"date": self._date, "item": self._words.text("imports", "item", item)}
        numbers = {key: float(cell) for key, cell in cells.items() if isinstance(cell, int)}
        texts = {key: cell[:_LONGEST] for key, cell in cells.items() if isinstance(cell, str)}
        return row | cells | numbers | texts

    def of_all(self, done: Import) -> Iterator[Row]:
        """Yield what a person reads first."""
        for line in summary_lines(done, self._words):
            yield self._row("summary", note=line)

    def of_file(self, report: FileReport) -> Iterator[Row]:
        """Yield what was read from a file, used and set aside, how it was read, and what was guessed."""
        words, file = self._words, report.file
        kind = words.text("imports", "kinds", report.kind)
        reading = " ".join([f"{kind[:1].upper()}{kind[1:]}.", *map(words.show, report.reading)])
        read, used, aside = map(_amount, (report.units_read, report.units_used, report.units_aside))
        is_fec = report.kind == "fec"  # its rows are entries: only their sales have a total
        yield self._row("read", file=file, rows=report.n_read, amount=None if is_fec else read, note=reading)
        yield self._row("used", file=file, rows=report.n_used, amount=None if is_fec else used)
        weight = report.weight_aside(UNITS)[1:] if report.units_read is not None and not is_fec else []
        cells = {"amount": None if is_fec else aside, "note": words.show(weight) if weight else None}
        yield self._row("aside", file=file, rows=report.n_aside, **cells)
        if is_fec and read is not None:
            for item, amount in (("sales", read), ("assigned", used), ("rest", aside)):
                yield self._row(item, file=file, amount=amount)
        listed = report.listed()
        for one in listed:
            cells = {"line": one.line, "amount": _amount(one.units), "note": words.show(one.reason)}
            yield self._row("aside_row", file=file, **cells)
        if report.n_aside > len(listed):
            yield self._row("more_aside", file=file, rows=report.n_aside - len(listed))
        for item, all_said in (("column", report.columns), ("guess", report.guesses), ("note", report.notes)):
            for said in all_said:
                yield self._row(item, file=file, note=words.show(said))

    def of_accounts(self, done: Import) -> Iterator[Row]:
        """Yield how many accounts were added, changed and left, and which."""
        merged = done.merged
        for item, codes in (("added", merged.added), ("changed", merged.changed)):
            first, *others = _lines(codes)
            yield self._row(item, rows=len(codes), note=first or None)
            for line in others:
                yield self._row(item, note=line)
        yield self._row("unchanged", rows=len(merged.unchanged))
        for one in done.lists.values():
            counts = {key: getattr(one, key) for key in ("added", "replaced", "removed")}
            said = self._words.text("imports", "say", "listed", sheet=one.located.table.sheet, **counts)
            yield self._row("listed", rows=len(one.rows), note=said)

    def of_fields(self, done: Import) -> Iterator[Row]:
        """Yield what happened to the cells of each field, and its total before and after."""
        show, own = self._words.show, done.recognition.rules.own
        for name, count in done.merged.fields.items():
            for item in ("filled", "replaced", "emptied", "kept", "left", "fresher"):
                number: int = getattr(count, item)
                if number:
                    yield self._row(item, rows=number, note=show(column_name(name, own)))
        for name, totals in done.merged.totals.items():
            for item, amount in zip(("before", "after"), totals, strict=True):
                yield self._row(item, amount=amount, note=show(column_name(name, own)))

    def of_doubts(self, done: Import) -> Iterator[Row]:
        """Yield what a person should look at: duplicates, accounts that were left, missing columns."""
        words, own = self._words, done.recognition.rules.own
        for one in done.merged.replaced:
            yield self._row("gives_way", note=gives_way(one, words))
        for line in fitted_lines(done.fits, words):
            yield self._row("scale", note=line)
        for name in sorted(done.merged.missing):
            said = words.text("imports", "say", "missing", field=column_name(name, own))
            yield self._row("missing", note=said)
        for double in done.doubles:
            details = {"other": double.other, "value": double.value}
            said = words.text("imports", "say", f"double_{double.reason}", **details)
            yield self._row("double", account=double.code, note=said)
        for item in _LISTS:
            codes: list[str] = getattr(done.merged, item)
            for code in codes[:_MOST_CODES]:
                yield self._row(item, account=code, note=words.text("imports", "say", item))
            if len(codes) > _MOST_CODES:
                yield self._row(item, rows=len(codes) - _MOST_CODES)


def gives_way(one: Replaced, words: Catalogue) -> str:
    """Say what becomes of figures of turnover that another source, or an older period, had given."""
    details: dict[str, object] = {
        "field": column_name(one.field),
        "before": words.text("imports", "kinds", one.before.kind),
        "before_day": one.before.until,
    }
    if one.now is None:
        return words.text("imports", "say", "emptied", count=one.emptied, **details)
    now = {"now": words.text("imports", "kinds", one.now.kind), "now_day": one.now.until}
    return words.text("imports", "say", "replaced", count=one.replaced, **details, **now)


def _amount(units: int | None) -> float | None:
    return None if units is None else round(units / UNITS, 2)


def _lines(codes: Sequence[str]) -> list[str]:
    """Return codes in lines that the column Note shows whole; at least one, if an empty one."""
    lines = [""]
    for code in codes[:_MOST_CODES]:
        if lines[-1] and len(lines[-1]) + len(code) > _LINE:
            lines.append("")
        lines[-1] += f", {code}" if lines[-1] else code
    if len(codes) > _MOST_CODES:
        lines[-1] += " ..."
    return lines
