"""What an import remembers of the columns of files, as rows of the table ImportColumns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from addin.book import Cell
from addin.catalogue import Catalogue, word_key
from addin.imports.choices import CALCULATED
from addin.imports.describe import column_name
from addin.imports.headers import ROLES
from addin.imports.importing import Recognition
from addin.imports.recognise import Recognised
from addin.layout import Located
from addin.values import read_text
from scoring.text import fold

__all__ = ["new_rows"]

Row = dict[str, Cell]

_MEASURED: Final = (
    *("turnover", "turnover_1", "turnover_2", "days_late", "first_purchase", "last_purchase"),
    *("orders", "open_amount", "overdue"),
)
_WORKED_OUT: Final = {"ledger": _MEASURED, "fec": _MEASURED, "visits": ("last_visit",), "accounts": ()}
"""Fields that an import works out itself, by kind of file."""


def new_rows(
    recognition: Recognition, fields: Mapping[str, object], words: Catalogue, located: Located
) -> list[Row]:
    """Return the rows that the table lacks.

    Parameters
    ----------
    recognition
        What the files are.
    fields
        The fields that the import fills.
    words
        The language of the workbook.
    located
        The table.
    """
    marks = {_mark(row, words) for row in _read(located)}
    rows = []
    for row in _rows(recognition, fields, words):
        mark = _mark(row, words)
        if mark not in marks:
            marks.add(mark)
            rows.append(row)
    return rows


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
    texts = {key: read_text(row.get(key)) for key in ("kind", "source", "target")}
    plain = {key: fold(text) if isinstance(text, str) else "" for key, text in texts.items()}
    kind = word_key("file_kind", plain["kind"], words.language) or plain["kind"]
    is_calculated = plain["source"] == fold(words.text("imports", CALCULATED))
    return kind, plain["source"], plain["target"] if is_calculated else ""
