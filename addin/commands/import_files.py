"""The command ``import``: fills in accounts from exports."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import (
    DONE,
    FAULTS,
    Command,
    book_argument,
    flag,
    help_text,
    hold,
    language_option,
    today,
)
from addin.commands.import_options import (
    books_options,
    import_options,
    kind_option,
    map_option,
    reference_option,
)
from addin.commands.imported import bytes_read, check_replaced
from addin.commands.scored import score_file, show_scored
from addin.commands.screen import ask, quoted
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.imports.importing import Import

__all__ = ["IMPORT"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    files = click.Argument(
        ["files"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
    )
    fields = [
        click.Option([f"--{key}"], multiple=True, metavar="COLUMN", help=help_text(words, key))
        for key in ("keep", "overwrite")
    ]
    columns, kinds = map_option(words), kind_option(words)
    day = reference_option(words)
    after = click.Option(["--refresh"], is_flag=True, help=help_text(words, "refresh_after"))
    flags = [flag(words, name) for name in ("--dry-run", "--yes", "--json")]
    absent = click.Option(["--absent"], type=click.Choice(["keep", "zero"]), help=help_text(words, "absent"))
    more = [*books_options(words), absent, day, after]
    return book_argument(), files, columns, *fields, kinds, *more, *flags, language_option(words)


def _run(book: Path, files: tuple[Path, ...], lang: str | None, **chosen: Any) -> int:
    from addin.imports.importing import look_at, plan_import
    from addin.imports.sheets import import_changes
    from addin.package import PackageBook
    from addin.reports.import_texts import import_json, recognised_lines, report_lines
    from addin.undo.last import Written, cannot_undo, write
    from addin.workbook.located_tables import Layout

    if not chosen["dry_run"]:
        hold(book)
    package = PackageBook(book)
    if not chosen["dry_run"]:
        package.check_writable()
    tables = package.tables()
    own_words = catalogue(Layout(tables).language)
    words = catalogue(lang) if lang else own_words
    written = Written(written=False, can_undo=True)
    with _said_in(words.language):
        recognition = look_at(tables, files, today(), import_options(chosen))
        if not chosen["json"] and sys.stderr.isatty():  # reading may take a while: say at once what is read
            click.echo("\n".join(recognised_lines(recognition, words)), err=True)
        with bytes_read(recognition.files, words) as progress:
            done = plan_import(recognition, progress)
        if not chosen["json"]:
            click.echo("\n".join([*report_lines(done, words), ""]))
        if not chosen["yes"] and not chosen["dry_run"] and not _may_ask(chosen):
            check_replaced(done, words)
        if done.changes_anything and _may_ask(chosen) and not _says_yes(book, words):
            click.echo(words.text("imports", "screen", "not_done"))
            return DONE
        if not chosen["dry_run"]:
            written = write(package, book, tables, import_changes(done, own_words, today()), "import")
    if not written.can_undo:
        click.echo(cannot_undo("import", words), err=True)
    refresh = chosen["refresh"] and not chosen["dry_run"]
    if chosen["json"]:
        report = score_file(book, book, lang).report if refresh else None
        click.echo(import_json(done, str(book), words, written=written.written, report=report))
        return FAULTS if report is not None and report.stopped else DONE
    _show_outcome(done, book, words, written=written.written, chosen=chosen)
    return show_scored(score_file(book, book, lang), book, book, lang) if refresh else DONE


def _show_outcome(
    done: Import, book: Path, words: Catalogue, *, written: bool, chosen: Mapping[str, Any]
) -> None:
    """Show whether anything was written, and what to do next."""
    if not written:
        key = "dry_run" if chosen["dry_run"] else "unused" if done.n_unused else "unchanged"
    elif not done.changes_anything:
        key = "noted"
    else:
        key = "written" if "imports" in done.recognition.layout.named else "written_plain"
    click.echo(words.text("imports", "screen", key, path=book, book=book.name, count=done.n_unused))
    if written and done.changes_anything and not chosen["refresh"]:
        click.echo(words.text("imports", "screen", "next", book=quoted(book)))


@contextmanager
def _said_in(language: str) -> Iterator[None]:
    """Let what is declined be said in the language of the workbook, now that it is known."""
    try:
        yield
    except Refusal as refusal:
        refusal.language = language
        raise


def _may_ask(chosen: Mapping[str, Any]) -> bool:
    """Whether somebody sits at a terminal who can be asked, and wants to be."""
    unasked = chosen["dry_run"] or chosen["yes"] or chosen["json"]
    return not unasked and sys.stdin.isatty() and sys.stdout.isatty()


def _says_yes(book: Path, words: Catalogue) -> bool:
    answer = ask(words.text("imports", "screen", "ask", book=book.name))
    return answer.strip().casefold()[:1] == words.text("imports", "screen", "asked_yes")


IMPORT = Command("import", _parameters, _run)
