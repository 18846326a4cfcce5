"""The files of a folder that a person wants imported: what each one is, and which of them are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from addin.catalogue import Catalogue
from addin.commands.command import today
from addin.commands.screen import answered_no, answered_paths, ask, say_refusal
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.imports.candidates import Candidate
    from addin.imports.importing import Options
    from addin.workbook.port import Table

__all__ = ["FileChoice"]

_NONE: Final = "-"
"""What is answered for a workbook without any exports."""
_MOST_LEFT_OUT: Final = 10


@dataclass(frozen=True, slots=True)
class FileChoice:
    """Finds the files, in the words of the person.

    Attributes
    ----------
    words
        The language.
    options
        What was said of the files on the command line.
    asks
        Whether somebody is at the keyboard who can be asked; if not, each question has the answer of Enter.
    """

    words: Catalogue
    options: Options
    asks: bool

    def files(self, places: Sequence[Path], tables: Sequence[Table]) -> list[Candidate]:
        """Return the files to import, after saying what each one is; none for an empty workbook.

        Parameters
        ----------
        places
            Folders and files to look at; if there are none, they are asked for.
        tables
            Those of the workbook that the files are for.

        Raises
        ------
        Refusal
            If none of the files named can be imported.
        """
        while True:
            looked_in = places or self._folder()
            if not looked_in:
                return []
            try:
                return self.all_but(self._usable(looked_in, tables))
            except Refusal as refusal:
                if places:
                    raise
                say_refusal(refusal, self.words)

    def all_but(self, files: Sequence[Candidate]) -> list[Candidate]:
        """Say what each of some files is, and return all but those that are to be left out."""
        self._list(files)
        while self.asks:
            answer = ask(self._say("all_of_them"))
            if answered_no(answer):
                raise click.Abort
            numbers = answer.replace(",", " ").replace(";", " ").split()
            if all(number.isdecimal() and 1 <= int(number) <= len(files) for number in numbers):
                without = set(map(int, numbers))
                left = [one for number, one in enumerate(files, 1) if number not in without]
                if left:
                    return left
            click.echo(self._say("no_number", text=answer, count=len(files)))
        return list(files)

    def _usable(self, places: Sequence[Path], tables: Sequence[Table]) -> list[Candidate]:
        """Return the files that can be imported, after saying which cannot."""
        from addin.imports.candidates import candidates, files_within

        paths, n_others = files_within(places)
        looked_at = candidates(tables, paths, today(), self.options)
        self._say_left_out([one.refusal for one in looked_at if one.refusal is not None], n_others)
        usable = [one for one in looked_at if one.refusal is None]
        if not usable:
            raise Refusal("start_nothing", places=[str(place) for place in places], count=len(paths))
        return usable

    def _folder(self) -> Sequence[Path]:
        """Ask for the folder; nothing for an empty workbook."""
        import platformdirs

        downloads = Path(platformdirs.user_downloads_dir())
        key = "folder" if downloads.is_dir() else "folder_plain"
        while True:
            answer = ask(self._say(key, default=downloads)).strip()
            if answer == _NONE:
                return ()
            if answer:
                return answered_paths(answer)
            if downloads.is_dir():
                return (downloads,)

    def _say_left_out(self, refused: Sequence[Refusal], n_others: int) -> None:
        """Say which files cannot be imported, and why."""
        if refused:
            click.echo(self._say("left_out"))
        for refusal in refused[:_MOST_LEFT_OUT]:
            click.echo(f"  {self.words.text('refusals', refusal.code, **refusal.details)}")
        if len(refused) > _MOST_LEFT_OUT:
            click.echo(f"  {self._say('more_left_out', count=len(refused) - _MOST_LEFT_OUT)}")
        if n_others:
            click.echo(self._say("others", count=n_others))

    def _list(self, files: Sequence[Candidate]) -> None:
        """Say what each of the files is."""
        from addin.reports.console import aligned

        click.echo(self._say("found", count=len(files)))
        numbered = enumerate(files, 1)
        rows = [[f"  {number}", one.path.name, self.words.show(self._kinds(one))] for number, one in numbered]
        for line in aligned(rows, left=3):
            click.echo(line)

    def _kinds(self, candidate: Candidate) -> list[str]:
        kinds = dict.fromkeys(one.kind for one in candidate.found)
        return [self.words.text("imports", "kinds", kind) for kind in kinds]

    def _say(self, key: str, **details: object) -> str:
        return self.words.text("cli", "start", key, **details)
