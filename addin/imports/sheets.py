"""The sheets that an import keeps: its report on Imports, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt

from addin.book import Changes, rows_below
from addin.catalogue import Catalogue
from addin.imports.column_rows import noted
from addin.imports.importing import Import
from addin.imports.report_rows import report_rows

__all__ = ["import_changes", "noted_columns"]


def import_changes(done: Import, words: Catalogue, today: dt.date) -> Changes:
    """Return all that an import writes: where no account changes only what was said of the columns.

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
        return noted_columns(done, words, with_new=False)
    changes = noted_columns(done, words)
    changes.columns.extend(done.merged.changes.columns)
    changes.rows.extend(done.merged.changes.rows)
    named = done.recognition.layout.named
    if "imports" in named:
        located = named["imports"]
        changes.rows.append(rows_below(located.table, located.tuples(report_rows(done, words, today))))
    return changes


def noted_columns(done: Import, words: Catalogue, *, with_new: bool = True) -> Changes:
    """Return what remembers the columns of the files: nothing where all of them are remembered.

    Without new ones, only what the person says otherwise than the sheet does.
    """
    located = done.recognition.layout.named.get("importcolumns")
    if located is None:
        return Changes()
    return Changes(rows=noted(done.recognition, done.merged.fields, words, located, with_new=with_new))
