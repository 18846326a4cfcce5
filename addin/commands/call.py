"""The command ``call``: who calls, how urgent the request is, and the log of requests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import DONE, FAULTS, Command, book_argument, flag, help_text, language_option
from addin.commands.scored import score_file, show_use
from addin.commands.screen import n_stops, show_findings
from addin.refusals import Refusal

__all__ = ["CALL"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Argument(["text"], required=False, metavar="[TEXT]"),
        click.Option(["--request"], metavar="R", help=help_text(words, "request")),
        click.Option(["--received"], metavar="D", help=help_text(words, "received")),
        flag(words, "--sort"),
        flag(words, "--json"),
        language_option(words),
    )


def _run(
    *,
    book: Path,
    text: str | None,
    request: str | None,
    received: str | None,
    sort: bool,
    json: bool,
    lang: str | None,
) -> int:
    if text is not None and text.strip():
        return _card(book, text, request, received, lang, json=json)
    return show_use("call", {}, book, lang, json=json, moved=partial(_sort, book, lang) if sort else None)


def _card(
    book: Path, text: str, request: str | None, received: str | None, lang: str | None, *, json: bool
) -> int:
    """Print the card of who calls; nothing is written."""
    from addin.reports.call_texts import card_json, card_lines
    from addin.uses.call import CardResult

    asked = {"text": text, "request": request, "received": received}
    scored = score_file(book, book, lang, dry_run=True, asked={"call": asked})
    words = catalogue(lang or scored.report.language)
    if scored.report.stopped:
        show_findings(scored.report.findings, words)
        click.echo(words.text("cli", "result", "stopped", count=n_stops(scored.report)), err=True)
        return FAULTS
    found = scored.uses["call"]
    assert isinstance(found, CardResult)
    assert found.card is not None
    if json:
        click.echo(card_json(found.card))
        return DONE
    for line in card_lines(found.card, text, words):
        click.echo(line)
    for note in found.notes:
        click.echo(words.show(note), err=True)
    return DONE


def _sort(book: Path, lang: str | None) -> bool:
    """Sort the log of requests, whose priorities have just been filled in, and say whether any row moved."""
    from addin.package import PackageBook
    from addin.undo.last import cannot_undo, write
    from addin.uses.sorted_requests import sorted_requests
    from addin.workbook.located_tables import Layout

    package = PackageBook(book)
    tables = package.tables()
    layout = Layout(tables)
    if "requests" not in layout.named:
        raise Refusal("no_log")
    done = write(package, book, tables, sorted_requests(layout), "refresh")
    if not done.can_undo:
        click.echo(cannot_undo("refresh", catalogue(lang or layout.language)), err=True)
    return done.written


CALL = Command("call", _parameters, _run)
