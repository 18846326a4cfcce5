"""Text exports as they are found: any separator, any western encoding, quotes that do not always close.

A file is read block by block, so that its size does not matter. Regular
blocks go to the parser of pandas as they are; a block with anything odd in it
is taken apart line by line, and what cannot be taken apart is named with its
line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.grid import Broken, Chunk, Column
from addin.imports.records import UNFINISHED, Splitter
from addin.imports.writing import HEAD_LINES, delimiter_of, encoding_of
from addin.refusals import Refusal

__all__ = ["TextFile"]

BLOCK: Final = 8 * 2**20
"""Bytes that are in memory at a time."""
_LONGEST_LINE: Final = 2**20
_HEAD: Final = 64 * 2**10
_SHORT: Final = 8
"""Signs beside its separators up to which a line may be an empty one."""

Repair = Callable[[list[str]], list[str] | None]
Progress = Callable[[int], None]


def _silent(n_bytes: int) -> None:
    """Report no progress."""


@dataclass
class TextFile:
    """A text export.

    Parameters
    ----------
    path
        The file.
    quoting
        Whether quotation marks around a cell belong to the writing, not to the cell.
    encoding
        ``utf-8``, ``utf-8-sig``, ``utf-16``, ``cp1252`` or ``iso8859-15``; found out where it is not given.
    damaged
        Whether the file breaks off within a letter; found out with the encoding.

    Attributes
    ----------
    delimiter
        What parts the cells.
    decimals
        Decimal mark by position of columns of numbers, once a reader knows it: they are read as such then.
    head
        The first rows, for a look at what the file is; with :attr:`head_lines`, where each begins.

    Raises
    ------
    Refusal
        If the file is no text, or has a line longer than any export.
    """

    path: Path
    quoting: bool = True
    encoding: str = ""
    damaged: bool = False
    delimiter: str = field(init=False)
    head: list[list[str]] = field(init=False, default_factory=list)
    head_lines: list[int] = field(init=False, default_factory=list)
    n_bytes: int = field(init=False, default=0)
    decimals: Mapping[int, str] = field(init=False, default_factory=dict)
    _splitter: Splitter = field(init=False)

    def __post_init__(self) -> None:
        with self.path.open("rb") as stream:
            start = stream.read(_HEAD)
        self.n_bytes = self.path.stat().st_size
        if not self.encoding:
            self.encoding, self.damaged = encoding_of(self.path, start)
        text = next(self._blocks(_silent), b"")[:_HEAD].decode(errors="ignore")
        self.delimiter = delimiter_of(text, quoting=self.quoting)
        self._splitter = Splitter(self.delimiter, self.quoting)
        for line, fields in self._splitter.rows(text.split("\n")[:HEAD_LINES], 1):
            if isinstance(fields, list) and any(cell.strip() for cell in fields):
                self.head.append(fields)
                self.head_lines.append(line)

    def unquoted(self) -> TextFile:
        """Return the same file with its quotation marks taken for letters."""
        return TextFile(self.path, quoting=False, encoding=self.encoding, damaged=self.damaged)

    def chunks(
        self,
        header_line: int,
        width: int,
        columns: Mapping[int, bool],
        *,
        least: int = 0,
        repair: Repair | None = None,
        progress: Progress = _silent,
    ) -> Iterator[Chunk]:
        """Yield the rows below the header, some columns of them.

        Parameters
        ----------
        header_line
            The line in which the header ends.
        width
            Its number of columns.
        columns
            Positions of the columns wanted, each with whether its values repeat much.
        least
            A row with fewer cells is broken; one with fewer than the header ends with empty ones.
        repair
            Puts together a row that has too many cells, or gives None.
        progress
            Called with the number of bytes read so far.
        """
        line, carry = 1, b""
        for read in self._blocks(progress):
            block, n_lines = read, read.count(b"\n")
            if line <= header_line:
                skipped = min(n_lines, header_line - line + 1)
                block, line = block[_after_lines(block, skipped) :], line + skipped
            block = carry + block
            carry = b""
            if not block:
                continue
            chunk = self._regular(block, line, width, columns)
            if chunk is None:
                chunk, carry = self._irregular(block, line, (least, width), columns, repair)
            yield chunk
            line += block.count(b"\n") - carry.count(b"\n")
        if carry:
            yield self._irregular(carry, line, (least, width), columns, repair, last=True)[0]

    def rows(self) -> list[list[str]]:
        """Return all rows, the empty ones too.

        Raises
        ------
        Refusal
            If a quotation mark is opened and never closed, and its line is no row without it.
        """
        text = b"".join(self._blocks(_silent)).decode(errors="replace")
        width = max(map(len, self.head), default=0)
        found: list[list[str]] = []
        for number, fields in self._splitter.rows(text.split("\n")[:-1], 1, width):
            if fields is None:
                raise Refusal("export_broken", file=self.path.name, line=number)
            found.append(fields)
        return found

    def _blocks(self, progress: Progress) -> Iterator[bytes]:
        """Yield UTF-8 text, whole lines of it."""
        carry = b""
        with self.path.open("rb") as stream:
            text: Any = stream
            decode = self.damaged or self.encoding not in ("utf-8", "utf-8-sig")
            if decode:
                text = io.TextIOWrapper(stream, encoding=self.encoding, errors="replace", newline="")
            elif self.encoding == "utf-8-sig":
                stream.read(3)
            while read := text.read(BLOCK):
                raw = read.encode() if decode else read
                if b"\0" in raw:
                    raise Refusal("export_of_unknown_kind", file=self.path.name)
                block = (carry + raw).replace(b"\r\n", b"\n")
                if block.endswith(b"\r"):  # its line feed comes with the next block
                    block, kept = block[:-1], b"\r"
                else:
                    kept = b""
                block = block.replace(b"\r", b"\n")
                end = block.rfind(b"\n") + 1
                carry = block[end:] + kept
                if len(carry) > _LONGEST_LINE:
                    raise Refusal("export_line_too_long", file=self.path.name)
                progress(stream.tell())
                if end:
                    yield block[:end]
        carry = carry.replace(b"\r", b"\n")
        if carry:
            yield carry if carry.endswith(b"\n") else carry + b"\n"

    def _regular(self, block: bytes, line: int, width: int, columns: Mapping[int, bool]) -> Chunk | None:
        """Return the rows of a block in which every line is one row of the right width, else None."""
        plain = block
        if self.quoting and b'"' in block:
            sign = re.escape(self.delimiter.encode())
            quoted = rb"(?:(?<=\n)|(?<=" + sign + rb')|\A)"(?:[^"\n]|"")*"(?=' + sign + rb"|\n)"
            plain = re.sub(quoted, b"", block)
            if b'"' in plain:
                return None
        signs = np.frombuffer(plain, dtype=np.uint8)
        ends = np.flatnonzero(signs == ord("\n"))
        cells = np.diff(np.searchsorted(np.flatnonzero(signs == ord(self.delimiter)), ends), prepend=0) + 1
        if (cells != width).any():
            return None
        frame = self._parsed(block, width, columns)
        lines = np.arange(line, line + len(ends))
        filled = self._filled(block, width)
        if not filled.all():
            frame, lines = frame[filled], lines[filled]
        taken = {at: _column(frame[at], coded) for at, coded in columns.items()}
        return Chunk(taken, lines, [])

    def _filled(self, block: bytes, width: int) -> npt.NDArray[np.bool_]:
        """Whether each line holds more than separators and blanks."""
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n"))
        lengths = np.diff(ends, prepend=-1) - 1
        filled = np.ones(len(ends), dtype=np.bool_)
        nothing = f" {self.delimiter}".encode()
        for row in np.flatnonzero(lengths < width + _SHORT).tolist():
            filled[row] = bool(block[ends[row] - lengths[row] : ends[row]].strip(nothing))
        return filled

    def _parsed(self, block: bytes, width: int, columns: Mapping[int, bool]) -> pd.DataFrame:
        """Return columns of a regular block: texts, and numbers where all of them are plain ones."""
        marks = set(self.decimals.values())
        if len(marks) == 1:
            try:
                frame = self._read(block, width, columns, self.decimals, marks.pop())
            except ValueError:
                pass  # a blank between thousands, an empty cell, a currency: read one by one
            else:
                if all(np.isfinite(frame[at].to_numpy()).all() for at in self.decimals):
                    return frame
        return self._read(block, width, columns, (), ".")

    def _read(
        self, block: bytes, width: int, columns: Mapping[int, bool], numbers: Collection[int], decimal: str
    ) -> pd.DataFrame:
        return pd.read_csv(
            io.BytesIO(block),
            sep=self.delimiter,
            header=None,
            names=range(width),
            usecols=list(columns),
            # Categories would make the number 12 of the code 0012.
            dtype={at: float if at in numbers else object for at in columns},
            decimal=decimal,
            na_filter=False,
            quoting=csv.QUOTE_MINIMAL if self.quoting else csv.QUOTE_NONE,
            skip_blank_lines=False,
            low_memory=False,
        )

    def _irregular(
        self,
        block: bytes,
        line: int,
        limits: tuple[int, int],
        columns: Mapping[int, bool],
        repair: Repair | None,
        *,
        last: bool = False,
    ) -> tuple[Chunk, bytes]:
        """Return the rows of a block, and the end of it where a quoted cell may go on in the next one."""
        least, width = limits
        rows: list[list[str]] = []
        lines: list[int] = []
        broken: list[Broken] = []
        texts = block.decode(errors="replace").split("\n")[:-1]
        rest = b""
        for number, found in self._splitter.rows(texts, line, width, last=last):
            if found is UNFINISHED:
                rest = ("\n".join(texts[number - line :]) + "\n").encode()
                break
            fields: list[str] | None = found if isinstance(found, list) else None
            if fields is None:
                broken.append(Broken(number, "quote_open", {}))
                continue
            if not any(cell.strip() for cell in fields):
                continue
            if len(fields) < least:
                broken.append(Broken(number, "too_few_cells", {"cells": len(fields), "width": width}))
                continue
            if len(fields) > width and (repair is not None or any(cell.strip() for cell in fields[width:])):
                mended = repair(fields) if repair else None
                if mended is None:
                    broken.append(Broken(number, "too_many_cells", {"cells": len(fields), "width": width}))
                    continue
                if mended != fields[:width]:
                    broken.append(Broken(number, "cells_joined", {"cells": len(fields)}, mended=True))
                fields = mended
            rows.append(fields[:width] + [""] * (width - len(fields)))
            lines.append(number)
        taken = {at: _column(_objects([row[at] for row in rows]), coded) for at, coded in columns.items()}
        return Chunk(taken, np.array(lines, dtype=np.int64), broken), rest


def _objects(cells: Sequence[str]) -> npt.NDArray[np.object_]:
    objects = np.empty(len(cells), dtype=object)
    objects[:] = cells
    return objects


def _column(found: pd.Series[Any] | npt.NDArray[np.object_], coded: bool) -> Column:  # noqa: FBT001 - what the mapping says
    cells = np.asarray(found)
    if not coded:
        return Column(None, cells)
    codes, values = pd.factorize(cells)
    return Column(codes.astype(np.int64), values.tolist())


def _after_lines(block: bytes, n_lines: int) -> int:
    at = 0
    for _ in range(n_lines):
        at = block.index(b"\n", at) + 1
    return at
