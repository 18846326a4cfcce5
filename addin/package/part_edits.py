"""Small edits of small parts, every other byte kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from addin.package import lexer

_BEFORE_CALC: Final = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""Children of ``workbook`` that the schema wants before ``calcPr``; ``sheets`` is always there."""


def recalculated_on_load(workbook: bytes) -> bytes:
    """Return the workbook's part asking for all formulas to be calculated as it opens."""
    masked = lexer.masked(workbook)
    after: lexer.Tag | None = None
    for tag in lexer.tags(masked):
        if tag.name == "calcPr" and not tag.closing:
            return _flagged(workbook, tag)
        if tag.depth == 1 and tag.name in _BEFORE_CALC and (tag.closing or tag.empty):
            after = tag
    if after is None:
        return workbook
    return (
        workbook[: after.end] + b"<" + after.prefix + b'calcPr fullCalcOnLoad="1"/>' + workbook[after.end :]
    )


def _flagged(workbook: bytes, tag: lexer.Tag) -> bytes:
    span = lexer.attribute_span(tag, "fullCalcOnLoad")
    if span is None:
        at = tag.attributes_at + len(tag.attributes.rstrip())
        return workbook[:at] + b' fullCalcOnLoad="1"' + workbook[at:]
    if workbook[span[2] : span[3]] in (b"1", b"true"):
        return workbook
    return workbook[: span[2]] + b"1" + workbook[span[3] :]


def sheets_shown(workbook: bytes, wanted: Mapping[str, bool]) -> tuple[bytes, list[str]]:
    """Return the workbook's part with sheets shown or put away, and the names of those that changed.

    The sheet in front is never put away: there would be none in its place.

    Parameters
    ----------
    workbook
        The part.
    wanted
        Whether a sheet is to be shown, by its name.
    """
    masked = lexer.masked(workbook)
    view = next(lexer.elements(masked, "workbookView"), None)
    in_front = int((view.get("activeTab") if view is not None else None) or 0)
    changed: list[str] = []
    for place, tag in reversed(list(enumerate(lexer.elements(masked, "sheet")))):
        name = lexer.attributes(tag.attributes).get("name", "")
        shown = wanted.get(name)
        if shown is None or shown == ((tag.get("state") or "visible") == "visible"):
            continue
        if not shown and place == in_front:
            continue
        workbook = _with_state(workbook, tag, "visible" if shown else "veryHidden")
        changed.append(name)
    return workbook, changed[::-1]


def _with_state(workbook: bytes, tag: lexer.Tag, state: str) -> bytes:
    span = lexer.attribute_span(tag, "state")
    if span is None:
        at = tag.attributes_at + len(tag.attributes.rstrip())
        return workbook[:at] + f' state="{state}"'.encode() + workbook[at:]
    if state == "visible":
        return workbook[: span[0]] + workbook[span[1] :]
    return workbook[: span[2]] + state.encode() + workbook[span[3] :]


def without_element(content: bytes, name: str, attribute: str, matches: frozenset[str]) -> bytes:
    """Return a part without the empty elements of a name whose attribute is one of the values."""
    for tag in reversed(list(lexer.elements(lexer.masked(content), name))):
        if (tag.get(attribute) or "").casefold() in matches:
            end = tag.end
            if not tag.empty:
                end = content.index(b">", tag.end) + 1
            content = content[: tag.start] + content[end:]
    return content
