"""The button Fit scales: proposes money scales that fit the portfolio, and writes them when told."""

from __future__ import annotations

from addin.catalogue import catalogue
from addin.excel.dialogues import confirmed
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.refresh.located_faults import fault_line, locate
from addin.reports.scale_texts import fit_lines
from addin.undo.last import cannot_undo, write
from addin.workbook.located_tables import Layout
from addin.workbook.money_scales import accounts_by_class, fit_scales, fitted_changes
from addin.workbook.read_workbook import take_in

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Propose rows for the money scales, and write them if the person says yes."""
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
        layout = Layout(tables)
        words = catalogue(layout.language)
        intake = take_in(layout, pressed.today)
        if intake.model is None:
            stops = [one for one in locate(intake, intake.faults, words) if one.stops]
            return "\n\n".join(fault_line(one, words) for one in stops[:6])
        step("scoring")
        fits = fit_scales(intake, intake.model)
        now = accounts_by_class(intake, intake.model)
        then = accounts_by_class(intake, intake.model, fits.scales)
    text = "\n".join(fit_lines(fits, now, then, words))
    if not fits.scales:
        return text
    if not confirmed(pressed.book.app, f"{text}\n\n{words.text('scales', 'question')}"):
        return ""
    with pressed.quiet() as step:
        step("writing")
        changes = fitted_changes(layout.named["scales"], fits.scales)
        done = write(live, pressed.book, tables, changes, "scales")
    said = words.text("scales", "done")
    return said if done.can_undo else f"{said}\n\n{cannot_undo('scales', words)}"
