"""What an import remembers of the columns of files, as rows of the table ImportColumns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from addin.catalogue import Catalogue, word_key
from addin.imports.describe import column_name
from addin.imports.facts import Source, account_key
from addin.imports.headers import ROLES
from addin.imports.importing import Recognition
from addin.imports.merge import Merge
from addin.imports.recognise import Recognised
from addin.imports.rules import CALCULATED, word_mark
from addin.workbook.located_tables import Located
from addin.workbook.port import Cell, RowsFill, rows_from
from addin.workbook.typed_cells import read_text
from scoring.terms import STATUSES
from scoring.text import fold

__all__ = ["noted"]

Row = dict[str, Cell]

_MEASURED: Final = (
    *("turnover", "turnover_1", "turnover_2", "days_late", "first_purchase", "last_purchase"),
    *("orders", "purchases", "open_amount", "overdue"),
)
_SAID: Final = frozenset({"target", "known"})
_WORKED_OUT: Final = {
    "ledger": _MEASURED,
    "fec": _MEASURED,
    "visits": ("last_visit",),
    "accounts": (),
    "orders": (),
    "stock": (),
}
"""Fields that an import works out itself, by kind of file."""


def noted(
    recognition: Recognition,
    merged: Merge,
    words: Catalogue,
    located: Located,
    *,
    with_new: bool,
    filled: bool,
) -> list[RowsFill]:
    """Return what the table is to hold beyond what it does, and otherwise: at most one fill.

    Parameters
    ----------
    recognition
        What the files are, and what the person at the keyboard says of their columns.
    merged
        What happens to the accounts.
    words
        The language of the workbook.
    located
        The table.
    with_new
        Whether columns that the table lacks are added, or only what it holds is corrected.
    filled
        Whether the accounts are filled in, so that the figures come from these files now.
    """
    wanted: dict[tuple[str, str, str], Row] = {}
    sources = merged.sources if filled else {}
    for row in _rows(recognition, merged.given, sources, words):
        wanted.setdefault(_mark(row, words), row)
    table = located.table
    keep = table.n_filled
    known = _read(located)[:keep]
    cells = [list(row) for row in zip(*table.columns, strict=True)][:keep]
    for at, corrected in _corrected(recognition, words, wanted, known):
        for key, cell in corrected.items():
            cells[at][located.columns[key]] = cell
        keep = min(keep, at)
    if "until" in located.columns:
        for at, until in _dated(known, wanted, sources, words):
            cells[at][located.columns["until"]] = until
            keep = min(keep, at)
    missing = wanted.keys() - {_mark(row, words) for row in known} if with_new else ()
    new = [row for mark, row in wanted.items() if mark in missing]
    rows = [*map(tuple, cells[keep:]), *located.tuples(new)]
    return [rows_from(table, keep, rows)] if rows else []


def _corrected(
    recognition: Recognition,
    words: Catalogue,
    wanted: Mapping[tuple[str, str, str], Row],
    known: Sequence[Row],
) -> Iterator[tuple[int, Row]]:
    """Yield the rows of which somebody says something else now, each with its cells that change."""
    told = {word_mark(source) for source in (*recognition.told, *recognition.words)}
    # What another column went to until now goes with it, else both would claim it the next time.
    taken = {(mark[0], _plain(row["target"])) for mark, row in wanted.items() if mark[1] in told}
    for at, row in enumerate(known):
        mark = _mark(row, words)
        now = wanted.get(mark, {})
        if mark[1] in told or (mark[0], _plain(row["target"])) in taken:
            changed: Row = {
                key: now[key] for key in _SAID & now.keys() if _plain(now[key]) != _plain(row[key])
            }
            if changed:
                yield at, changed


def _dated(
    known: Sequence[Row],
    wanted: Mapping[tuple[str, str, str], Row],
    sources: Mapping[str, Source],
    words: Catalogue,
) -> Iterator[tuple[int, Cell]]:
    """Yield the rows that say otherwise than the import up to which day the figures of a field go.

    Of all rows of a field only that of the kind of file that it comes from has a day.
    """
    fields = {_plain(words.header("accounts", name)) for name in sources}
    for at, row in enumerate(known):
        if _plain(row["target"]) in fields:
            now = wanted.get(_mark(row, words), {}).get("until")
            if row["until"] != now:
                yield at, now


def _rows(
    recognition: Recognition,
    given: Mapping[str, Collection[str]],
    sources: Mapping[str, Source],
    words: Catalogue,
) -> Iterator[Row]:
    keep, own = recognition.rules.keep, recognition.rules.own

    def row(kind: str, source: str, target: str | None, field: str | None) -> Row:
        known = words.word("known", "keep" if (kind, field) in keep else "overwrite")
        shown = words.show(column_name(target, own)) if target else words.text("fields", "roles", "ignore")
        cells: Row = {"kind": words.word("file_kind", kind), "source": source, "target": shown}
        come_from = sources.get(field) if field is not None else None
        if come_from is not None and come_from.kind == kind:
            cells["until"] = dt.datetime.combine(come_from.until, dt.time())
        return cells | ({"known": known} if field not in (None, "account") else {})

    for file in recognition.files:
        yield from (
            row(file.kind, header, target, None if target in (None, *ROLES) else target)
            for header, target in _columns(file)
        )
    for kind in ("ledger", "accounts"):
        headers = {
            word_mark(header) for file in recognition.files if file.kind == kind for header in file.headers
        }
        for source, answer in recognition.words.items():
            if any(word_mark(source).startswith(f"{header}:") for header in headers if header):
                section = "status" if answer in STATUSES else "row_answer"
                yield row(kind, source, None, None) | {"target": words.word(section, answer)}
    for kind in sorted({file.kind for file in recognition.files}):
        for name in _WORKED_OUT[kind]:
            if name in given.get(kind, ()):
                yield row(kind, words.text("imports", CALCULATED), name, name)
    for old in recognition.rules.joins_told:
        new = recognition.rules.joins[account_key(old)]
        yield {"kind": words.word("file_kind", "fec"), "source": old, "target": new}


def _columns(file: Recognised) -> list[tuple[str, str | None]]:
    """Return the headers of a file, each with what it is; those of a FEC are the same everywhere.

    What only its words tell is told by them each time: another file may have others.
    """
    if file.kind == "fec":
        return []
    taken = {match.position: match.target for match in file.matches}
    by_words = {match.position for match in file.matches if match.how == "words"}
    return [
        (header, taken.get(at))
        for at, header in enumerate(file.headers)
        if header.strip() and at not in by_words
    ]


def _read(located: Located) -> list[Row]:
    keys = ("kind", "source", "target", "known", "until")
    return [dict(zip(keys, cells, strict=True)) for cells in zip(*map(located.cells, keys), strict=True)]


def _mark(row: Mapping[str, Cell], words: Catalogue) -> tuple[str, str, str]:
    """Return what makes two rows one: kind and column, and for what is calculated the field too."""
    plain = {key: _plain(row.get(key)) for key in ("kind", "source", "target")}
    kind = word_key("file_kind", plain["kind"], words.language) or plain["kind"]
    is_calculated = plain["source"] == fold(words.text("imports", CALCULATED))
    return kind, word_mark(plain["source"]), plain["target"] if is_calculated else ""


def _plain(cell: Cell) -> str:
    text = read_text(cell)
    return fold(text) if isinstance(text, str) else ""
