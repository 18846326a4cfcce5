"""What a command is, and the parameters that several have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from addin.catalogue import LANGUAGES, Catalogue
from addin.refusals import Refusal
from addin.reports.command_help import LocalCommand

__all__ = [
    "DONE",
    "FAULTS",
    "WRONG_USAGE",
    "Command",
    "book_argument",
    "day_of",
    "flag",
    "help_text",
    "hold",
    "language_option",
    "local_command",
    "metavar",
    "path_option",
    "today",
]

DONE, FAULTS, WRONG_USAGE = 0, 1, 2
"""Exit codes: done, faults that stop it, wrong usage."""

_PATH: Final = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Command:
    """A command.

    Attributes
    ----------
    name
        What is typed; its help stands in the catalogue (``cli``, ``help``)
        under it.
    parameters
        Returns its parameters, with their help in the language of the words.
    run
        Takes them by name, and returns the exit code, None for done.
    """

    name: str
    parameters: Callable[[Catalogue], Sequence[click.Parameter]]
    run: Callable[..., int | None]


def local_command(command: Command, words: Catalogue) -> click.Command:
    """Return a command as click runs it, its help in the language of the words."""
    return LocalCommand(
        words,
        name=command.name,
        callback=command.run,
        help=help_text(words, command.name),
        params=list(command.parameters(words)),
        options_metavar=metavar(words, "options"),
    )


def help_text(words: Catalogue, key: str) -> str:
    """Return what the help says of a command or of a parameter."""
    return words.text("cli", "help", key)


def metavar(words: Catalogue, key: str) -> str:
    """Return what stands for options or for a command in the first line of a help."""
    return words.text("cli", "layout", f"{key}_metavar")


def book_argument(**settings: Any) -> click.Parameter:
    """Return the parameter that names the workbook."""
    return click.Argument(["book"], type=_PATH, **{"metavar": "BOOK"} | settings)


def language_option(words: Catalogue, key: str = "lang") -> click.Parameter:
    """Return the option that names the language."""
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), help=help_text(words, key))


def flag(words: Catalogue, name: str) -> click.Parameter:
    """Return an option that is given or not, such as ``--dry-run``."""
    return click.Option([name], is_flag=True, help=help_text(words, name.strip("-").replace("-", "_")))


def path_option(words: Catalogue, name: str, key: str, **settings: Any) -> click.Parameter:
    """Return an option that names a file or a folder."""
    return click.Option([name], type=_PATH, help=help_text(words, key), **settings)


def today() -> dt.date:
    """Return the day on which the command that runs was given."""
    day: object = click.get_current_context().obj
    assert isinstance(day, dt.date)
    return day


def hold(book: Path) -> None:
    """Let no other ClientScore write to a workbook until the command that runs has ended.

    Raises
    ------
    Refusal
        ``busy_with_book`` if another does for too long.
    """
    from addin.package.alone import alone_with
    from addin.workbook.place import place

    click.get_current_context().with_resource(alone_with(place(str(book.absolute())), book.name))


def day_of(text: str) -> dt.date:
    """Return the day that an option names."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal("since_unread", text=text) from None
