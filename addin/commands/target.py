"""The command ``target``: the core target, its look-alikes, and where the effort goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, flag, help_text, language_option
from addin.commands.scored import show_use

__all__ = ["TARGET"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    rep = click.Option(["--rep"], metavar="R", help=help_text(words, "target_rep"))
    return book_argument(), rep, flag(words, "--json"), language_option(words)


def _run(*, book: Path, rep: str | None, json: bool, lang: str | None) -> int:
    return show_use("target", {"rep": rep}, book, lang, json=json)


TARGET = Command("target", _parameters, _run)
