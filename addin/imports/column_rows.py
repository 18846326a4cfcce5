"""What an import remembers of the columns of files, as rows of the table ImportColumns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from addin.book import Cell, RowsFill, rows_from
from addin.catalogue import Catalogue, word_key
from addin.imports.choices import CALCULATED
from addin.imports.describe import column_name
from addin.imports.headers import ROLES
from addin.imports.importing import Recognition
from addin.imports.recognise import Recognised
from addin.layout import Located
from addin.values import read_text
from scoring.text import fold

__all__ = ["noted"]

Row = dict[str, Cell]

_MEASURED: Final = (
    *("turnover", "turnover_1", "turnover_2", "days_late", "first_purchase", "last_purchase"),
    *("orders", "open_amount", "overdue"),
)
_SAID: Final = frozenset({"target", "known"})
_WORKED_OUT: Final = {"ledger": _MEASURED, "fec": _MEASURED, "visits": ("last_visit",), "accounts": ()}
"""Fields that an import works out itself, by kind of file."""


def noted(
    recognition: Recognition,
    fields: Mapping[str, object],
    words: Catalogue,
    located: Located,
    *,
    with_new: bool,
) -> list[RowsFill]:
    """Return what the table is to hold beyond what it does, and otherwise: at most one fill.

    Parameters
    ----------
    recognition
        What the files are, and what the person at the keyboard says of their columns.
    fields
        The fields that the import fills.
    words
        The language of the workbook.
    located
        The table.
    with_new
        Whether columns that the table lacks are added, or only what it holds is corrected.
    """
    wanted: dict[tuple[str, str, str], Row] = {}
    for row in _rows(recognition, fields, words):
        wanted.setdefault(_mark(row, words), row)
    table = located.table
    keep = table.n_filled
    known = _read(located)[:keep]
    cells = [list(row) for row in zip(*table.columns, strict=True)][:keep]
    for at, corrected in _corrected(recognition, words, wanted, known):
        for key, cell in corrected.items():
            cells[at][located.columns[key]] = cell
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
    told = recognition.told
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


def _rows(recognition: Recognition, fields: Mapping[str, object], words: Catalogue) -> Iterator[Row]:
    keep = recognition.rules.keep

    def row(kind: str, source: str, target: str | None, field: str | None) -> Row:
        known = words.word("known", "keep" if (kind, field) in keep else "overwrite")
        shown = words.show(column_name(target)) if target else words.text("fields", "roles", "ignore")
        cells: Row = {"kind": words.word("file_kind", kind), "source": source, "target": shown}
        return cells | ({"known": known} if field not in (None, "account") else {})

    for file in recognition.files:
        yield from (
            row(file.kind, header, target, None if target in (None, *ROLES) else target)
            for header, target in _columns(file)
        )
    for kind in sorted({file.kind for file in recognition.files}):
        for name in _WORKED_OUT[kind]:
            if name in fields:
                yield row(kind, words.text("imports", CALCULATED), name, name)


def _columns(file: Recognised) -> list[tuple[str, str | None]]:
    """Return the headers of a file, each with what it is; those of a FEC are the same everywhere."""
    if file.kind == "fec":
        return []
    taken = {match.position: match.target for match in file.matches}
    return [(header, taken.get(at)) for at, header in enumerate(file.headers) if header.strip()]


def _read(located: Located) -> list[Row]:
    keys = ("kind", "source", "target", "known")
    return [dict(zip(keys, cells, strict=True)) for cells in zip(*map(located.cells, keys), strict=True)]


def _mark(row: Mapping[str, Cell], words: Catalogue) -> tuple[str, str, str]:
    """Return what makes two rows one: kind and column, and for what is calculated the field too."""
    plain = {key: _plain(row.get(key)) for key in ("kind", "source", "target")}
    kind = word_key("file_kind", plain["kind"], words.language) or plain["kind"]
    is_calculated = plain["source"] == fold(words.text("imports", CALCULATED))
    return kind, plain["source"], plain["target"] if is_calculated else ""


def _plain(cell: Cell) -> str:
    text = read_text(cell)
    return fold(text) if isinstance(text, str) else ""
