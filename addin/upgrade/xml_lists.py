"""Lists of elements in a part: read as they stand, and added to at their end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from addin.package import lexer

__all__ = ["Listed", "children", "with_attribute", "with_children", "with_prefix"]

_NAME = re.compile(rb"<(/?)(?=[A-Za-z])")


class Listed(NamedTuple):
    """An element with children.

    Attributes
    ----------
    tag
        Its opening tag.
    items
        Its children, each with all that is in it.
    end
        Offset of its closing tag, or of what follows where it is written ``<x/>``.
    """

    tag: lexer.Tag
    items: list[bytes]
    end: int


def children(content: bytes, name: str) -> Listed | None:
    """Return the first element of a local name with its children; None where there is none."""
    tags = lexer.tags(lexer.masked(content))
    opening = next((tag for tag in tags if tag.name == name and not tag.closing), None)
    if opening is None:
        return None
    items: list[bytes] = []
    if opening.empty:
        return Listed(opening, items, opening.end)
    start = 0
    for tag in tags:
        if tag.closing and tag.depth == opening.depth:
            return Listed(opening, items, tag.start)
        if tag.depth != opening.depth + 1:
            continue
        if not tag.closing:
            start = tag.start
        if tag.closing or tag.empty:
            items.append(content[start : tag.end])
    return None


def with_children(
    content: bytes, name: str, items: Sequence[bytes], before: Sequence[str] = (), *, counted: bool = True
) -> bytes:
    """Return a part with more children at the end of a list.

    Parameters
    ----------
    content
        The part.
    name
        Local name of the list.
    items
        What is added, without namespace prefixes.
    before
        Where the part has no such list yet: the elements of which the first one that is there comes
        after it.
    counted
        Whether a list that is new counts its children; one that is there counts them where it did.
    """
    if not items:
        return content
    listed = children(content, name)
    root = lexer.root(lexer.masked(content))
    added = with_prefix(b"".join(items), root.prefix)
    if listed is None:
        at = _place(content, before)
        element = root.prefix + name.encode()
        count = b' count="%d"' % len(items) if counted else b""
        new = b"<%b%b>%b</%b>" % (element, count, added, element)
        return content[:at] + new + content[at:]
    tag = listed.tag
    if tag.empty:
        element = tag.prefix + name.encode()
        opening = content[tag.start : tag.end - 2].rstrip() + b">"
        content = content[: tag.start] + opening + added + b"</" + element + b">" + content[tag.end :]
    else:
        content = content[: listed.end] + added + content[listed.end :]
    if tag.get("count") is None:
        return content
    return with_attribute(content, tag, "count", str(len(listed.items) + len(items)))


def with_attribute(content: bytes, tag: lexer.Tag, name: str, value: str) -> bytes:
    """Return a part with the value of an attribute of a tag, which comes new where it was not there."""
    span = lexer.attribute_span(tag, name)
    if span is None:
        at = tag.attributes_at + len(tag.attributes.rstrip())
        return content[:at] + f' {name}="{value}"'.encode() + content[at:]
    return content[: span[2]] + value.encode() + content[span[3] :]


def with_prefix(fragment: bytes, prefix: bytes) -> bytes:
    """Return elements with the namespace prefix of the part that they go to."""
    return _NAME.sub(rb"<\1" + prefix, fragment) if prefix else fragment


def _place(content: bytes, before: Sequence[str]) -> int:
    """Return where a list comes that the outermost element does not have yet."""
    end = 0
    for tag in lexer.tags(lexer.masked(content)):
        if tag.depth == 1 and tag.name in before and not tag.closing:
            return tag.start
        if tag.depth == 0:
            end = tag.start
    return end
