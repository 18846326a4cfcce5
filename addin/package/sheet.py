"""One worksheet as text: where its rows are, and what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from addin.package import lexer
from addin.package.cells import Patterns
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.package.archive import Archive

_MAIN: Final = re.compile(rb"\sxmlns(?::([^\s=]+))?\s*=\s*[\"'][^\"']*/spreadsheetml/(?:2006/)?main[\"']")


class Row(NamedTuple):
    """A row of a worksheet's XML.

    ``number`` counts from 1; ``tag`` and ``start`` are the offsets of the
    tag and of the content, ``end`` that of the content's end, ``after`` that
    of what follows the row. A row written ``<row/>`` is ``empty``.
    """

    number: int
    tag: int
    start: int
    end: int
    after: int
    attributes: bytes
    empty: bool


class RowsText:
    """Rows of a worksheet as text.

    Parameters
    ----------
    content, masked
        Their bytes, and the same as the lexer may read them.
    patterns
        What its elements look like.
    bounds
        Offsets of the first row and of what follows the last.
    named
        The workbook's file and the worksheet's part, for what is refused.
    after
        Number of the row before.
    """

    def __init__(
        self,
        content: bytes,
        masked: bytes,
        patterns: Patterns,
        bounds: tuple[int, int],
        named: tuple[str, str],
        after: int = 0,
    ) -> None:
        self.content: Final = content
        self.masked: Final = masked
        self.patterns: Final = patterns
        self.first, self.last = bounds
        self.file, self.part = named
        self._after = after

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order of the part.

        Raises
        ------
        Refusal
            If their numbers do not ascend.
        """
        at, number = self.first, self._after
        search, row_end, find = self.patterns.row.search, self.patterns.row_end, self.masked.find
        while opening := search(self.masked, at, self.last):
            start = opening.end()
            empty = bool(opening[2])
            end = start if empty else find(row_end, start)
            at = start if empty else find(b">", end) + 1
            given = self._number(opening[1], start, end)
            if given is not None and given <= number:
                raise Refusal("damaged_part", file=self.file, part=self.part)
            number = given or number + 1
            yield Row(number, opening.start(), start, end, at, opening[1], empty)

    def _number(self, attributes: bytes, start: int, end: int) -> int | None:
        # " r=" first and plain: what nearly every program writes
        if attributes.startswith(b' r="'):
            digits = attributes[4 : attributes.index(b'"', 4)]
            if digits.isdigit():
                return int(digits)
        given = lexer.attributes(attributes).get("r", "").strip()
        if given.isdigit():
            return int(given)
        return self.patterns.cells(self.masked, 0, start, end)[0] or None

    def in_row(self, row: Row) -> bytes:
        """Return the content of a row, as it stands."""
        return self.content[row.start : row.end]

    def hides(self, row: Row) -> bool:
        """Whether a row holds comments, CDATA or the like, which the masked text does not show."""
        return self.masked is not self.content and (
            self.content.find(b"<!", row.start, row.end) >= 0
            or self.content.find(b"<?", row.start, row.end) >= 0
        )


class SheetText(RowsText):
    """The XML of a worksheet.

    Parameters
    ----------
    archive
        The package.
    part
        Name of the worksheet's part.
    content
        What stands for the part, such as some of its rows alone; the part itself if None.

    Attributes
    ----------
    content
        Its bytes.
    masked
        The same, of the same length, as the lexer may read it.
    patterns
        What its elements look like.
    data
        Offsets of the tag ``sheetData``, of its content, of its content's end
        and of what follows; the two in the middle are equal for ``<sheetData/>``.
    """

    def __init__(self, archive: Archive, part: str, content: bytes | None = None) -> None:
        content = archive.xml(part) if content is None else content
        masked = lexer.masked(content)
        root = lexer.root(masked)
        name = root.prefix + b"sheetData"
        opening = re.search(rb"<" + re.escape(name) + rb"(?:\s[^<>]*?)?(/?)>", masked)
        if opening is None:
            raise Refusal("damaged_part", file=archive.file, part=part)
        self.start: Final = opening.start()
        first = opening.end()
        self.empty: Final = bool(opening[1])
        last = first if self.empty else masked.index(b"</" + name, first)
        self.after: Final = first if self.empty else masked.index(b">", last) + 1
        super().__init__(content, masked, Patterns(root.prefix), (first, last), (archive.file, part))
        for other in main_prefixes(root.attributes):
            if other != root.prefix and self._mentions(other):
                # two prefixes for one namespace, which the patterns cannot tell
                raise Refusal("damaged_part", file=archive.file, part=part)

    def _mentions(self, prefix: bytes) -> bool:
        elements = re.compile(rb"<" + re.escape(prefix) + rb"(?:row|c|v|f|is|t)[\s/>]")
        return elements.search(self.masked, self.first, self.last) is not None


def main_prefixes(attributes: bytes) -> list[bytes]:
    """Return the prefixes, with the colon, that the attributes of an element declare for spreadsheets."""
    return [prefix + b":" if prefix else b"" for prefix in _MAIN.findall(attributes)]
