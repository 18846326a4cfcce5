"""Rows of a file on their way in: columns of cells with the line of each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.files.cut_cells import CutCells, text_keys

__all__ = ["Broken", "Chunk", "Column"]


@dataclass(frozen=True, slots=True)
class Column:
    """Cells of a column.

    Attributes
    ----------
    codes
        Place of each cell among the values, an array of shape (n_rows,); None where every row has its
        own value.
    values
        The values: texts, cells of a workbook, or an array of numbers.
    """

    codes: npt.NDArray[np.int64] | None
    values: Sequence[Any] | npt.NDArray[Any]

    @property
    def numbers(self) -> npt.NDArray[np.float64] | None:
        """The values, where all of them are numbers already."""
        values = self.values
        return values if isinstance(values, np.ndarray) and values.dtype == np.float64 else None

    def different(self) -> tuple[npt.NDArray[np.int64], Sequence[Any]]:
        """Return codes and different values, as :meth:`coded`, but texts only where they are looked at."""
        if self.codes is not None and not isinstance(self.values, np.ndarray):
            return self.codes, self.values
        return self.coded()

    def coded(self) -> tuple[npt.NDArray[np.int64], Sequence[Any]]:
        """Return codes and different values."""
        if self.codes is not None:
            return self.codes, self.values.texts if isinstance(self.values, CutCells) else list(self.values)
        if isinstance(self.values, CutCells):
            codes, texts = self.values.coded()
            return codes, list(texts)
        codes, values = pd.factorize(self.cells(), use_na_sentinel=False)
        # pandas makes NaN of the cells that hold nothing
        return codes.astype(np.int64), [None if value != value else value for value in values.tolist()]  # noqa: PLR0124

    def cells(self) -> npt.NDArray[np.object_]:
        """Return one cell a row, an array of shape (n_rows,)."""
        values = _objects(self.values)
        return values if self.codes is None else values[self.codes]

    def heads(self, n_letters: int) -> set[str]:
        """Return the first letters of all texts."""
        if isinstance(self.values, CutCells):
            return self.values.heads(n_letters)
        return {cell[:n_letters] for cell in self.values if type(cell) is str}

    def keys(self, text: Callable[[Any], str]) -> npt.NDArray[np.uint64]:
        """Return a number for each cell, the same for the same text and 0 for none.

        Parameters
        ----------
        text
            Makes a text of a cell that is none.
        """
        if isinstance(self.values, CutCells):
            return self.values.keys()
        return text_keys([cell if isinstance(cell, str) else text(cell) for cell in self.cells().tolist()])

    def only(self, rows: npt.NDArray[np.bool_]) -> Column:
        """Return the cells of some of the rows."""
        if self.codes is not None:
            kept, places = np.unique(self.codes[rows], return_inverse=True)
            if isinstance(self.values, CutCells):
                return Column(places.astype(np.int64), self.values.only(kept))
            values = (
                self.values[kept] if isinstance(self.values, np.ndarray) else [self.values[at] for at in kept]
            )
            return Column(places.astype(np.int64), values)
        if isinstance(self.values, CutCells):
            return Column(None, self.values.only(rows))
        if isinstance(self.values, np.ndarray):
            return Column(None, self.values[rows])
        return Column(None, [value for value, stays in zip(self.values, rows.tolist(), strict=True) if stays])


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not be taken apart, or only after a repair.

    Attributes
    ----------
    line
        Its line.
    reason
        Key of what is wrong.
    details
        What the sentence names.
    mended
        Whether the row could be used all the same.
    """

    line: int
    reason: str
    details: Mapping[str, object]
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file.

    Attributes
    ----------
    columns
        The columns by position.
    lines
        Line of each row, an array of shape (n_rows,).
    broken
        The rows that are not among them.
    """

    columns: Mapping[int, Column]
    lines: npt.NDArray[np.int64]
    broken: Sequence[Broken]

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def only(self, rows: npt.NDArray[np.bool_]) -> Chunk:
        """Return some of the rows."""
        columns = {place: column.only(rows) for place, column in self.columns.items()}
        return Chunk(columns, self.lines[rows], self.broken)


def _objects(values: Sequence[Any] | npt.NDArray[Any]) -> npt.NDArray[np.object_]:
    if isinstance(values, np.ndarray):
        return values.astype(object, copy=False)
    objects = np.empty(len(values), dtype=object)
    objects[:] = values.texts if isinstance(values, CutCells) else values
    return objects
