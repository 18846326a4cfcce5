"""The command ``explain``: why an account has its class, and what would raise it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import DONE, FAULTS, Command, book_argument, flag, language_option
from addin.commands.scored import score_file, show_use
from addin.commands.screen import show_findings

if TYPE_CHECKING:
    from addin.uses import Result

__all__ = ["EXPLAIN"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Argument(["account"], required=False, metavar="[ACCOUNT]"),
        flag(words, "--json"),
        language_option(words),
    )


def _run(*, book: Path, account: str | None, json: bool, lang: str | None) -> int:
    if json:
        return _told(book, account, lang)
    return show_use("explain", {"account": account}, book, lang, then=_say)


def _told(book: Path, account: str | None, lang: str | None) -> int:
    """Print everything about the account; nothing is written."""
    from addin.reports.console import told_json
    from addin.trust.explain import ExplainResult

    scored = score_file(book, book, lang, dry_run=True, asked={"explain": {"account": account}})
    show_findings(scored.report.findings, catalogue(lang or scored.report.language))
    if scored.report.stopped:
        return FAULTS
    found = scored.uses["explain"]
    assert isinstance(found, ExplainResult)
    click.echo(told_json(found.told))
    return DONE


def _say(result: Result, words: Catalogue) -> None:
    from addin.reports.explain_texts import explain_lines

    for line in explain_lines(result, words):
        click.echo(line)


EXPLAIN = Command("explain", _parameters, _run)
