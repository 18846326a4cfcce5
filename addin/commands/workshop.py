"""The command ``workshop``: sheets for the participants, what they say together, and taking their weights."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import (
    DONE,
    FAULTS,
    Command,
    book_argument,
    flag,
    help_text,
    hold,
    language_option,
    today,
)
from addin.commands.scored import show_use
from addin.commands.screen import ask, quoted, show_findings
from addin.refusals import Refusal

__all__ = ["WORKSHOP"]

_WAYS = ("mean", "median", "pairs")


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Argument(
            ["action"],
            type=click.Choice(["new", "result", "apply"]),
            required=False,
            default="result",
            metavar="[new|result|apply]",
        ),
        click.Argument(["names"], nargs=-1, metavar="[NAME]..."),
        click.Option(["--pairs"], is_flag=True, help=help_text(words, "workshop_pairs")),
        click.Option(["--by"], type=click.Choice(_WAYS), help=help_text(words, "workshop_by")),
        click.Option(["--approved-by"], metavar="NAME", help=help_text(words, "workshop_approved_by")),
        click.Option(["--yes"], is_flag=True, help=help_text(words, "workshop_yes")),
        flag(words, "--json"),
        language_option(words),
    )


def _run(
    *,
    book: Path,
    action: str,
    names: Sequence[str],
    pairs: bool,
    by: str | None,
    approved_by: str | None,
    yes: bool,
    json: bool,
    lang: str | None,
) -> int:
    if action == "new":
        return _new(book, names, lang, pairs=pairs, json=json)
    if action == "apply":
        return _apply(book, by, approved_by, lang, yes=yes, json=json)
    return show_use("workshop", {}, book, lang, json=json)


def _new(book: Path, names: Sequence[str], lang: str | None, *, pairs: bool, json: bool) -> int:
    """Add a sheet for each name."""
    from addin.reports.console import told_json
    from addin.upgrade.ballots import add_ballots

    if not any(name.strip() for name in names):
        raise Refusal("workshop_names", book=quoted(book))
    hold(book)
    added = add_ballots(book, names, pairs=pairs, today=today())
    if json:
        told = [{"participant": one.participant, "method": one.method, "sheet": one.sheet} for one in added]
        click.echo(told_json({"added": told}))
        return DONE
    words = catalogue(lang or _language(book))
    listed = [one.participant for one in added]
    click.echo(words.text("workshop", "written", names=listed, path=book, book=quoted(book)))
    return DONE


def _language(book: Path) -> str:
    from addin.package import PackageBook
    from addin.workbook.located_tables import Layout

    return Layout(PackageBook(book).tables()).language


def _apply(
    book: Path, by: str | None, approved_by: str | None, lang: str | None, *, yes: bool, json: bool
) -> int:
    """Write the weights of the workshop into the table Criteria, and who took part into Approvals."""
    from addin.package import PackageBook
    from addin.refresh.score_tables import score_tables
    from addin.reports.console import told_json
    from addin.trust.workshop import WorkshopResult
    from addin.trust.workshop_apply import proposal_lines, taken, written
    from addin.undo.last import cannot_undo, write
    from addin.workbook.located_tables import Layout

    hold(book)
    package = PackageBook(book)
    tables = package.tables()
    layout = Layout(tables)
    words, own = catalogue(lang or layout.language), catalogue(layout.language)
    scoring = score_tables(tables, today(), language=lang, asked={"workshop": {}})
    if scoring.report.stopped:
        show_findings(scoring.report.findings, words)
        return FAULTS
    found = scoring.uses["workshop"]
    assert isinstance(found, WorkshopResult)
    proposal = found.proposal
    way, weights = taken(proposal, by, own)
    if not json:
        for line in proposal_lines(proposal, way, weights, layout, words):
            click.echo(line)
        if not yes and sys.stdin.isatty() and sys.stdout.isatty():
            answer = ask(words.text("workshop", "ask", book=book.name))
            if answer.strip().casefold()[:1] != words.text("workshop", "asked_yes"):
                click.echo(words.text("workshop", "left"))
                return DONE
    approver = approved_by or proposal.approved_by
    changes = written(proposal, way, weights, approver, scoring.report.date, layout, own)
    done = write(package, book, tables, changes, "workshop")
    if not done.can_undo:
        click.echo(cannot_undo("workshop", words), err=True)
    if not approver:
        click.echo(words.text("workshop", "nobody_approved"), err=True)
    if json:
        told = {"weighing": way, "weights": weights, "took_part": list(proposal.took_part)}
        click.echo(told_json(told | {"approved_by": approver, "written": done.written}))
        return DONE
    click.echo(words.text("workshop", "applied", path=book))
    return DONE


WORKSHOP = Command("workshop", _parameters, _run)
