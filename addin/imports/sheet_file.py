"""Worksheets of a workbook as exports, with the same face as a text file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from addin.book import Cell
from addin.imports.grid import Chunk, Column
from addin.values import read_text

__all__ = ["SheetFile", "sheet_files"]

_HEAD: Final = 60


@dataclass
class SheetFile:
    """One worksheet of an exported workbook.

    Attributes
    ----------
    path, grid, name
        The file, and the cells and the name of the sheet.
    head, head_lines
        The first rows as texts, and where each stands.
    """

    path: Path
    grid: list[list[Cell]]
    name: str = ""
    head: list[list[str]] = field(init=False)
    head_lines: list[int] = field(init=False)
    encoding: str = "xlsx"
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


def sheet_files(path: Path) -> list[SheetFile]:
    """Return the worksheets of a workbook that hold anything.

    Raises
    ------
    Refusal
        If the file is no workbook, or damaged, or built to do harm.
    """
    from addin.package.grids import read_sheets

    return [SheetFile(path, grid, name) for name, grid in read_sheets(path) if grid]


def _cell(cell: Cell) -> Cell:
    """Return a cell as it is, but an error or a formula without value as the text that it shows."""
    return getattr(cell, "text", None) or getattr(cell, "formula", None) or cell


def _shown(cell: Cell) -> str:
    text = read_text(cell)
    return text if isinstance(text, str) else ""
