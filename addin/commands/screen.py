"""What commands show and ask on the screen."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from addin.catalogue import Catalogue, catalogue
from addin.refusals import Refusal
from addin.reports.command_help import LocalGroup

if TYPE_CHECKING:
    from addin.refresh.score_tables import Report
    from addin.workbook.finding import Finding

__all__ = [
    "answered_no",
    "answered_paths",
    "ask",
    "n_stops",
    "progress",
    "quoted",
    "say_refusal",
    "say_where",
    "show_findings",
    "show_report",
    "words_in",
]

_STEPS: Final = ("opening", "reading", "scoring", "writing")


def words_in(language: str | None) -> Catalogue:
    """Return the words of a language, if None of that in which the command line was read."""
    if language is not None:
        return catalogue(language)
    group = click.get_current_context().find_root().command
    assert isinstance(group, LocalGroup)
    return group.words


@contextmanager
def progress(words: Catalogue) -> Iterator[Callable[[str], None]]:
    """Show the step under way on a terminal, and nothing elsewhere."""
    labels = words.surface("cli")["steps"]
    with click.progressbar(
        length=len(_STEPS), file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()
    ) as bar:

        def step(name: str) -> None:
            bar.label = labels[name]
            bar.update(1 if name != _STEPS[0] else 0)
            bar.render_progress()

        yield step
        bar.update(1)


def ask(question: str) -> str:
    """Ask a question, and return the answer as typed."""
    return str(click.prompt(question, prompt_suffix="", default="", show_default=False))


def answered_no(answer: str) -> bool:
    """Whether an answer says no, in either language; all else, and nothing, says yes.

    >>> answered_no("Non"), answered_no(" n"), answered_no(""), answered_no("oui")
    (True, True, False, False)
    """
    return answer.strip().casefold()[:1] == "n"


def answered_paths(answer: str) -> Sequence[Path]:
    r"""Return the folder or the files that somebody has typed, or dragged into the window.

    What is dragged comes in quotes where it has blanks, on a Mac with a stroke before each of them.

    >>> answered_paths(" '/no/such folder' ")
    (PosixPath('/no/such folder'),)
    """
    whole = Path(answer.strip().strip("\"'")).expanduser()
    if whole.exists():
        return (whole,)
    try:
        parts = shlex.split(answer, posix=sys.platform != "win32")
    except ValueError:  # a quotation mark that is never closed
        return (whole,)
    paths = [Path(part.strip("\"'")).expanduser() for part in parts]
    return paths if all(path.exists() for path in paths) else (whole,)


def say_refusal(refusal: Refusal, words: Catalogue) -> None:
    """Say what is declined to somebody who can answer otherwise."""
    click.echo(words.text("refusals", refusal.code, **refusal.details))
    click.echo()


def quoted(path: Path) -> str:
    """Return a path as it can be typed after a command.

    >>> quoted(Path("my book.xlsx"))
    '"my book.xlsx"'
    """
    return f'"{path}"' if " " in str(path) else str(path)


def show_findings(findings: Sequence[Finding], words: Catalogue) -> None:
    """Show what needs mending, where complaints go."""
    from addin.refresh.located_faults import fault_line

    for finding in findings:
        click.echo(fault_line(finding, words), err=True)


def n_stops(report: Report) -> int:
    """Return how many findings stop a refresh."""
    return sum(finding.stops for finding in report.findings)


def say_where(findings: Sequence[Finding], book: Path, words: Catalogue, *, err: bool = False) -> None:
    """Say in one line how many things need a look, and what lists them."""
    if findings:
        details = {"count": len(findings), "book": quoted(book)}
        click.echo(words.text("cli", "result", "faults_elsewhere", **details), err=err)


def show_report(
    report: Report, book: Path, words: Catalogue, *, in_checks: bool, listed: bool = True
) -> None:
    """Show what a refresh found, and where what needs a look is listed, if not above this."""
    from addin.reports.console import report_lines

    for line in report_lines(report, book.name, words):
        click.echo(line)
    if report.findings and in_checks and report.has_checks:
        click.echo(words.text("cli", "result", "faults", count=len(report.findings)))
    elif not listed:
        say_where(report.findings, book, words)
    elif report.findings:
        click.echo(words.text("cli", "result", "faults_dry", count=len(report.findings)))
