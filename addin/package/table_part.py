"""The part of a table: its name, headers and extent, and how the extent is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from addin.package import lexer, text
from addin.package.cells import Area
from addin.refusals import Refusal
from addin.workbook.port import column_letters

if TYPE_CHECKING:
    from addin.package.archive import Archive

_FOLLOW: Final = ("table", "autoFilter", "sortState", "sortCondition")
"""Elements whose range ends where the body ends, and moves with it."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """What the part of a table says.

    Attributes
    ----------
    part
        Name of the part.
    name
        The table's name.
    headers
        Its column headers.
    area
        Its extent, header and totals row included.
    n_headers, n_totals
        Number of header rows and of totals rows.
    """

    part: str
    name: str
    headers: tuple[str, ...]
    area: Area
    n_headers: int
    n_totals: int

    @property
    def top(self) -> int:
        """First row of the body."""
        return self.area.top + self.n_headers

    @property
    def n_rows(self) -> int:
        """Number of rows of the body."""
        return max(0, self.area.bottom - self.n_totals - self.top + 1)


def read_table_part(archive: Archive, part: str) -> TablePart:
    """Return what the part of a table says.

    Raises
    ------
    Refusal
        If it contradicts itself.
    """
    masked = lexer.masked(archive.xml(part))
    root = lexer.root(masked)
    values = lexer.attributes(root.attributes)
    area = Area.parse(values.get("ref", ""))
    listed = lexer.elements(masked, "tableColumn")
    names = [tag.get("name") or "" for tag in listed if tag.prefix == root.prefix]
    if area is None or area.right - area.left + 1 != len(names):
        raise Refusal("damaged_part", file=archive.file, part=part)
    return TablePart(
        part=part,
        name=values.get("displayName") or values.get("name", ""),
        headers=tuple(text.header(name) for name in names),
        area=area,
        n_headers=_count(values.get("headerRowCount"), 1),
        n_totals=_count(values.get("totalsRowCount"), 0),
    )


def _count(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.strip().isdigit() else otherwise


def with_bottom(content: bytes, old: int, new: int) -> bytes:
    """Return a table's part with all that ended in the row ``old`` ending in ``new``.

    Every other byte stays. The mark of a table without any row goes.
    """
    edits: list[tuple[int, int, bytes]] = []
    for tag in lexer.tags(lexer.masked(content)):
        if tag.closing or tag.name not in _FOLLOW:
            continue
        span = lexer.attribute_span(tag, "ref")
        area = Area.parse(tag.get("ref") or "")
        if span and area and area.bottom == old:
            last = f"{column_letters(area.right)}{new}"
            edits.append((span[2], span[3], f"{column_letters(area.left)}{area.top}:{last}".encode()))
        if tag.name == "table":
            for name in ("insertRow", "insertRowShift"):
                gone = lexer.attribute_span(tag, name)
                if gone:
                    edits.append((gone[0], gone[1], b""))
    for start, end, replacement in sorted(edits, reverse=True):
        content = content[:start] + replacement + content[end:]
    return content
