"""A refresh of a file, said on the screen: what the commands refresh and import share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import DONE, FAULTS, hold, today
from addin.commands.screen import n_stops, progress, say_where, show_findings, show_report, words_in
from addin.workbook.uses import BY_KEY

if TYPE_CHECKING:
    from addin.refresh.score_tables import Report
    from addin.upgrade import Upgraded
    from addin.uses import Result
    from addin.workbook.port import Table

__all__ = ["Scored", "score_file", "show_scored", "show_use"]


@dataclass(frozen=True, slots=True)
class Scored:
    """A refresh of a file.

    Attributes
    ----------
    report
        What it found.
    written, can_undo
        Whether anything was written, and whether it can be undone if so.
    uses
        What the uses come to that are shown or were asked for.
    upgraded
        What came to a workbook that was made before one of them; None where nothing had to.
    """

    report: Report
    written: bool
    can_undo: bool
    uses: Mapping[str, Result] = field(default_factory=dict)
    upgraded: Upgraded | None = None


def score_file(
    book: Path,
    target: Path,
    lang: str | None,
    *,
    dry_run: bool = False,
    asked: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
) -> Scored:
    """Score the accounts of a workbook, and write the results into it or into a copy.

    Parameters
    ----------
    book, target
        The workbook, and where it is written to.
    lang
        Language of the messages; that of the workbook if None.
    dry_run
        Whether nothing is written.
    asked
        Uses whose sheets are filled and shown, with what was asked of each.
    """
    from addin.package import PackageBook
    from addin.refresh.score_tables import score_tables
    from addin.undo.last import write

    if not dry_run:
        hold(target)
    with progress(words_in(lang)) as step:
        step("opening")
        package = PackageBook(book)
        tables = package.tables()
        scoring = score_tables(tables, today(), language=lang, progress=step, asked=asked)
        report = scoring.report
        upgraded = None
        if not (report.stopped or dry_run) and _is_older(tables, asked):
            from addin.upgrade import upgrade_file  # the maker of workbooks takes its time to load

            upgraded = upgrade_file(book)
            package = PackageBook(book)
            tables = package.tables()
            scoring = score_tables(tables, today(), language=lang, progress=lambda _: None, asked=asked)
            report = scoring.report
        if report.stopped or dry_run:
            return Scored(report, written=False, can_undo=True, uses=scoring.uses)
        step("writing")
        if target.resolve() == book.resolve():
            done = write(package, book, tables, scoring.changes, "refresh")
            return Scored(
                report,
                written=done.written,
                can_undo=done.can_undo,
                uses=scoring.uses,
                upgraded=upgraded,
            )
        return Scored(
            report, written=package.apply(scoring.changes, target), can_undo=True, uses=scoring.uses
        )


def _is_older(tables: Sequence[Table], uses: Iterable[str]) -> bool:
    """Whether a workbook was made before one of the uses came."""
    from addin.uses import missing_tables
    from addin.workbook.located_tables import Layout

    layout = Layout(tables)
    return any(missing_tables(layout, BY_KEY[key]) for key in uses)


def show_scored(
    scored: Scored,
    book: Path,
    target: Path,
    lang: str | None,
    *,
    json: bool = False,
    dry_run: bool = False,
    listed: bool = True,
) -> int:
    """Show what a refresh found and did, and return the exit code.

    Parameters
    ----------
    scored
        The refresh.
    book, target
        The workbook, and where it was written to.
    lang
        Language of the messages; that of the workbook if None.
    json
        Whether it is printed for a program.
    dry_run
        Whether nothing was to be written.
    listed
        Whether all that needs a look is listed where it stops nothing; else one line says where it is.
    """
    from addin.reports.console import report_json
    from addin.undo.last import cannot_undo

    report = scored.report
    words = catalogue(lang or report.language)
    if listed or report.stopped:
        show_findings(report.findings, words)
    if not scored.can_undo:
        click.echo(cannot_undo("refresh", words), err=True)
    if json:
        click.echo(report_json(report, str(target), written=scored.written))
        return FAULTS if report.stopped else DONE
    if report.stopped:
        click.echo(words.text("cli", "result", "stopped", count=n_stops(report)), err=True)
        return FAULTS
    show_report(report, book, words, in_checks=not dry_run, listed=listed)
    key = "dry_run" if dry_run else "written" if scored.written else "unchanged"
    click.echo(words.text("cli", "result", key, path=target))
    return DONE


def show_use(
    key: str,
    options: Mapping[str, object],
    book: Path,
    lang: str | None,
    *,
    json: bool = False,
    moved: Callable[[], bool] | None = None,
    then: Callable[[Result, Catalogue], None] | None = None,
) -> int:
    """Fill the sheets of a use and show them, or print its tables and write nothing; return the exit code.

    Parameters
    ----------
    key
        Key of the use.
    options
        What is asked of it.
    book
        The workbook.
    lang
        Language of the messages; that of the workbook if None.
    json
        Whether its tables are printed instead.
    moved
        What is done with the sheets once they are filled, and whether it moved rows: then they are filled
        anew, so that what is said of a cell names where it stands.
    then
        What more is done with what the use comes to, and said in the words of the messages.
    """
    from addin.reports.console import tables_json

    scored = score_file(book, book, lang, dry_run=json, asked={key: options})
    if json and not scored.report.stopped:
        say_where(scored.report.findings, book, catalogue(lang or scored.report.language), err=True)
        click.echo(tables_json({key: scored.uses[key]}))
        if then is not None:
            then(scored.uses[key], catalogue(lang or scored.report.language))
        return DONE
    if scored.upgraded is not None:
        from addin.reports.upgrade_texts import upgrade_lines

        for line in upgrade_lines(scored.upgraded, catalogue(lang or scored.report.language)):
            click.echo(line)
    code = show_scored(scored, book, book, lang, listed=False)
    if code == DONE:
        if moved is not None and moved():
            scored = score_file(book, book, lang, asked={key: options})
        words = catalogue(lang or scored.report.language)
        for note in scored.uses[key].notes:
            click.echo(words.show(note))
        sheet = catalogue(scored.report.language).sheet(BY_KEY[key].sheets[0])
        click.echo(words.text("cli", "result", "shown_once" if BY_KEY[key].stays else "shown", sheet=sheet))
        if then is not None:
            then(scored.uses[key], words)
    return code
