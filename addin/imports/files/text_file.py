"""Text exports as they are found: any separator, any western encoding, quotes that do not always close.

A file is read block by block, so that its size does not matter. The cells of
lines that are rows as they stand are cut all at once; lines with anything odd in
them are taken apart one by one, and what cannot be taken apart is named with its
line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mode
from typing import Final

import numpy as np

from addin.imports.files.chunks import Chunk, Column
from addin.imports.files.cut_cells import CutCells, with_rows
from addin.imports.files.delimiter import HEAD_LINES, declared_delimiter, delimiter_of, is_quoted_throughout
from addin.imports.files.encoding import Encoding, encoding_of
from addin.imports.files.loose_rows import Layout, read_loose
from addin.imports.files.quoted_rows import Splitter
from addin.imports.files.regular_lines import LineTexts, find_lines
from addin.imports.files.torn_rows import Habit, Joined, Part, Repair, Torn
from addin.package.held import open_to_read
from addin.refusals import Refusal

__all__ = ["TextFile"]

_BLOCK: Final = 7 * 2**20
_RETURN: Final = ord("\r")
_FEED: Final = ord("\n")
_LONGEST_LINE: Final = 2**20
_HEAD: Final = 64 * 2**10
_MARK: Final = "\ufeff".encode()
"""Mark of byte order: it begins each file of several that were put one behind the other."""
_AS_TEXT: Final = re.compile(rb'(?<![^;\t|,\n])(?:="([^";\t|,\n]*)"|"=""([^";\t|,\n]*)""")(?=[;\t|,\n])')
"""A cell such as ="00123", of which Excel shows the text, quoted once more or not."""

_UNKNOWN: Final = Encoding("")

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
        How its letters are encoded; found out where it is not given.
    block
        Bytes that are in memory at a time.

    Attributes
    ----------
    delimiter
        What parts the cells.
    quoted_throughout
        Whether most of its cells stand in quotation marks.
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
    encoding: Encoding = _UNKNOWN
    block: int = _BLOCK
    delimiter: str = field(init=False)
    quoted_throughout: bool = field(init=False)
    head: list[list[str]] = field(init=False, default_factory=list)
    head_lines: list[int] = field(init=False, default_factory=list)
    n_bytes: int = field(init=False, default=0)
    decimals: Mapping[int, str] = field(init=False, default_factory=dict)
    _splitter: Splitter = field(init=False)
    _cut_off: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        with open_to_read(self.path) as stream:
            start = stream.read(_HEAD)
        self.n_bytes = self.path.stat().st_size
        if not self.encoding.name:
            self.encoding = encoding_of(self.path, start, self.block)
        text = next(self._blocks(_silent), b"")[:_HEAD].decode(self.encoding.cut_as, errors="ignore")
        lines = text.split("\n")[:HEAD_LINES]
        declared = declared_delimiter(lines[0])
        self.delimiter = declared or delimiter_of(text, quoting=self.quoting)
        self.quoted_throughout = is_quoted_throughout(lines, self.delimiter)
        self._splitter = Splitter(self.delimiter, self.quoting)
        for line, cells in self._head_rows(lines[bool(declared) :], 1 + bool(declared)):
            if any(cell.strip() for cell in cells):
                self.head.append(cells)
                self.head_lines.append(line)

    def unquoted(self) -> TextFile:
        """Return the same file with its quotation marks taken for letters."""
        return replace(self, quoting=False)

    def _head_rows(self, lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
        """Yield the first rows, those together again that a line break tore."""
        rows = [(line, cells) for line, cells in self._splitter.rows(lines, first) if cells]
        usual = mode(len(cells) for _, cells in rows) if rows else 0
        torn = Torn(usual, Habit([""] * usual, short_rows=False))
        for line, cells in [*rows, (0, [""] * usual)]:
            parts = torn.add(Part(line, line, cells)) if len(cells) < usual else torn.end()
            for one in parts:
                yield (one.parts[0].at, one.cells) if isinstance(one, Joined) else (one.at, one.cells)
            if len(cells) >= usual and line:
                yield line, cells

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
        below = [row for row, line in zip(self.head, self.head_lines, strict=True) if line > header_line]
        layout = Layout(self._splitter, width, Habit.of(below, width), least, repair)
        line, carry = 1, b""
        for read in self._blocks(progress):
            block = read
            if line <= header_line:
                skipped = min(block.count(b"\n"), header_line - line + 1)
                block, line = block[_after_lines(block, skipped) :], line + skipped
            block = carry + block
            carry = b""
            if not block:
                continue
            chunk, carry = self._chunk(block, line, layout, columns)
            yield chunk
            line += block.count(b"\n") - carry.count(b"\n")
        if carry:
            yield self._chunk(carry, line, layout, columns, last=True)[0]

    def _blocks(self, progress: Progress) -> Iterator[bytes]:
        """Yield text in the encoding in which it is cut, whole lines of it."""
        carry = b""
        with open_to_read(self.path) as stream:
            if stream.read(len(_MARK)) != _MARK:
                stream.seek(0)
            decoder = self._decoder()
            is_end = False
            while not is_end:
                read = stream.read(self.block)
                is_end = not read
                raw = decoder.decode(read, final=is_end).encode() if decoder else read
                if b"\0" in raw:
                    raise Refusal("export_of_unknown_kind", file=self.path.name)
                block = carry + raw
                kept = b"\r" if block.endswith(b"\r") and not is_end else b""
                block = _with_line_feeds(block.removesuffix(kept))  # its line feed comes with the next block
                end = block.rfind(b"\n") + 1
                carry = block[end:] + kept
                if len(carry) > _LONGEST_LINE:
                    raise Refusal("export_line_too_long", file=self.path.name)
                if not is_end:
                    progress(stream.tell())
                if end:
                    yield self._cleaned(block[:end])
        self._cut_off = bool(carry) and not carry.endswith(b"\n")
        if carry:
            yield self._cleaned(carry if carry.endswith(b"\n") else carry + b"\n")

    def _decoder(self) -> codecs.IncrementalDecoder | None:
        """Return what makes text of the bytes; None where they can be cut as they are."""
        encoding = self.encoding
        if encoding.cut_as == encoding.name and not (encoding.damaged or encoding.n_stray):
            return None
        return codecs.getincrementaldecoder(encoding.name)(encoding.errors)

    def _cleaned(self, block: bytes) -> bytes:
        """Take marks of byte order away, and formulas that do nothing but keep a text one."""
        while self._is_utf_8 and block.startswith(_MARK):
            block = block.removeprefix(_MARK)
        # A look for a single sign takes no time, one for two signs does.
        return _AS_TEXT.sub(rb"\1\2", block) if b"=" in block and b'="' in block else block

    @property
    def _is_utf_8(self) -> bool:
        return self.encoding.cut_as == "utf-8"

    def _chunk(
        self, block: bytes, line: int, layout: Layout, columns: Mapping[int, bool], *, last: bool = False
    ) -> tuple[Chunk, bytes]:
        """Return the rows of a block, and the end of it where a row may go on in the next one."""
        width = layout.width
        lines = find_lines(block, self.delimiter, width, quoting=self.quoting)
        if self._is_utf_8 and lines.begin_with(_MARK[0]) and b"\n" + _MARK in block:
            block = block.replace(b"\n" + _MARK, b"\n")
            lines = find_lines(block, self.delimiter, width, quoting=self.quoting)
        whole = lines.regular & lines.filled(self.delimiter, width)
        odd, rest, loose = np.flatnonzero(~lines.regular), b"", None
        if len(odd):
            texts = LineTexts(lines, self.encoding.cut_as)
            loose = read_loose(texts, odd, line, layout, last=last, cut_off=self._cut_off)
            whole &= ~loose.taken
            rest = lines.behind(loose.rest)
        cells = lines.cut(whole, width, columns, self.encoding.cut_as)
        numbers = line + np.flatnonzero(whole)
        if loose is not None and loose.rows:
            numbers = np.concatenate([numbers, loose.lines]).astype(np.int64)
            order = np.argsort(numbers, kind="stable")
            numbers, cells = numbers[order], with_rows(cells, loose.rows, order)
        cut = {at: self._column(at, cells[at], coded=coded) for at, coded in columns.items()}
        return Chunk(cut, numbers, loose.broken if loose is not None else []), rest

    def _column(self, at: int, cells: CutCells, *, coded: bool) -> Column:
        if coded:
            return Column(*cells.coded())
        numbers = cells.numbers(self.decimals[at]) if at in self.decimals else None
        return Column(None, cells if numbers is None else numbers)


def _with_line_feeds(block: bytes) -> bytes:
    """Return lines that end with a line feed alone, whatever they ended with."""
    if b"\r" not in block:
        return block
    signs = np.frombuffer(block, dtype=np.uint8)
    returns = np.flatnonzero(signs == _RETURN)
    if returns[-1] + 1 < len(signs) and (signs[returns + 1] == _FEED).all():
        return block.translate(None, b"\r")  # far faster than to replace pairs
    return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _after_lines(block: bytes, n_lines: int) -> int:
    at = 0
    for _ in range(n_lines):
        at = block.index(b"\n", at) + 1
    return at
