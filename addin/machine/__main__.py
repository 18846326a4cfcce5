"""What the menu entries and the installers start: ``python -m addin.machine ACTION LANGUAGE``.

``start``, ``new``, ``doctor`` and ``uninstall`` keep their window open until Enter;
``entries`` makes the menu entries.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import platformdirs

from addin.catalogue import LANGUAGES, Catalogue, catalogue
from addin.machine import doctor, menu
from addin.machine.opening import open_book
from addin.machine.uninstall import uninstall
from addin.machine.view import this_machine
from addin.refusals import Refusal

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Do what an entry stands for, and return 0 if it went well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    action, language = (*arguments, "", "")[:2]
    words = catalogue(language if language in LANGUAGES else "en")
    stay = words.text("doctor", "menu", "enter")
    try:
        well, waits = _do(action, words)
    except Refusal as refusal:
        click.echo(words.text("refusals", refusal.code, **refusal.details))
        well, waits = False, True
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        from addin.log import log_failure

        said = words.text("cli", "failure", "unexpected", log=log_failure(failure))
        click.echo(f"{said} {words.text('cli', 'failure', 'nothing_written')}")
        well, waits = False, action != "entries"
    if waits:
        _answer(f"\n{stay}")
    return 0 if well else 1


def _do(action: str, words: Catalogue) -> tuple[bool, bool]:
    """Return whether it went well, and whether the window is to stay open."""
    machine = this_machine()
    match action:
        case "start":
            command = [sys.executable, "-I", "-m", "addin.cli", "start", "--lang", words.language]
            return subprocess.run(command, check=False).returncode == 0, True  # noqa: S603 - ourselves
        case "new":
            path = menu.new_in_documents(words, Path(platformdirs.user_documents_dir()))
            click.echo(words.text("doctor", "menu", "made", path=path))
            open_book(path)
            return True, False
        case "doctor":
            checks = doctor.examine(machine)
            for line in doctor.lines(checks, words):
                click.echo(line)
            return doctor.is_well(checks), True
        case "uninstall":
            well = uninstall(machine, words, sure=False, say=click.echo, ask=_answer)
            # on Windows what removes the rest waits for this window to be gone
            return well, not (well and machine.windows)
        case "entries":
            for entry in menu.make_entries(machine, words, menu.windows_shortcut):
                click.echo(entry)
            return True, False
    click.echo(__doc__)
    return False, False


def _answer(question: str) -> str:
    try:
        return input(question)
    except EOFError:  # nobody is there
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
