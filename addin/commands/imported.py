"""What the commands that import files share: how far the reading is, and figures that must not go unasked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from addin.catalogue import Catalogue
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.imports.importing import Import
    from addin.imports.recognise import Recognised

__all__ = ["bytes_read", "check_replaced"]


def check_replaced(done: Import, words: Catalogue) -> None:
    """Decline to replace the figures of another source, which somebody must say yes to.

    Raises
    ------
    Refusal
        If the import would.
    """
    from addin.reports.import_texts import replaced_lines

    if done.merged.replaced:
        raise Refusal("import_replaces", what=replaced_lines(done, words))


@contextmanager
def bytes_read(files: Sequence[Recognised], words: Catalogue) -> Iterator[Callable[[str, int, int], None]]:
    """Show how much of the files is read, on a terminal."""
    total = sum(file.source.n_bytes for file in files)
    before: dict[str, int] = {}
    with click.progressbar(length=max(total, 1), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(file: str, done: int, size: int) -> None:
            del size
            bar.label = words.text("imports", "screen", "progress", file=file)
            bar.update(done - before.get(file, 0))
            before[file] = done

        yield progress
