"""The uses of the classes, worked out from the scored workbook: one module a use.

Which uses there are stands in :mod:`addin.workbook.uses`; a module here joins
what a workbook says to what :mod:`scoring.uses` works out of it. Nothing of a
use is loaded, read or worked out while its sheets are hidden.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Mapping, Sequence

from addin.uses.result import Record, Result, Value
from addin.uses.rows import fills_of, plain, plain_tables
from addin.views.scored import Scored
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, SheetShown
from addin.workbook.uses import BY_KEY, USES, Use
from scoring import Fault

__all__ = [
    "Record",
    "Result",
    "Value",
    "columns_for",
    "faults_of",
    "missing_tables",
    "plain",
    "printed",
    "put_away",
    "results_of",
    "shown_uses",
    "uses_changes",
]


def shown_uses(layout: Layout) -> list[str]:
    """Return the keys of the uses that have a sheet which is shown."""
    return [use.key for use in USES if _sheets(layout, use, shown=True)]


def columns_for(uses: Collection[str]) -> set[str]:
    """Return the columns of the accounts that some uses look at."""
    return {column for key in uses for column in BY_KEY[key].needs}


def missing_tables(layout: Layout, use: Use) -> list[str]:
    """Return the names of the tables of a use that a workbook lacks: it was made before they came."""
    return [table.name for table in use.all_tables if table.key not in layout.named]


def results_of(
    scored: Scored, uses: Collection[str], options: Mapping[str, Mapping[str, object]]
) -> dict[str, Result]:
    """Work out some uses.

    Parameters
    ----------
    scored
        The scored workbook.
    uses
        Their keys.
    options
        What was asked of a use, by its key.

    Returns
    -------
    By key; without those that leave their sheets as they are.
    """
    found: dict[str, Result] = {}
    for use in USES:
        if use.key in uses:
            handler: Callable[..., Result | None] = pkgutil.resolve_name(use.handler)
            result = handler(scored, **options.get(use.key, {}))
            if result is not None:
                found[use.key] = result
    return found


def faults_of(results: Mapping[str, Result]) -> list[Fault]:
    """Return what is wrong in the tables of some uses that people fill in; what two uses found once."""
    found = {
        (fault.table, fault.row, fault.field, fault.what): fault
        for result in results.values()
        for fault in result.faults
    }
    return list(found.values())


def uses_changes(scored: Scored, results: Mapping[str, Result], asked: Collection[str]) -> Changes:
    """Return what fills the tables of some uses, and shows the sheets of those that were asked for."""
    layout = scored.intake.layout
    changes = Changes()
    for key, result in results.items():
        use = BY_KEY[key]
        changes.add(fills_of(use, result, layout, scored.words))
    for key in asked:
        hidden = _sheets(layout, BY_KEY[key], shown=False)
        changes.sheets.extend(SheetShown(name, shown=True) for name in hidden)
    return changes


def put_away(layout: Layout, use: Use) -> Changes:
    """Return what puts the sheets of a use away; nothing to change where none is shown."""
    return Changes(sheets=[SheetShown(name, shown=False) for name in _sheets(layout, use, shown=True)])


def printed(results: Mapping[str, Result]) -> dict[str, list[dict[str, object]]]:
    """Return the tables of some uses by their names, for a program."""
    return {name: rows for key, result in results.items() for name, rows in plain_tables(BY_KEY[key], result)}


def _sheets(layout: Layout, use: Use, *, shown: bool) -> Sequence[str]:
    """Return the names of the sheets of a use that are shown, or that are not."""
    tables = (layout.named[table.key].table for table in use.tables if table.key in layout.named)
    return list(dict.fromkeys(table.sheet for table in tables if table.shown is shown))
