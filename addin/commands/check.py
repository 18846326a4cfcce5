"""The command ``check``: lists what needs mending, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import DONE, FAULTS, Command, book_argument, flag, language_option, today
from addin.commands.screen import n_stops, show_findings

__all__ = ["CHECK"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return book_argument(), flag(words, "--json"), language_option(words)


def _run(*, book: Path, json: bool, lang: str | None) -> int:
    from addin.package import PackageBook
    from addin.refresh.score_tables import score_tables
    from addin.reports.console import report_json

    report = score_tables(PackageBook(book).tables(), today(), language=lang).report
    words = catalogue(lang or report.language)
    show_findings(report.findings, words)
    if json:
        click.echo(report_json(report, str(book), written=False))
    elif report.findings:
        counts = {"count": len(report.findings), "stops": n_stops(report)}
        click.echo(words.text("cli", "result", "counted", **counts))
    else:
        click.echo(words.text("cli", "result", "clean"))
    return FAULTS if report.stopped else DONE


CHECK = Command("check", _parameters, _run)
