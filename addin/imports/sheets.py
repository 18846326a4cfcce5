"""The sheets that an import keeps: its report on Imports, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from addin.book import Cell, Changes, RowsFill
from addin.catalogue import Catalogue
from addin.imports.column_rows import new_rows
from addin.imports.importing import Import
from addin.imports.report_rows import report_rows
from addin.layout import Located

__all__ = ["import_changes", "noted_columns"]


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
    changes = Changes()
    if not done.changes_accounts:
        return changes
    changes.columns.extend(done.merged.changes.columns)
    changes.rows.extend(done.merged.changes.rows)
    named = done.recognition.layout.named
    if "imports" in named:
        changes.rows.append(_appended(named["imports"], list(report_rows(done, words, today))))
    changes.rows.extend(noted_columns(done, words).rows)
    return changes


def noted_columns(done: Import, words: Catalogue) -> Changes:
    """Return what remembers the columns of the files: nothing where all of them are remembered."""
    located = done.recognition.layout.named.get("importcolumns")
    if located is None:
        return Changes()
    rows = new_rows(done.recognition, done.merged.fields, words, located)
    return Changes(rows=[_appended(located, rows)] if rows else [])


def _appended(located: Located, rows: Sequence[Mapping[str, Cell]]) -> RowsFill:
    """Rows below the last one that holds anything; the table never shrinks."""
    keep = located.table.n_filled
    places = {position: key for key, position in located.columns.items()}
    order = [places.get(position, "") for position in range(len(located.table.headers))]
    new = [tuple(row.get(key) for key in order) for row in rows]
    empty: tuple[Cell, ...] = (None,) * len(order)
    return RowsFill(
        located.table.name, keep, [*new, *[empty] * max(0, located.table.n_rows - keep - len(new))]
    )
