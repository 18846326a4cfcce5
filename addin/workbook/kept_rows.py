"""Rows of the tables that ClientScore keeps: put below, written anew, or filled anew by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from addin.workbook.definitions import FilledBy
from addin.workbook.located_tables import Located
from addin.workbook.own_columns import is_own
from addin.workbook.port import Cell, RowsFill, rows_below
from addin.workbook.same_cell import same_cell
from addin.workbook.tables import BY_KEY
from addin.workbook.typed_cells import is_blank, read_text
from scoring.text import fold

__all__ = ["Row", "appended", "refilled", "rewritten"]

Row = Mapping[str, Cell]
"""Cells of a row by the keys of the columns."""


def appended(located: Located, rows: Sequence[Row]) -> RowsFill | None:
    """Return rows below the last one that holds anything; None for no rows."""
    return rows_below(located.table, located.tuples(rows)) if rows else None


def rewritten(located: Located, rows: Sequence[Row]) -> RowsFill | None:
    """Return rows instead of all those there are; None where they are there already."""
    new = located.tuples(rows)
    body = list(zip(*located.table.columns, strict=True))
    wanted = new or located.tuples([{}])  # a table keeps a row, if need be an empty one
    return None if _same(body, wanted) else RowsFill(located.table.name, 0, new)


def _same(body: Sequence[tuple[Cell, ...]], wanted: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether rows hold what is wanted, as far as cells can hold it."""
    return body == wanted or (
        len(body) == len(wanted)
        and all(
            same_cell(shown, cell)
            for row, cells in zip(body, wanted, strict=True)
            for shown, cell in zip(row, cells, strict=True)
        )
    )


def refilled(located: Located, rows: Sequence[Row], gone: str) -> RowsFill | None:
    """Return the rows of a list filled anew, with what a person typed beside the key of its row.

    A row that is no longer in the list but holds something typed goes to the
    end, as it stood. Nothing typed is lost, and nothing moves to another key.

    Parameters
    ----------
    located
        The list.
    rows
        Its new rows, without what people type.
    gone
        Mark in the last column of a row that is no longer in the list.

    Returns
    -------
    RowsFill or None
        None where all of it stands there already.
    """
    typed = [
        key
        for key in located.columns
        if is_own(key) or BY_KEY[located.kind][key].filled_by is FilledBy.PERSON
    ]
    last = max(located.columns, key=lambda key: located.columns[key])
    kept: dict[tuple[str, ...], dict[str, Cell]] = {}
    orphans: list[dict[str, Cell]] = []
    for row in _typed_rows(located, typed):
        key = _key(located, row)
        if key in kept:
            orphans.append(row)  # a second row of the same key: somebody copied it
        else:
            kept[key] = row
    new: list[Row] = []
    for wanted in rows:
        before = kept.pop(_key(located, wanted), {})
        new.append({**wanted, **{key: _unmarked(before.get(key), gone) for key in typed}})
    orphans = [*kept.values(), *orphans]
    new.extend({**row, last: _marked(row.get(last), gone)} for row in orphans)
    return rewritten(located, new)


def _typed_rows(located: Located, typed: Sequence[str]) -> Iterator[dict[str, Cell]]:
    """Yield the rows in which a person typed something."""
    for row in located.rows():
        if any(not is_blank(row[key]) for key in typed):
            yield row


def _key(located: Located, row: Row) -> tuple[str, ...]:
    texts = (read_text(row.get(key)) for key in BY_KEY[located.kind].keyed_by)
    return tuple(fold(text) if isinstance(text, str) else "" for text in texts)


def _marked(cell: Cell, gone: str) -> Cell:
    text = "" if is_blank(cell) else str(cell)
    return text if text.startswith(gone) else f"{gone} {text}".strip()


def _unmarked(cell: Cell, gone: str) -> Cell:
    """Return what a person typed, without the mark of a row that had left the list and is back."""
    if not isinstance(cell, str) or not cell.startswith(gone):
        return cell
    return cell.removeprefix(gone).strip() or None
