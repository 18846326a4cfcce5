"""A refresh of the open workbook, as the buttons Refresh and Import press it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from addin.catalogue import catalogue
from addin.excel.dialogues import confirmed
from addin.excel.formulas import answer_anew
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.refresh.score_tables import score_tables
from addin.reports.console import lost_sight_line
from addin.reports.message_box import refreshed, stopped
from addin.undo.last import cannot_undo, write
from addin.uses import Result

__all__ = ["Asked", "score_book"]


def _nothing(_: Mapping[str, Result]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked of a use.

    Attributes
    ----------
    options
        What its handler takes.
    then
        What more is done with what the uses come to, once it is written; returns what there is to say.
    """

    options: Mapping[str, object] = field(default_factory=dict)
    then: Callable[[Mapping[str, Result]], str] = _nothing


def score_book(
    pressed: Press,
    asked: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
    then: Callable[[Mapping[str, Result]], str] = _nothing,
) -> str:
    """Refresh the workbook, and say how the accounts are classed now.

    Parameters
    ----------
    pressed
        The press.
    asked
        Uses whose sheets are filled and shown, with what was asked of each.
    then
        What more is done with what the uses come to, once it is written; returns what there is to say.
    """
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
        scoring = score_tables(tables, pressed.today, progress=step, asked=asked)
        report = scoring.report
        own_words = catalogue(report.language)
        if report.stopped:
            return stopped(report, own_words)
    if report.lost_sight is not None:
        lost = lost_sight_line(report.lost_sight, own_words)
        question = own_words.text("ribbon", "go_on")
        if not confirmed(pressed.book.app, f"{lost}\n\n{question}"):
            return ""
    with pressed.quiet() as step:
        step("writing")
        done = write(live, pressed.book, tables, scoring.changes, "refresh")
        if done.written:
            answer_anew(pressed.book)
    said = "\n\n".join(filter(None, [refreshed(report, own_words), then(scoring.uses)]))
    return said if done.can_undo else f"{said}\n\n{cannot_undo('refresh', own_words)}"
