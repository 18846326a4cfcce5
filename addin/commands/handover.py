"""The command ``handover``: a portfolio for whoever takes it over, as sheets and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, flag, help_text, language_option, path_option
from addin.commands.scored import show_use
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.uses import Result

__all__ = ["HANDOVER"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Option(["--rep"], metavar="R", help=help_text(words, "handover_rep")),
        click.Option(["--sector"], metavar="S", help=help_text(words, "handover_sector")),
        path_option(words, "--output", "handover_output", metavar="DIR"),
        flag(words, "--json"),
        language_option(words),
    )


def _run(
    *, book: Path, rep: str | None, sector: str | None, output: Path | None, json: bool, lang: str | None
) -> int:
    if rep is not None and sector is not None:
        raise Refusal("handover_both")
    if rep is None and sector is None:
        _check_chosen(book)
    folder = book.absolute().parent if output is None else output
    if output is not None and not output.is_dir():  # told before anything is written
        raise Refusal("no_folder", folder=str(output))

    def write(result: Result, words: Catalogue) -> None:
        if not json or output is not None:
            _write(result, folder, words, err=json)

    return show_use("handover", {"rep": rep, "sector": sector}, book, lang, json=json, then=write)


def _check_chosen(book: Path) -> None:
    """Refuse where neither the command nor the sheet says whose portfolio is meant."""
    from addin.package import PackageBook
    from addin.uses.handover import known_names, last_chosen
    from addin.workbook.located_tables import Layout

    layout = Layout(PackageBook(book).tables())
    if last_chosen(layout) is None:
        names = known_names(layout)
        if not any(names.values()):
            raise Refusal("no_rep_yet")
        raise Refusal("handover_nobody", reps=names["rep"], sectors=names["sector"])


def _write(result: Result, folder: Path, words: Catalogue, *, err: bool) -> None:
    """Write the page, and say where it is."""
    from addin.package.atomic import write_atomically
    from addin.private import PRIVATE
    from addin.reports.page import handover_page, page_name
    from addin.uses.handover import Handover

    assert isinstance(result, Handover)
    if result.whom is None:
        return
    file = folder / page_name(result, result.words)
    write_atomically(file, [handover_page(result, result.words)], rights=PRIVATE)
    click.echo(words.text("page", "written", path=file), err=err)


HANDOVER = Command("handover", _parameters, _run)
