"""A large worksheet read piece by piece, so that it is never in memory as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from addin.package import lexer
from addin.package.cells import Patterns
from addin.package.regular_rows import END, IrregularError, OtherRows, RegularRows, regular_rows
from addin.package.sheet import RowsText, SheetText, main_prefixes

if TYPE_CHECKING:
    from addin.package.archive import Archive

__all__ = ["LARGE", "SheetStream"]

LARGE: Final = 1 << 20
"""From this size on a worksheet is read piece by piece [bytes]."""

_DATA: Final = re.compile(rb"<sheetData(?:\s[^<>]*)?>")
_NONCHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


class SheetStream:
    """A worksheet in the usual shape, as pieces of text and rows in columns.

    Parameters
    ----------
    archive
        The package.
    part
        Name of the worksheet's part.

    Attributes
    ----------
    patterns
        What its elements look like.
    head, tail
        What stands before its first row and behind the last one; the tail is known once all rows were read.

    Raises
    ------
    IrregularError
        If its beginning is in any way unusual.
    """

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive, self._part = archive, part
        start = next(archive.pieces(part), b"")
        opening = _DATA.search(start)
        if opening is None or opening[0].endswith(b"/>"):
            raise IrregularError
        self.head: Final = start[: opening.end()]
        self.tail = b""
        if lexer.masked(self.head) is not self.head or start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise IrregularError
        root = lexer.root(self.head)
        if main_prefixes(root.attributes) != [b""]:
            raise IrregularError
        self.patterns: Final = Patterns(b"")

    def stretches(self) -> Iterator[RegularRows | OtherRows]:
        """Yield the rows in their order: those of the same cells together, the others as text.

        Raises
        ------
        IrregularError
            If there is anything that this way of reading does not know.
        """
        rest, before, skipped = b"", 0, len(self.head)
        for piece in self._archive.pieces(self._part):
            rest += piece[skipped:]
            skipped = 0
            end = rest.rfind(END) + len(END)
            if end < len(END):
                continue
            text, rest = rest[:end], rest[end:]
            _check_plain(text)
            for rows in regular_rows(text, before):
                yield rows
                before = rows.last
        _check_plain(rest)
        if not rest.startswith(b"</sheetData"):
            raise IrregularError
        self.tail = rest

    def text(self, rows: RegularRows | OtherRows) -> RowsText:
        """Return rows as text that can be read like any other."""
        text = rows.text() if isinstance(rows, RegularRows) else rows.text
        before = rows.first - 1 if isinstance(rows, RegularRows) else rows.before
        return RowsText(text, text, self.patterns, (0, len(text)), (self._archive.file, self._part), before)

    def alone(self, rows: OtherRows) -> SheetText:
        """Return a worksheet that has no rows but some of this one's."""
        return SheetText(self._archive, self._part, self.head + rows.text + b"</sheetData></worksheet>")


def _check_plain(text: bytes) -> None:
    """Refuse to read on where markup may hide, or bytes are no text."""
    # single signs first: to look for two takes long where one of them is frequent
    if b"\0" in text or (b"!" in text and b"<!" in text) or (b"?" in text and b"<?" in text):
        raise IrregularError
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            raise IrregularError from None
        if any(sign in text for sign in _NONCHARACTERS):
            raise IrregularError
