"""The command ``start``: leads from a folder of exports to a scored workbook, open in Excel."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from addin.catalogue import Catalogue
from addin.commands.chosen_files import FileChoice
from addin.commands.command import (
    DONE,
    Command,
    flag,
    help_text,
    hold,
    language_option,
    path_option,
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
from addin.commands.screen import answered_no, ask, say_refusal, words_in
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.imports.importing import Import, Options

__all__ = ["START"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    places = click.Argument(["places"], type=click.Path(path_type=Path), nargs=-1, metavar="[FOLDER]")
    book = path_option(words, "--book", "start_book", metavar="BOOK")
    files = [map_option(words), kind_option(words), *books_options(words), reference_option(words)]
    yes = click.Option(["--yes"], is_flag=True, help=help_text(words, "start_yes"))
    return places, book, *files, yes, flag(words, "--no-open"), language_option(words, "lang_new")


def _run(
    *, places: tuple[Path, ...], book: Path | None, yes: bool, no_open: bool, lang: str | None, **chosen: Any
) -> int:
    from addin.fresh import empty_tables
    from addin.machine.opening import open_book
    from addin.package import PackageBook

    words = words_in(lang)
    at_keyboard = sys.stdin.isatty() and sys.stdout.isatty()
    asks = at_keyboard and not yes
    if not places and not asks:
        raise Refusal("start_without_folder")
    options = import_options(chosen)
    start, choice = _Start(words, options, asks, replaces=yes), FileChoice(words, options, asks)
    target = start.target(book)
    there = target.exists()
    tables = PackageBook(target).tables() if there else empty_tables(words.language, target.suffix.lower())
    files = choice.files(places, tables)
    while not start.is_filled(target, [one.path for one in files]):
        files = choice.all_but(files)
    code = DONE
    if files:
        code = show_scored(score_file(target, target, lang), target, target, lang, listed=False)
    if code == DONE:
        click.echo()
        click.echo(words.text("cli", "start", "next" if files else "next_empty", book=target))
        if at_keyboard and not no_open:
            open_book(target)
    return code


@dataclass(frozen=True, slots=True)
class _Start:
    """The way from a folder to a workbook, in the words of the person.

    Attributes
    ----------
    words
        The language.
    options
        What was said of the files on the command line.
    asks
        Whether somebody is at the keyboard who can be asked; if not, each question has the answer of Enter.
    replaces
        Whether figures of another source may be replaced unasked.
    """

    words: Catalogue
    options: Options
    asks: bool
    replaces: bool

    def target(self, book: Path | None) -> Path:
        """Return the workbook to fill: the one named, else that in Documents, or a new one there."""
        import platformdirs

        from addin.fresh import check_new_path
        from addin.imports.candidates import is_ours
        from addin.machine.menu import BOOK_NAME, free_path
        from addin.package.atomic import made_folder

        if book is not None:
            if not book.exists():
                made_folder(book.absolute().parent)
                check_new_path(book)
            return book
        folder = Path(platformdirs.user_documents_dir())
        made_folder(folder)
        before, new = folder / BOOK_NAME, free_path(folder)
        if before != new and self.asks and is_ours(before):
            answer = ask(self._say("existing", book=before, new=new.name))
            return new if answered_no(answer) else before
        return new

    def is_filled(self, target: Path, files: Sequence[Path]) -> bool:
        """Bring files into the workbook, made if it is not there, and say what became of them.

        Returns
        -------
        bool
            Whether it went well; if not, why not was said to the person who chooses the files.
        """
        try:
            self._fill(target, files)
        except Refusal as refusal:
            if not self.asks or not files:
                raise
            say_refusal(refusal, self.words)
            return False
        return True

    def _fill(self, target: Path, files: Sequence[Path]) -> None:
        from addin.fresh import filled_workbook, new_workbook
        from addin.reports.import_texts import new_lines

        language = self.words.language
        if target.exists():
            if files:
                self._import(target, files)
        elif not files:
            new_workbook(target, language)
        else:
            filled = filled_workbook(target, language, files, today(), self.options, self._reviewed_new)
            self._show(filled.done)
            for line in new_lines(filled, self.words):
                click.echo(line)
            self._say_report(filled.done)

    def _import(self, book: Path, files: Sequence[Path]) -> None:
        """Bring files into a workbook that is there, as the command import does."""
        from addin.catalogue import catalogue
        from addin.imports.importing import look_at, plan_import
        from addin.imports.sheets import import_changes
        from addin.package import PackageBook
        from addin.undo.last import cannot_undo, write

        hold(book)
        package = PackageBook(book)
        package.check_writable()
        tables = package.tables()
        recognition = look_at(tables, files, today(), self.options)
        with bytes_read(recognition.files, self.words) as progress:
            done = self._reviewed(plan_import(recognition, progress))
        self._show(done)
        if not self.asks and not self.replaces:
            check_replaced(done, self.words)
        if done.changes_anything and self.asks and answered_no(ask(self._say("write", book=book.name))):
            raise click.Abort
        changes = import_changes(done, catalogue(recognition.rules.language), today())
        if not write(package, book, tables, changes, "import").can_undo:
            click.echo(cannot_undo("import", self.words), err=True)
        self._say_report(done)

    def _show(self, done: Import) -> None:
        """Say what the files are and what becomes of the accounts."""
        from addin.reports.import_texts import brief_lines, list_lines

        lines = [*brief_lines(done, self.words), *list_lines(done, self.words)]
        click.echo("\n".join(["", *lines]))

    def _say_report(self, done: Import) -> None:
        """Say where each column and row stands, and how many things are to be looked at there."""
        from addin.imports.summary import n_to_look_at

        count = n_to_look_at(done)
        if count:
            click.echo(self.words.text("imports", "box", "look", count=count))
        click.echo(self._say("report"))
        click.echo()

    def _reviewed(self, done: Import) -> Import:
        """Return an import as of the last day of its files, where that is long past and nobody says no."""
        from addin.imports.importing import plan_import

        as_of = done.ends_early and "settings" in done.recognition.layout.named
        if as_of and not (self.asks and answered_no(ask(self._say("as_of", date=done.last)))):
            return plan_import(replace(done.recognition, reference="last"))
        return done

    def _reviewed_new(self, done: Import) -> Import:
        """Return the same of a new workbook, which has to hold an account then."""
        if not done.merged.added:
            raise Refusal("start_without_accounts", files=[file.name for file in done.recognition.files])
        return self._reviewed(done)

    def _say(self, key: str, **details: object) -> str:
        return self.words.text("cli", "start", key, **details)


START = Command("start", _parameters, _run)
