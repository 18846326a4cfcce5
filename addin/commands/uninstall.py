"""The command ``uninstall``: removes ClientScore, and never a workbook."""

from __future__ import annotations

from collections.abc import Sequence

import click

from addin.catalogue import Catalogue
from addin.commands.command import DONE, FAULTS, Command, flag, language_option
from addin.commands.screen import ask, words_in

__all__ = ["UNINSTALL"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return flag(words, "--yes"), language_option(words, "lang_messages")


def _run(*, yes: bool, lang: str | None) -> int:
    from addin.machine.uninstall import uninstall
    from addin.machine.view import this_machine

    done = uninstall(this_machine(), words_in(lang), sure=yes, say=click.echo, ask=ask)
    return DONE if done else FAULTS


UNINSTALL = Command("uninstall", _parameters, _run)
