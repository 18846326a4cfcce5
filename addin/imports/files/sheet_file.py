"""Sheets as exports, with the same face as a text file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from addin.imports.files.chunks import Chunk, Column
from addin.imports.files.content import Content
from addin.imports.files.foreign_quotes import constant
from addin.workbook.port import Cell, CellError, Uncalculated
from addin.workbook.typed_cells import read_text

__all__ = ["SheetFile"]

_HEAD: Final = 60


@dataclass
class SheetFile:
    """One sheet of an export.

    Attributes
    ----------
    path, grid, name
        The file, and the cells and the name of the sheet.
    content
        What the file is: ``web`` where the sheet is a table of a web page.
    hidden_rows
        Numbers of the rows that the sheet does not show.
    head, head_lines
        The first rows as texts, and where each stands.
    """

    path: Path
    grid: list[list[Cell]]
    name: str = ""
    content: Content = "package"
    hidden_rows: frozenset[int] = frozenset()
    head: list[list[str]] = field(init=False)
    head_lines: list[int] = field(init=False)
    delimiter: str = ""
    n_bytes: int = 0

    def __post_init__(self) -> None:
        rows = self.grid[:_HEAD]
        self.head = [[_shown(cell) for cell in row] for row in rows]
        self.head_lines = list(range(1, len(rows) + 1))

    def chunks(
        self,
        header_line: int,
        width: int,
        columns: Mapping[int, bool],
        *,
        least: int = 0,
        repair: object = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Chunk]:
        """Yield the rows below the header, all at once."""
        del width, least, repair, progress
        body = [
            (line, row)
            for line, row in enumerate(self.grid[header_line:], start=header_line + 1)
            if any(cell is not None and cell != "" for cell in row)
        ]
        taken = {}
        for at in columns:
            cells = np.empty(len(body), dtype=object)
            cells[:] = [_cell(row[at]) if at < len(row) else None for _, row in body]
            taken[at] = Column(None, cells)
        yield Chunk(taken, np.array([line for line, _ in body], dtype=np.int64), [])


def _cell(cell: Cell) -> Cell:
    """Return a cell as it is, but an error or a formula without value as what it shows."""
    match cell:
        case CellError():
            return cell.text
        case Uncalculated():
            shown = constant(f"={cell.formula}")
            return cell.formula if isinstance(shown, str) and shown.startswith("=") else shown
        case str() if cell.startswith('="') or cell.endswith("()"):
            return constant(cell)
    return cell


def _shown(cell: Cell) -> str:
    text = read_text(_cell(cell))
    return text if isinstance(text, str) else ""
