"""XML read as bytes: proven well-formed once, then lexed with patterns that are exact for such text.

In well-formed XML ``<`` stands in no attribute and no text, so a tag can be
found by its first bytes. Only comments, CDATA sections and processing
instructions may hold anything; :func:`masked` blanks them for the lexer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from addin.refusals import Refusal

NAME: Final = rb"[^\s<>/=\"':!?]+"
ATTRS: Final = rb"""(?:\s(?:[^<>"'/]++|"[^"]*+"|'[^']*+')*+)?"""
"""Attributes with the blank before them. Outside quotes a slash only ever ends a tag."""

_TAG: Final = re.compile(rb"<(/?)(?:(" + NAME + rb"):)?(" + NAME + rb")(" + ATTRS + rb")(/?)>")
_ATTRIBUTE: Final = re.compile(
    rb"\s((?:" + NAME + rb":)?" + NAME + rb""")\s*=\s*(?:"([^"]*)"|'([^']*)')""",
)
_HIDDEN: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)""")
_REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BOM: Final = b"\xef\xbb\xbf"


class _DeclarationError(Exception):
    pass


def check(content: bytes, file: str, part: str) -> None:
    """Prove that a part is well-formed UTF-8 without a document type, and declares its prefixes.

    Those too that it only lists as ignorable (ECMA-376, part 3, Ignorable attribute): Excel takes a prefix
    that is declared nowhere for damage, there as in names.

    Raises
    ------
    Refusal
        ``encoding``, ``doctype``, ``ill_formed`` or ``unusual_xml``, with the part.
    """
    declared = _DECLARED.match(content.removeprefix(_BOM)[:200])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        encoding = "utf-16"
    if encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise Refusal("encoding", file=file, part=part, encoding=encoding.upper())

    def declaration(*_: object) -> None:
        raise _DeclarationError

    parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
    parser.StartDoctypeDeclHandler = declaration
    parser.EntityDeclHandler = declaration
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes its arguments by position
    except _DeclarationError:
        raise Refusal("doctype", file=file, part=part) from None
    except expat.ExpatError as error:
        raise Refusal("ill_formed", file=file, part=part, line=error.lineno) from error
    text = masked(content)
    if b":Ignorable=" in content:
        _check_ignorable(text, file, part)
    _check_usual(text, file, part)


def _check_ignorable(text: bytes, file: str, part: str) -> None:
    """Refuse a part whose outermost element lists an ignorable prefix that it does not declare."""
    outermost = root(text)
    given = attributes(outermost.attributes)
    listed = [value.split() for name, value in given.items() if name.endswith(":Ignorable")]
    if any(f"xmlns:{prefix}" not in given for prefixes in listed for prefix in prefixes):
        line = 1 + text.count(b"\n", 0, outermost.end)
        raise Refusal("ill_formed", file=file, part=part, line=line)


def _check_usual(text: bytes, file: str, part: str) -> None:
    """Refuse a part whose elements go by two prefixes, or whose prefix means two things, or alternatives.

    That is well-formed, and some library may write it; but we tell elements by their prefix and their order,
    so rows or texts would be left out, or read twice, without a word.
    """
    outermost = root(text)
    given = attributes(outermost.attributes)
    own = outermost.prefix.decode().removesuffix(":")
    vocabulary = given.get(_declaration(own))
    declared = [(name, value) for name, value in given.items() if name != _declaration(own)]
    rebound = False
    at = outermost.end
    while (at := text.find(b"xmlns", at)) >= 0:
        found = _TAG.match(text, text.rfind(b"<", 0, at))
        at += len(b"xmlns")
        if found is not None and found.end() > at:  # else it is only text
            inner = attributes(found[4])
            rebound |= inner.get(_declaration(own), vocabulary) != vocabulary
            declared += [(name, value) for name, value in inner.items() if name != _declaration(own)]
    others = {name.partition(":")[2] for name, value in declared if _declares(name) and value == vocabulary}
    if rebound or any(_has_elements(text, outermost.end, prefix) for prefix in others):
        raise Refusal("unusual_xml", file=file, part=part)
    if outermost.name in ("worksheet", "sst") and b"AlternateContent" in text:
        end = (
            text.find(b"</" + outermost.prefix + b"sheetData") if outermost.name == "worksheet" else len(text)
        )
        if any(tag.name == "AlternateContent" for tag in tags(text[:end])):
            raise Refusal("unusual_xml", file=file, part=part)


def _declaration(prefix: str) -> str:
    """Return the attribute that declares a prefix.

    >>> _declaration("x"), _declaration("")
    ('xmlns:x', 'xmlns')
    """
    return f"xmlns:{prefix}" if prefix else "xmlns"


def _declares(name: str) -> bool:
    return name == "xmlns" or name.startswith("xmlns:")


def _has_elements(text: bytes, at: int, prefix: str) -> bool:
    """Whether a part has elements of a prefix, or without one, from some place on."""
    if prefix:
        return text.find(b"<" + prefix.encode() + b":", at) >= 0
    return re.compile(rb"<" + NAME + rb"[\s/>]").search(text, at) is not None


def masked(content: bytes) -> bytes:
    """Return the text, of the same length, with all that is not markup to us blanked.

    The text itself comes back where there is nothing to blank but the XML
    declaration, so ``masked(content) is content`` tells the plain case.
    """
    if b"<!" not in content and content.find(b"<?", 5) < 0:
        return content
    return _HIDDEN.sub(lambda found: b" " * len(found[0]), content)


def plain(content: bytes) -> bytes:
    """Return element content with CDATA sections as escaped text and without comments."""
    if b"<!" not in content and b"<?" not in content:
        return content
    return _HIDDEN.sub(lambda found: escape_bytes(found[1] or b""), content)


def escape_bytes(text: bytes) -> bytes:
    """Return text with the signs of markup replaced by references."""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a part.

    Attributes
    ----------
    name
        Its local name.
    prefix
        Its namespace prefix with the colon, or empty.
    start, end
        Offsets of the tag.
    attributes_at
        Offset of its attributes.
    attributes
        Their bytes, the blank before them included.
    closing, empty
        Whether it is ``</name>`` or ``<name/>``.
    depth
        Number of elements around it.
    """

    name: str
    prefix: bytes
    start: int
    end: int
    attributes_at: int
    attributes: bytes
    closing: bool
    empty: bool
    depth: int

    def get(self, name: str) -> str | None:
        """Return the value of an attribute without prefix, or None."""
        return attributes(self.attributes).get(name)


def tags(content: bytes, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Yield the tags of a masked text in order. For small parts."""
    depth = 0
    for found in _TAG.finditer(content, start, len(content) if end is None else end):
        closing, empty = bool(found[1]), bool(found[5])
        depth -= closing
        prefix = found[2] + b":" if found[2] else b""
        name = found[3].decode()
        yield Tag(name, prefix, found.start(), found.end(), found.start(4), found[4], closing, empty, depth)
        depth += not closing and not empty


def elements(content: bytes, name: str) -> Iterator[Tag]:
    """Yield the opening tags of a local name in a masked text. For small parts."""
    return (tag for tag in tags(content) if tag.name == name and not tag.closing)


def root(content: bytes) -> Tag:
    """Return the tag of the outermost element of a masked text."""
    return next(tags(content))


def attributes(text: bytes) -> dict[str, str]:
    """Return the attributes of a tag by their names as written, prefixes included."""
    return {
        found[1].decode(): unescape(found[2] if found[2] is not None else found[3])
        for found in _ATTRIBUTE.finditer(text)
    }


def attribute_span(tag: Tag, name: str) -> tuple[int, int, int, int] | None:
    """Return the offsets of an attribute with its blank, and of its value, or None."""
    for found in _ATTRIBUTE.finditer(tag.attributes):
        if found[1].decode() == name:
            at = tag.attributes_at
            group = 2 if found[2] is not None else 3
            return at + found.start(), at + found.end(), at + found.start(group), at + found.end(group)
    return None


def unescape(text: bytes) -> str:
    """Return the text that bytes of well-formed XML stand for."""
    plain_text = text.decode()
    if "\r" in plain_text:
        plain_text = plain_text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in plain_text:
        return plain_text
    return _REFERENCE.sub(_resolved, plain_text)


def _resolved(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    if found[2]:
        return chr(int(found[2]))
    return _ENTITIES[found[3]]
