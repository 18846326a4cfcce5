"""The command ``refresh``: scores all accounts and writes the results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, flag, language_option, path_option
from addin.commands.scored import score_file, show_scored
from addin.refusals import Refusal

__all__ = ["REFRESH"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    output = path_option(words, "--output", "output", metavar="OUT")
    return book_argument(), output, flag(words, "--dry-run"), flag(words, "--json"), language_option(words)


def _run(*, book: Path, output: Path | None, dry_run: bool, json: bool, lang: str | None) -> int:
    target = output or book
    if target.suffix.lower() != book.suffix.lower():
        raise Refusal("output_kind", output=target.name, book=book.name)
    scored = score_file(book, target, lang, dry_run=dry_run)
    return show_scored(scored, book, target, lang, dry_run=dry_run, json=json)


REFRESH = Command("refresh", _parameters, _run)
