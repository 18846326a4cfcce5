"""The command ``moves``: whose class changed since a day, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, day_of, flag, help_text, language_option
from addin.commands.scored import show_use

__all__ = ["MOVES"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Option(["--since"], metavar="DATE", help=help_text(words, "since")),
        flag(words, "--json"),
        language_option(words),
    )


def _run(*, book: Path, since: str | None, json: bool, lang: str | None) -> int:
    return show_use("moves", {"since": None if since is None else day_of(since)}, book, lang, json=json)


MOVES = Command("moves", _parameters, _run)
