"""The sheets that an import keeps: its report on Imports, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt

from addin.catalogue import Catalogue
from addin.imports.column_rows import noted
from addin.imports.demand import demand_fill
from addin.imports.importing import Import
from addin.imports.report_rows import report_rows
from addin.workbook.kept_rows import appended
from addin.workbook.money_scales import fitted_changes
from addin.workbook.port import Changes
from addin.workbook.settings_table import setting_changes

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
    changes = noted_columns(done, words, with_new=done.changes_anything, filled=done.changes_accounts)
    named = done.recognition.layout.named
    if done.reference is not None:
        day = dt.datetime.combine(done.reference, dt.time())
        changes.add(setting_changes(named["settings"], "reference_date", day, words.language))
    if not done.changes_anything:
        return changes
    fills = (demand_fill(one) for one in done.lists.values())
    changes.rows.extend(fill for fill in fills if fill is not None)
    changes.add(done.merged.changes)
    if done.fits.scales:
        changes.add(fitted_changes(named["scales"], done.fits.scales))
    if "imports" in named:
        located = named["imports"]
        fill = appended(located, list(report_rows(done, words, today)))
        if fill is not None:
            changes.rows.append(fill)
    return changes


def noted_columns(done: Import, words: Catalogue, *, with_new: bool = True, filled: bool = False) -> Changes:
    """Return what remembers the columns of the files: nothing where all of them are remembered.

    Without new ones, only what the person says otherwise than the sheet does. Where the accounts are filled
    in, also from which kind of file and up to which day.
    """
    located = done.recognition.layout.named.get("importcolumns")
    if located is None:
        return Changes()
    return Changes(
        rows=noted(done.recognition, done.merged, words, located, with_new=with_new, filled=filled)
    )
