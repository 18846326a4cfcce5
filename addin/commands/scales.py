"""The command ``scales``: proposes money scales that fit the portfolio, and writes them when told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import DONE, FAULTS, Command, book_argument, flag, hold, language_option, today
from addin.commands.screen import quoted, show_findings

__all__ = ["SCALES"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return book_argument(), flag(words, "--apply"), flag(words, "--json"), language_option(words)


def _run(*, book: Path, apply: bool, json: bool, lang: str | None) -> int:
    from addin.package import PackageBook
    from addin.refresh.located_faults import locate
    from addin.reports.scale_texts import fit_lines, fits_json
    from addin.undo.last import cannot_undo, write
    from addin.workbook.located_tables import Layout
    from addin.workbook.money_scales import accounts_by_class, fit_scales, fitted_changes
    from addin.workbook.read_workbook import take_in

    if apply:
        hold(book)
    package = PackageBook(book)
    tables = package.tables()
    layout = Layout(tables)
    words = catalogue(lang or layout.language)
    intake = take_in(layout, today())
    if intake.model is None:
        show_findings([one for one in locate(intake, intake.faults, words) if one.stops], words)
        return FAULTS
    fits = fit_scales(intake, intake.model)
    now = accounts_by_class(intake, intake.model)
    then = accounts_by_class(intake, intake.model, fits.scales)
    written = False
    if apply and fits.scales:
        done = write(package, book, tables, fitted_changes(layout.named["scales"], fits.scales), "scales")
        written = done.written
        if not done.can_undo:
            click.echo(cannot_undo("scales", words), err=True)
    if json:
        click.echo(fits_json(fits, now, then, str(book), written=written))
        return DONE
    for line in fit_lines(fits, now, then, words):
        click.echo(line)
    if written:
        click.echo(words.text("scales", "written", path=book))
    elif fits.scales:
        click.echo(words.text("scales", "how", book=quoted(book)))
    return DONE


SCALES = Command("scales", _parameters, _run)
