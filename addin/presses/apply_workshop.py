"""The button Apply workshop: writes the weights of the workshop into Criteria, when told."""

from __future__ import annotations

from addin.catalogue import catalogue
from addin.excel.dialogues import confirmed
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.refresh.score_tables import score_tables
from addin.reports.message_box import stopped
from addin.trust.workshop import WorkshopResult
from addin.trust.workshop_apply import proposal_lines, taken, written
from addin.undo.last import cannot_undo, write
from addin.workbook.located_tables import Layout

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Show the weights beside those of today, ask, and write them with who took part and who approved."""
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
        layout = Layout(tables)
        words = catalogue(layout.language)
        scoring = score_tables(tables, pressed.today, progress=step, asked={"workshop": {}})
    if scoring.report.stopped:
        return stopped(scoring.report, words)
    found = scoring.uses["workshop"]
    assert isinstance(found, WorkshopResult)
    proposal = found.proposal
    way, weights = taken(proposal, None, words)
    lines = "\n".join(proposal_lines(proposal, way, weights, layout, words))
    if not confirmed(pressed.book.app, f"{lines}\n\n{words.text('workshop', 'question')}"):
        return ""
    with pressed.quiet() as step:
        step("writing")
        approver = proposal.approved_by
        changes = written(proposal, way, weights, approver, scoring.report.date, layout, words)
        done = write(live, pressed.book, tables, changes, "workshop")
    said = [words.text("workshop", "done")]
    if not approver:
        said.append(words.text("workshop", "nobody_approved"))
    if not done.can_undo:
        said.append(cannot_undo("workshop", words))
    return "\n\n".join(said)
