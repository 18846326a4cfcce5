"""The commands of the uses: each fills the sheets of a use and shows them, or prints its tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, flag, language_option
from addin.commands.scored import show_use
from addin.workbook.uses import USES

__all__ = ["USE_COMMANDS"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return book_argument(), flag(words, "--json"), language_option(words)


def _run(use: str, *, book: Path, json: bool, lang: str | None) -> int:
    return show_use(use, {}, book, lang, json=json)


USE_COMMANDS: Final = tuple(
    Command(use.key, _parameters, partial(_run, use.key)) for use in USES if not use.own_command
)
