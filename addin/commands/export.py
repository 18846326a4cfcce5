"""The command ``export``: the class of every account, for a CRM, an ERP or the telephone system."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import Command, book_argument, help_text, language_option
from addin.commands.export_option import LIST_FILES, put, refuse_wrong_file

__all__ = ["EXPORT"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    to = click.Option(
        ["--to"],
        type=(click.Choice(list(LIST_FILES)), click.Path(path_type=Path)),
        metavar="KIND FILE",
        required=True,
        help=help_text(words, "export_to"),
    )
    return book_argument(), to, language_option(words)


def _run(*, book: Path, to: tuple[str, Path], lang: str | None) -> None:
    from addin.exports import rows_file
    from addin.package import PackageBook
    from addin.uses.class_list import class_list
    from addin.workbook.located_tables import Layout

    kind, file = to
    refuse_wrong_file(kind, file, book, LIST_FILES)
    layout = Layout(PackageBook(book).tables())
    words = catalogue(lang or layout.language)
    rows = class_list(layout)
    put(rows_file([rows], file.name, layout.language), file, words)


EXPORT = Command("export", _parameters, _run)
