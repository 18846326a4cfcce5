"""The command ``undo``: takes back the last refresh or import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import Command, book_argument, hold, language_option
from addin.commands.screen import progress, words_in

__all__ = ["UNDO"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return book_argument(), language_option(words)


def _run(book: Path, lang: str | None) -> None:
    from addin.undo.last import said, undo_last

    hold(book)
    with progress(words_in(lang)) as step:
        step("opening")
        undone = undo_last(book, step)
    words = catalogue(lang or undone.language)
    for line in said(undone, words):
        click.echo(line)
    click.echo(words.text("cli", "result", "written", path=book))


UNDO = Command("undo", _parameters, _run)
