"""The command ``upgrade``: brings an older workbook to the sheets, tables, columns and settings of today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import Command, book_argument, hold, language_option, path_option
from addin.commands.screen import quoted
from addin.refusals import Refusal

__all__ = ["UPGRADE"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    output = path_option(words, "--output", "output", metavar="OUT")
    return book_argument(), output, language_option(words)


def _run(*, book: Path, output: Path | None, lang: str | None) -> None:
    from addin.reports.upgrade_texts import upgrade_lines
    from addin.upgrade import upgrade_file

    if output is not None and output.suffix.lower() != book.suffix.lower():
        raise Refusal("output_kind", output=output.name, book=book.name)
    hold(output or book)
    done = upgrade_file(book, output)
    words = catalogue(lang or done.language)
    for line in upgrade_lines(done, words):
        click.echo(line)
    target = output or book
    if done.any:
        click.echo(words.text("cli", "result", "written", path=target))
        click.echo(words.text("cli", "upgrade", "next", book=quoted(target)))
    else:
        click.echo(words.text("cli", "result", "unchanged", path=target))


UPGRADE = Command("upgrade", _parameters, _run)
