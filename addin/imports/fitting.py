"""The first import that fills a money column fits the scale that measures it, where that still ships."""

from __future__ import annotations

from collections.abc import Iterator

from addin.catalogue import Catalogue
from addin.imports.merge import Merge
from addin.imports.rules import Rules
from addin.workbook.applied import applied
from addin.workbook.located_tables import Layout
from addin.workbook.money_scales import SHIPPED, Fits, fit_scales, rows_text
from addin.workbook.read_workbook import take_in

__all__ = ["fitted_after", "fitted_lines"]


def fitted_after(layout: Layout, merged: Merge, rules: Rules) -> Fits:
    """Return the scales that fit the portfolio once an import is merged into it.

    Parameters
    ----------
    layout
        The workbook before.
    merged
        What the import does to its accounts.
    rules
        The choices of the workbook.
    """
    filled = [
        column
        for column, count in merged.fields.items()
        if column in SHIPPED and (count.filled or count.replaced)
    ]
    if not filled or "scales" not in layout.named:
        return Fits()
    intake = take_in(Layout(applied(layout.tables, merged.changes)), rules.reference)
    if intake.model is None:
        return Fits()
    return fit_scales(intake, intake.model, only_shipped=filled)


def fitted_lines(fits: Fits, words: Catalogue) -> Iterator[str]:
    """Say which scales are fitted with what rows, and which are left as they ship."""
    for scale in fits.scales:
        rows = {"rows": rows_text(scale.fitted, words), "now": rows_text(scale.now, words)}
        yield words.text("scales", "imported", criterion=scale.criterion, **rows)
    for criterion in fits.too_few:
        yield words.text("scales", "too_few", criterion=criterion)
