"""Strings of a workbook: the shared ones, and text to and from XML."""

from __future__ import annotations

import re
from typing import Final

from addin.package import lexer

_T: Final = re.compile(
    rb"<(?:" + lexer.NAME + rb":)?t" + lexer.ATTRS + rb"(?:/>|>([^<]*)</)",
)
_PHONETIC: Final = re.compile(
    rb"<((?:" + lexer.NAME + rb":)?rPh)" + lexer.ATTRS + rb">.*?</\1\s*>",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def decoded(text: bytes) -> str:
    """Return the text of an element that may hold ``_xHHHH_`` escapes."""
    plain = lexer.unescape(text)
    return _unwrapped(plain) if "_x" in plain else plain


def _unwrapped(text: str) -> str:
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # two escapes may spell one sign outside the basic plane
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def header(name: str) -> str:
    """Return a column header as a person reads it, from its attribute."""
    return _unwrapped(name) if "_x" in name else name


def joined(content: bytes) -> str:
    """Return the text of a string item: its runs joined, its phonetic guide left out.

    >>> joined(b"<r><t>Nord</t></r><r><rPr/><t> Est</t></r><rPh sb='0' eb='1'><t>x</t></rPh>")
    'Nord Est'
    """
    if b"rPh" in content:
        content = _PHONETIC.sub(b"", content)
    return "".join(decoded(found or b"") for found in _T.findall(content))


def encoded(text: str) -> bytes:
    r"""Return cleaned text as the content of an element.

    >>> encoded("R&D <1> _x0041_\r")
    b'R&amp;D &lt;1&gt; _x005F_x0041__x000D_'
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if "\r" in text:
        text = text.replace("\r", "_x000D_")
    return lexer.escape_bytes(text.encode())


def shared_strings(content: bytes) -> list[str | None]:
    """Return the shared strings of a workbook, the empty ones as None."""
    text = lexer.masked(content)
    prefix = re.escape(lexer.root(text).prefix)
    if text is not content:
        content = lexer.plain(content)
    items = re.compile(
        rb"<%bsi%b(?:/>|>(?:<%bt(?: xml:space=\"preserve\")?>([^<]*)</%bt></%bsi>|(.*?)</%bsi\s*>))"
        % (prefix, lexer.ATTRS, prefix, prefix, prefix, prefix),
        re.DOTALL,
    )
    return [(joined(runs) if runs else decoded(simple)) or None for simple, runs in items.findall(content)]
