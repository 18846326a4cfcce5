"""The command ``actions``: chooses what to do with each account, and writes target lists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, book_argument, flag, help_text, language_option
from addin.commands.export_option import LIST_FILES, export_option, refuse_wrong_file, writing
from addin.commands.scored import show_use
from addin.refusals import Refusal

__all__ = ["ACTIONS"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        export_option(words, LIST_FILES, "actions_export"),
        click.Option(["--action"], metavar="A", help=help_text(words, "action")),
        flag(words, "--json"),
        language_option(words),
    )


def _run(
    *, book: Path, export: tuple[str, Path] | None, action: str | None, json: bool, lang: str | None
) -> int:
    if export is None:
        if action is not None:
            raise Refusal("action_without_export")
        return show_use("actions", {}, book, lang, json=json)
    from addin.uses.actions import Export

    kind, file = export
    refuse_wrong_file(kind, file, book, LIST_FILES)
    asked = {"export": Export(kind, action)}
    return show_use("actions", asked, book, lang, json=json, then=writing(file, err=json))


ACTIONS = Command("actions", _parameters, _run)
