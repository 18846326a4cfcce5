"""The border of the command line: arguments come in, and all that goes wrong becomes a sentence.

Which commands there are stands in addin/commands.
"""

from __future__ import annotations

import datetime as dt
import io
import locale
import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

import click

from addin.catalogue import LANGUAGES, Catalogue, catalogue
from addin.commands import COMMANDS
from addin.commands.command import DONE, FAULTS, WRONG_USAGE, help_text, local_command, metavar
from addin.commands.screen import quoted
from addin.interruptions import end_listening, heed
from addin.output import lost_output
from addin.refusals import Refusal
from addin.reports.command_help import LocalGroup, usage_sentence
from addin.system_faults import chain, system_refusal
from addin.written_files import WrittenFiles, recorded

__all__ = ["run"]


def run(arguments: Sequence[str] | None = None, today: dt.date | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 something stopped it, 2 wrong usage.

    Parameters
    ----------
    arguments
        What was typed behind the name of the program; None for that of this process.
    today
        The day on which it runs; None for that at the keyboard.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    with recorded() as files:
        try:
            heed()
            code, said = _outcome(given, today, files)
            end_listening()
        except KeyboardInterrupt:  # while it was being worked out what to say, too
            end_listening()
            code, said = _failed("interrupted", catalogue(_reader_language(given)), files)
    if said:
        click.echo(said, err=True)
    sys.exit(code)


def _outcome(given: list[str], today: dt.date | None, files: WrittenFiles) -> tuple[int, str]:
    """Run what was typed, and return the exit code and what there is to complain of."""
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
    except click.UsageError as error:
        return WRONG_USAGE, usage_sentence(error, words)
    except click.Abort:
        return _failed("interrupted", words, files)
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        if any(isinstance(one, KeyboardInterrupt) for one in chain(failure)):
            return _failed("interrupted", words, files)  # a library made an error of its own of it
        refusal = failure if isinstance(failure, Refusal) else system_refusal(failure)
        if refusal is not None:
            words = catalogue(refusal.language or words.language)
            sentence = words.text("refusals", refusal.code, **refusal.details)
            return FAULTS, "\n".join([sentence, *_written(files, words)])
        from addin.log import log_failure

        return _failed("unexpected", words, files, log=log_failure(failure))
    if lost_output() is not None:
        return _failed("output_lost", words, files)
    return (result if isinstance(result, int) else DONE), ""


def _failed(key: str, words: Catalogue, files: WrittenFiles, **details: object) -> tuple[int, str]:
    """Return the exit code of a command that was broken off, and what it says, with what it had written."""
    said = words.text("cli", "failure", key, **details)
    written = _written(files, words)
    nothing = words.text("cli", "failure", "nothing_written")
    return FAULTS, "\n".join([said, *written]) if written else f"{said} {nothing}"


def _written(files: WrittenFiles, words: Catalogue) -> list[str]:
    undoable = Counter(path.resolve() for path in files.undoable)
    said = [
        words.text("cli", "failure", "written_undo", path=path, book=quoted(path), count=undoable[path])
        for path in files.lasting
        if path in undoable
    ]
    others = [str(path) for path in files.lasting if path not in undoable]
    return [*said, *([words.text("cli", "failure", "written", paths=others)] if others else [])]


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
