"""The sheets that an import keeps: its report on Imports, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from addin.book import Cell, Changes, RowsFill
from addin.catalogue import Catalogue, word_key
from addin.imports.choices import CALCULATED
from addin.imports.describe import column_name
from addin.imports.headers import ROLES
from addin.imports.importing import Import
from addin.imports.numbers import UNITS
from addin.imports.report import FileReport
from addin.layout import Located
from addin.values import read_text
from scoring.terms import FIELDS
from scoring.text import fold

__all__ = ["column_rows", "import_changes", "noted_columns", "report_rows"]

Row = dict[str, Cell]

_MOST_CODES: Final = 200
_LISTS: Final = ("idle", "unknown", "twice", "promoted", "absent")
_LONGEST: Final = 32_000


def import_changes(done: Import, words: Catalogue, today: dt.date) -> Changes:
    """Return all that an import writes: nothing at all where no account changes.

    Parameters
    ----------
    done
        The import.
    words
        The language of the workbook.
    today
        The day of the import.
    """
    if not done.changes_accounts:
        return Changes()
    changes = Changes(list(done.merged.changes.columns), list(done.merged.changes.rows))
    named = done.recognition.layout.named
    if "imports" in named:
        rows = list(report_rows(done, words, today))
        changes.rows.append(_appended(named["imports"], rows))
    changes.rows.extend(noted_columns(done, words).rows)
    return changes


def noted_columns(done: Import, words: Catalogue) -> Changes:
    """Return what remembers the columns of the files: nothing where all of them are remembered."""
    located = done.recognition.layout.named.get("importcolumns")
    if located is None:
        return Changes()
    rows = column_rows(done, words)
    known = {_mark(row, words) for row in _read(located)}
    new = [row for row in rows if _mark(row, words) not in known]
    return Changes(rows=[_appended(located, new)] if new else [])


def report_rows(done: Import, words: Catalogue, today: dt.date) -> Iterator[Row]:
    """Yield the rows of the sheet Imports, as :mod:`addin.catalogue` calls its columns."""
    date = dt.datetime.combine(today, dt.time())
    merged = done.merged

    def row(item: str, **cells: Cell) -> Row:
        note = cells.get("note")
        cells["note"] = note[:_LONGEST] if isinstance(note, str) else note
        return {"date": date, "item": words.text("imports", "item", item), **cells}

    for report in done.reports:
        yield from _file_rows(report, words, row)
    for item, codes in (
        ("added", merged.added),
        ("changed", merged.changed),
        ("unchanged", merged.unchanged),
    ):
        yield row(item, rows=float(len(codes)), note=_listed(codes) if item != "unchanged" else None)
    for name, count in merged.fields.items():
        for item in ("filled", "replaced", "kept"):
            number = getattr(count, item)
            if number:
                yield row(item, rows=float(number), note=words.show(column_name(name)))
    for name, (before, after) in merged.totals.items():
        yield row("before", amount=before, note=words.show(column_name(name)))
        yield row("after", amount=after, note=words.show(column_name(name)))
    for name in sorted(merged.missing):
        yield row("missing", note=words.text("imports", "say", "missing", field=column_name(name)))
    for double in done.doubles:
        said = words.text("imports", "say", f"double_{double.reason}", other=double.other, value=double.value)
        yield row("double", account=double.code, note=said)
    for item in _LISTS:
        codes = getattr(merged, item)
        for code in codes[:_MOST_CODES]:
            yield row(item, account=code, note=words.text("imports", "say", item))
        if len(codes) > _MOST_CODES:
            yield row(item, rows=float(len(codes) - _MOST_CODES))


def _file_rows(report: FileReport, words: Catalogue, row: object) -> Iterator[Row]:
    assert callable(row)

    def amount(units: int | None) -> Cell:
        return None if units is None else round(units / UNITS, 2)

    def make(item: str, **cells: Cell) -> Row:
        made: Row = row(item, file=report.file, **cells)
        return made

    kind = words.text("imports", "kinds", report.kind)
    reading = " ".join([f"{kind[:1].upper()}{kind[1:]}.", *map(words.show, report.reading)])
    if report.kind == "fec":
        yield make("read", rows=float(report.n_read), note=reading)
        yield make("used", rows=float(report.n_used))
        if report.units_read is not None:
            yield make("sales", amount=amount(report.units_read))
            yield make("assigned", amount=amount(report.units_used))
            yield make("rest", amount=amount(report.units_aside))
    else:
        yield make("read", rows=float(report.n_read), amount=amount(report.units_read), note=reading)
        yield make("used", rows=float(report.n_used), amount=amount(report.units_used))
        yield make("aside", rows=float(report.n_aside), amount=amount(report.units_aside))
    listed = report.listed()
    for one in listed:
        yield make("aside_row", line=float(one.line), amount=amount(one.units), note=words.show(one.reason))
    if report.n_aside > len(listed):
        yield make("more_aside", rows=float(report.n_aside - len(listed)))
    for said in report.columns:
        yield make("column", note=words.show(said))
    for said in report.guesses:
        yield make("guess", note=words.show(said))
    for said in report.notes:
        yield make("note", note=words.show(said))


def _listed(codes: Sequence[str]) -> str | None:
    shown = ", ".join(codes[:_MOST_CODES])
    return (shown + (" ..." if len(codes) > _MOST_CODES else "")) or None


def column_rows(done: Import, words: Catalogue) -> list[Row]:
    """Return the rows of the table that remembers columns: of every file, and what an import works out."""
    rows: list[Row] = []
    overwrite = words.word("known", "overwrite")
    keep = done.recognition.rules.keep
    seen: set[tuple[str, str]] = set()

    def add(kind: str, source: str, target: str, field: str | None) -> None:
        if (kind, fold(source) + target) in seen:
            return
        seen.add((kind, fold(source) + target))
        known = words.word("known", "keep") if (kind, field) in keep else overwrite
        rows.append(
            {
                "kind": words.word("file_kind", kind),
                "source": source,
                "target": target,
                "known": known if field not in (None, "account") else None,
            }
        )

    for file in done.recognition.files:
        taken = {match.position: match.target for match in file.matches}
        for at, header in enumerate(file.headers if file.kind != "fec" else ()):
            if not header.strip():
                continue
            target = taken.get(at)
            name = (
                words.text("fields", "roles", "ignore") if target is None else words.show(column_name(target))
            )
            is_field = target is not None and target not in ROLES
            add(file.kind, header, name, target if is_field else None)
    calculated = words.text("imports", CALCULATED)
    kinds = {file.kind for file in done.recognition.files} - {"accounts"}
    for kind in sorted(kinds):
        for name in done.merged.fields:
            if name in FIELDS and _calculates(kind, name):
                add(kind, calculated, words.header("accounts", name), name)
    return rows


def _calculates(kind: str, name: str) -> bool:
    measured = {
        "turnover",
        "turnover_1",
        "turnover_2",
        "days_late",
        "first_purchase",
        "last_purchase",
        "orders",
    }
    return name == "last_visit" if kind == "visits" else name in measured | {"open_amount", "overdue"}


def _read(located: Located) -> list[Row]:
    keys = ("kind", "source", "target", "known")
    return [dict(zip(keys, cells, strict=True)) for cells in zip(*map(located.cells, keys), strict=True)]


def _mark(row: Mapping[str, Cell], words: Catalogue) -> tuple[str, str, str]:
    """Return what makes two rows one: kind and column, and for what is calculated the field too."""
    texts = {key: read_text(row.get(key)) for key in ("kind", "source", "target")}
    plain = {key: fold(text) if isinstance(text, str) else "" for key, text in texts.items()}
    kind = word_key("file_kind", plain["kind"], words.language) or plain["kind"]
    is_calculated = plain["source"] == fold(words.text("imports", CALCULATED))
    return kind, plain["source"], plain["target"] if is_calculated else ""


def _appended(located: Located, rows: Sequence[Mapping[str, Cell]]) -> RowsFill:
    """Rows below the last one that holds anything; the table never shrinks."""
    body = list(zip(*located.table.columns, strict=True))
    filled = [at for at, cells in enumerate(body) if any(cell is not None for cell in cells)]
    keep = filled[-1] + 1 if filled else 0
    places = {position: key for key, position in located.columns.items()}
    order = [places.get(position, "") for position in range(len(located.table.headers))]
    new = [tuple(row.get(key) for key in order) for row in rows]
    empty: tuple[Cell, ...] = (None,) * len(order)
    return RowsFill(
        located.table.name, keep, [*new, *[empty] * max(0, located.table.n_rows - keep - len(new))]
    )
