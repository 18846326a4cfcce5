"""The command ``tour``: plans the tours, and writes them as a file for another program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, flag, help_text, language_option
from addin.commands.export_option import export_option, refuse_wrong_file, writing
from addin.commands.scored import show_use
from addin.refusals import Refusal
from addin.workbook.uses.tour import FILES

__all__ = ["TOUR"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        export_option(words, FILES, "tour_export"),
        click.Option(["--rep"], metavar="R", help=help_text(words, "tour_rep")),
        flag(words, "--json"),
        language_option(words),
    )


def _run(
    *, book: Path, export: tuple[str, Path] | None, rep: str | None, json: bool, lang: str | None
) -> int:
    if export is None:
        if rep is not None:
            raise Refusal("rep_without_export")
        return show_use("tour", {}, book, lang, json=json)
    from addin.uses.tour_files import Export

    kind, file = export
    refuse_wrong_file(kind, file, book, FILES)
    asked = Export(kind, file.name, dt.datetime.now(dt.UTC).replace(microsecond=0), rep)
    return show_use("tour", {"export": asked}, book, lang, json=json, then=writing(file, err=json))


TOUR = Command("tour", _parameters, _run)
