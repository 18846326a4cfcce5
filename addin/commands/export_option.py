"""What the commands share that write the list of a use to a file for another program."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from addin.catalogue import Catalogue
from addin.commands.command import help_text
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.exports import Exported
    from addin.uses import Result

__all__ = ["LIST_FILES", "export_option", "put", "refuse_wrong_file", "writing"]

LIST_FILES: Final = {"csv": (".csv", ".txt"), "xlsx": (".xlsx",)}
"""Files of a list for any program, and how the name of a file of each kind ends."""


def export_option(words: Catalogue, kinds: Collection[str], key: str) -> click.Parameter:
    """Return the option that says what kind of file is wanted, and its name."""
    return click.Option(
        ["--export"],
        type=(click.Choice(list(kinds)), click.Path(path_type=Path)),
        metavar="KIND FILE",
        help=help_text(words, key),
    )


def refuse_wrong_file(kind: str, file: Path, book: Path, endings: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse to write over the workbook, or a kind of file under the name of another."""
    if file.resolve() == book.resolve():
        raise Refusal("export_over_book", file=file.name)
    if file.suffix.lower() not in endings[kind]:
        raise Refusal("export_ending", file=file.name, kind=kind, endings=list(endings[kind]))


def put(exported: Exported, file: Path, words: Catalogue, *, err: bool = False) -> None:
    """Write a file, and tell what it does not hold."""
    from addin.package.atomic import write_atomically
    from addin.private import PRIVATE

    write_atomically(file.resolve(), [exported.content], rights=PRIVATE)
    for phrase in exported.left_out:
        click.echo(words.show(phrase), err=True)
    click.echo(words.text("exports", "written", count=exported.count, path=file), err=err)


def writing(file: Path, *, err: bool) -> Callable[[Result, Catalogue], None]:
    """Return what writes the file that a use gives, and tells what it does not hold.

    Parameters
    ----------
    file
        Its name.
    err
        Whether what was written is said beside the output, which a program reads.
    """

    def write(result: Result, words: Catalogue) -> None:
        from addin.uses.exported import ExportedResult

        assert isinstance(result, ExportedResult)
        assert result.exported is not None
        put(result.exported, file, words, err=err)

    return write
