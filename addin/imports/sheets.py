"""The sheets that an import keeps: its report on Imports, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt

from addin.book import Changes, rows_below
from addin.catalogue import Catalogue
from addin.imports.column_rows import new_rows
from addin.imports.importing import Import
from addin.imports.report_rows import report_rows

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
        located = named["imports"]
        changes.rows.append(rows_below(located.table, located.tuples(report_rows(done, words, today))))
    changes.rows.extend(noted_columns(done, words).rows)
    return changes


def noted_columns(done: Import, words: Catalogue) -> Changes:
    """Return what remembers the columns of the files: nothing where all of them are remembered."""
    located = done.recognition.layout.named.get("importcolumns")
    if located is None:
        return Changes()
    rows = new_rows(done.recognition, done.merged.fields, words, located)
    return Changes(rows=[rows_below(located.table, located.tuples(rows))] if rows else [])
