"""The command ``new``: a fresh workbook, empty or filled from exports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, language_option, path_option, today
from addin.commands.import_options import books_options, import_options, kind_option, map_option
from addin.commands.screen import quoted, words_in

__all__ = ["NEW"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    files = path_option(words, "--accounts", "accounts", multiple=True, metavar="FILE")
    language = language_option(words, "lang_new")
    return book_argument(), language, files, map_option(words), kind_option(words), *books_options(words)


def _run(book: Path, lang: str | None, accounts: tuple[Path, ...], **chosen: Any) -> None:
    from addin.fresh import filled_workbook, new_workbook
    from addin.reports.import_texts import filled_lines

    words = words_in(lang)
    if accounts:
        filled = filled_workbook(book, words.language, accounts, today(), import_options(chosen))
        click.echo("\n".join([*filled_lines(filled, words), ""]))
    else:
        new_workbook(book, words.language)
    click.echo(words.text("cli", "new", "done", path=book))
    key = "next_filled" if accounts else "next_empty"
    click.echo(words.text("cli", "new", key, book=quoted(book)))


NEW = Command("new", _parameters, _run)
