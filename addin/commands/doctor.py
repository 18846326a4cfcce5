"""The command ``doctor``: says whether ClientScore works on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import DONE, FAULTS, Command, book_argument, flag, language_option
from addin.commands.screen import words_in

__all__ = ["DOCTOR"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    looked_at = book_argument(metavar="[BOOK]", required=False)
    flags = [flag(words, name) for name in ("--json", "--verbose")]
    return looked_at, *flags, language_option(words, "lang_messages")


def _run(*, book: Path | None, json: bool, verbose: bool, lang: str | None) -> int:
    from addin.machine.doctor import examine, is_well, lines, report_json
    from addin.machine.view import this_machine

    words = words_in(lang)
    machine = this_machine()
    checks = examine(machine, machine.path(str(book.absolute())) if book else None)
    if json:
        click.echo(report_json(checks, words))
    else:
        for line in lines(checks, words, verbose=verbose):
            click.echo(line)
    return DONE if is_well(checks) else FAULTS


DOCTOR = Command("doctor", _parameters, _run)
