"""The border of the command line: arguments come in, and all that goes wrong becomes a sentence.

Which commands there are stands in addin/commands.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import locale
import os
import sys
from collections.abc import Sequence

import click

from addin.catalogue import LANGUAGES, Catalogue, catalogue
from addin.commands import COMMANDS
from addin.commands.command import DONE, FAULTS, WRONG_USAGE, help_text, local_command, metavar
from addin.refusals import Refusal
from addin.reports.command_help import LocalGroup, usage_sentence

__all__ = ["console", "main"]


def console() -> None:
    """Run the command line of a process of its own."""
    gc.disable()  # millions of cells live until the end: looking for cycles among them only costs time
    main()


def main(arguments: Sequence[str] | None = None, today: dt.date | None = None) -> None:
    """Run the command line and exit: 0 done, 1 faults that stop it, 2 wrong usage.

    Parameters
    ----------
    arguments
        What was typed behind the name of the program; None for that of this process.
    today
        The day on which it runs; None for that at the keyboard.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Files and programs get UTF-8, whatever the code page of Windows; a console without ▲ shows ?.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    words = catalogue(_reader_language(given))
    try:
        result = _program(words).main(
            given,
            prog_name="clientscore",
            standalone_mode=False,
            obj=today or dt.date.today(),  # noqa: DTZ011 - where the person is
        )
        sys.exit(result if isinstance(result, int) else DONE)
    except click.UsageError as error:
        _complain(usage_sentence(error, words), WRONG_USAGE)
    except Refusal as refusal:
        words = catalogue(refusal.language or words.language)
        _complain(words.text("refusals", refusal.code, **refusal.details), FAULTS)
    except (click.Abort, KeyboardInterrupt):
        _complain(words.text("cli", "failure", "interrupted"), FAULTS)
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        from addin.log import log_failure

        _complain(words.text("cli", "failure", "unexpected", log=log_failure(failure)), FAULTS)


def _complain(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)


def _reader_language(arguments: Sequence[str]) -> str:
    """Language asked for, else that of the machine, else English."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or next(iter(arguments[position + 1 :]), "")
            if value in LANGUAGES:
                return value
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    system = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "fr" if system.casefold().startswith("fr") else "en"


def _program(words: Catalogue) -> click.Group:
    """Return the whole command line, its help in the language of the words."""
    version = click.version_option(
        package_name="clientscore", message="%(prog)s %(version)s", help=help_text(words, "version")
    )
    group = LocalGroup(
        words,
        name="clientscore",
        help=help_text(words, "program"),
        no_args_is_help=True,
        options_metavar=metavar(words, "options"),
        subcommand_metavar=metavar(words, "command"),
    )
    version(group)
    # Read before anything else is, by _reader_language: here it is only allowed.
    group.params.append(
        click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, hidden=True)
    )
    for command in COMMANDS:
        group.add_command(local_command(command, words))
    return group


if __name__ == "__main__":
    console()
