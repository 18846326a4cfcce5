"""What a worksheet says about its cells elsewhere: the used range, the columns of a row, column styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from addin.package import lexer
from addin.package.cells import Area
from addin.package.encoder import style_attribute
from addin.workbook.port import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addin.package.sheet import SheetText

_USUAL_SPANS: Final = re.compile(rb'\sspans="([0-9]+):([0-9]+)"')
_SPAN: Final = re.compile(r"([0-9]+):([0-9]+)")


def column_styles(sheet: SheetText) -> list[tuple[int, int, bytes]]:
    """Return first column, last column and style attribute of each run of columns."""
    found = []
    for tag in lexer.elements(sheet.masked[: sheet.start], "col"):
        values = lexer.attributes(tag.attributes)
        first, last = values.get("min", ""), values.get("max", "")
        if first.isdigit() and last.isdigit():
            found.append((int(first), int(last), style_attribute(values.get("style"))))
    return found


def with_dimension(content: bytes, head: bytes, added: Area | None) -> bytes:
    """Return the start of a worksheet with the used range that it names widened to an area.

    Parameters
    ----------
    content
        The worksheet's XML, at least up to ``sheetData``.
    head
        Its masked text up to ``sheetData``.
    added
        The area, if any.
    """
    tag = next(lexer.elements(head, "dimension"), None)
    span = lexer.attribute_span(tag, "ref") if tag else None
    area = Area.parse(tag.get("ref") or "") if tag else None
    if span is None or area is None or added is None:
        return content
    top, left = min(area.top, added.top), min(area.left, added.left)
    bottom, right = max(area.bottom, added.bottom), max(area.right, added.right)
    if Area(top, left, bottom, right) == area:
        return content
    wide = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
    return content[: span[2]] + wide.encode() + content[span[3] :]


def without_wrong_spans(tag: bytes, columns: Sequence[int]) -> bytes:
    """Return a row's tag without the hint of its used columns, where that no longer holds."""
    usual = _USUAL_SPANS.search(tag)
    if usual:
        holds = int(usual[1]) <= min(columns) and max(columns) <= int(usual[2])
        return tag if holds else tag[: usual.start()] + tag[usual.end() :]
    parsed = lexer.root(tag)
    span = lexer.attribute_span(parsed, "spans")
    if span is None:
        return tag
    runs = [(int(first), int(last)) for first, last in _SPAN.findall(parsed.get("spans") or "")]
    if all(any(first <= column <= last for first, last in runs) for column in columns):
        return tag
    return tag[: span[0]] + tag[span[1] :]
