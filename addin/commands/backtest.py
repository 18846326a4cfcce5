"""The command ``backtest``: what the score of a day in the past foresaw of the year after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, day_of, flag, help_text, language_option, today
from addin.commands.import_options import books_options, import_options, kind_option, map_option
from addin.commands.scored import show_use

if TYPE_CHECKING:
    from addin.uses import Result

__all__ = ["BACKTEST"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Argument(
            ["files"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
        ),
        click.Option(["--as-of"], metavar="DATE", help=help_text(words, "as_of")),
        map_option(words),
        kind_option(words),
        *books_options(words),
        flag(words, "--json"),
        language_option(words),
    )


def _run(
    book: Path, files: tuple[Path, ...], as_of: str | None, lang: str | None, *, json: bool, **chosen: Any
) -> int:
    from addin.imports.past import open_past, past_on
    from addin.package import PackageBook

    on = None if as_of is None else day_of(as_of)
    opened = open_past(PackageBook(book).tables(), files, today(), import_options(chosen))
    past = past_on(opened, on or opened.latest)
    return show_use("backtest", {"past": past}, book, lang, json=json, then=None if json else _say)


def _say(result: Result, words: Catalogue) -> None:
    from addin.reports.backtest_texts import backtest_lines

    for line in backtest_lines(result, words):
        click.echo(line)


BACKTEST = Command("backtest", _parameters, _run)
