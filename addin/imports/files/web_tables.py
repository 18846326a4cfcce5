"""Tables of a web page: what many programs call an Excel export, and so do their files.

Only what stands in the file is read: no script runs, nothing is fetched, and
an entity is one of HTML's own letters. The elements are found by a pattern
that never looks twice at a sign: ``html.parser`` of Python 3.11 took eight
minutes for 600 kB of ``<a<a<a``.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from addin.imports.files.growing_rows import GrowingRows, Room
from addin.package.grids import Grid
from addin.refusals import Refusal
from addin.workbook.port import Cell

__all__ = ["read_web_tables"]

_START: Final = 4_096
_CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"<[!?][^>]*+>?")
_PIECES: Final = re.compile(
    r"""<(/?)([a-z][\w:-]*+)((?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>|([^<]++|<)""", re.IGNORECASE
)
"""An element's beginning or end, with its attributes, or text."""
_ATTRIBUTE: Final = re.compile(r"""([\w:-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"']++)""")
_PARTS: Final = frozenset({"br", "p", "div", "li"})
"""Elements that stand on lines of their own in a cell."""
_UNSEEN: Final = frozenset({"script", "style", "title", "xml"})
_MOST_SPANNED: Final = 16_384


def read_web_tables(content: bytes, file: str) -> list[Grid]:
    """Return the tables of a web page that hold anything, a table in a cell of another one by itself.

    Parameters
    ----------
    content
        The file.
    file
        Its name, for what is said.

    Raises
    ------
    Refusal
        If it has no table, or one of more cells than a sheet has.
    """
    page = _Page(file)
    for piece in _PIECES.finditer(_without_comments(_text(content))):
        end, name, attributes, text = piece.groups()
        if text is not None:
            page.text(text)
        elif end:
            page.end(name.lower())
        else:
            page.start(name.lower(), attributes)
    page.end_tables()
    full = [table for table in page.tables if table.rows.rows]
    if not full:
        raise Refusal("import_without_table", file=file)
    if len(full) == 1:
        return [Grid(full[0].caption, full[0].rows.rows)]
    return [Grid(table.caption or str(number), table.rows.rows) for number, table in enumerate(full, start=1)]


def _text(content: bytes) -> str:
    """Return the text of a page: programs often declare an encoding and write another one."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content[:_START])
        name = declared[1].decode("ascii") if declared else ""
        try:
            found = codecs.lookup(name).name
        except LookupError:
            found = "cp1252"
        if found in ("utf-8", "iso8859-1", "ascii"):
            found = "cp1252"  # what browsers take such a page for, too (WHATWG, Encoding)
        return content.decode(found, errors="replace")


def _without_comments(text: str) -> str:
    """Return a page without what is no element, in one pass: unclosed comments cost the parser hours."""
    first, *others = text.split("<!--")
    return _DECLARATION.sub("", first + "".join(other.partition("-->")[2] for other in others))


@dataclass
class _Table:
    """A table under construction.

    Attributes
    ----------
    rows
        Its rows so far.
    caption
        Its name.
    spanned
        Rows that a cell still covers, by the place of its column.
    cell
        Texts of the open cell, None between cells.
    given
        The number that the open cell says that it holds.
    across, down
        Columns and rows of the open cell.
    in_row, in_caption
        What is open.
    """

    rows: GrowingRows
    caption: str = ""
    spanned: dict[int, int] = field(default_factory=dict)
    cell: list[str] | None = None
    given: float | None = None
    across: int = 1
    down: int = 1
    in_row: bool = False
    in_caption: bool = False

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.end_cell()
        self.in_row = True
        while self.spanned.get(self.rows.column, 0) > 0:
            self.rows.add(None)
        self.cell = []
        self.given = _number(attributes.get("x:num"))
        self.across, self.down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))

    def end_cell(self) -> None:
        if self.cell is None:
            return
        at = self.rows.column
        if self.down > 1:
            self.spanned |= dict.fromkeys(range(at, at + self.across), self.down)
        shown = "\n".join(" ".join(line.split()) for line in "".join(self.cell).split("\n")).strip()
        value: Cell = shown if self.given is None else self.given
        self.rows.add(value)
        self.rows.add(None, self.across - 1)
        self.cell = None

    def end_row(self) -> None:
        self.end_cell()
        if self.in_row:
            self.rows.end_row()
            self.spanned = {at: rows - 1 for at, rows in self.spanned.items() if rows > 1}
        self.in_row = False


class _Page:
    """Takes the elements of a page as they come, however few of them are closed."""

    def __init__(self, file: str) -> None:
        self.tables: list[_Table] = []
        self._room = Room(file)
        self._open: list[_Table] = []
        self._unseen = ""

    def start(self, name: str, attributes: str) -> None:
        if name in _UNSEEN:
            self._unseen = name
        elif name == "table":
            table = _Table(GrowingRows(self._room, str(len(self.tables) + 1)))
            self.tables.append(table)
            self._open.append(table)
        elif self._open:
            table = self._open[-1]
            match name:
                case "tr":
                    table.end_row()
                    table.in_row = True
                case "td" | "th":
                    table.begin_cell(_attributes(attributes))
                case "caption":
                    table.in_caption = True
                case _ if name in _PARTS and table.cell is not None:
                    table.cell.append("\n")

    def end(self, name: str) -> None:
        if name == self._unseen:
            self._unseen = ""
        if not self._open:
            return
        table = self._open[-1]
        match name:
            case "table":
                table.end_row()
                self._open.pop()
            case "tr":
                table.end_row()
            case "td" | "th":
                table.end_cell()
            case "caption":
                table.in_caption = False

    def text(self, content: str) -> None:
        if self._unseen or not self._open:
            return
        table = self._open[-1]
        if table.cell is not None:
            table.cell.append(html.unescape(content).replace("\r", " ").replace("\n", " "))
        elif table.in_caption:
            table.caption = " ".join(f"{table.caption} {html.unescape(content)}".split())

    def end_tables(self) -> None:
        """End what the page, cut off or careless, left open."""
        while self._open:
            self._open.pop().end_row()


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(text)}


def _span(text: str | None) -> int:
    return min(int(text), _MOST_SPANNED) if text is not None and re.fullmatch(r"[1-9]\d{0,8}", text) else 1


def _number(text: str | None) -> float | None:
    """Return the number that Excel writes beside what a cell shows."""
    try:
        return float(text) if text else None
    except ValueError:
        return None
