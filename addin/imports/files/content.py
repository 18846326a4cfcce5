"""What a file is by its content: exports are often called what they are not."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final, Literal

from addin.package.held import open_to_read
from addin.refusals import Refusal

__all__ = ["Content", "content_of"]

Content = Literal["text", "package", "biff", "web", "xml", "opendocument"]
"""Text; a zip (Excel since 2007, OpenDocument); Excel before 2007; a web page; Excel's XML of 2003;
OpenDocument in one piece."""

_START: Final = 64 * 2**10
_BIFF: Final = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    *(b"\x09" + version + size for version, size in ((b"\0", b"\4\0"), (b"\2", b"\6\0"), (b"\4", b"\6\0"))),
)
"""How an .xls begins: as a compound file, or before Excel 5 with the record BOF."""
_BLANKS: Final = re.compile(r"\s*")
_ELEMENT: Final = re.compile(r"<(?:[a-z]+:)?([a-z]+)", re.IGNORECASE)
_OF_PAGES: Final = ("html", "head", "meta", "body", "table")
_XML_2003: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_OPENDOCUMENT: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def content_of(path: Path) -> Content:
    """Tell what a file is by how it begins.

    Raises
    ------
    Refusal
        If it is none of these; whether the rest of the file is sound is told when it is read.
    """
    with open_to_read(path) as stream:
        start = stream.read(_START)
    if start.startswith(b"PK\x03\x04"):
        return "package"
    if start.startswith(_BIFF):
        return "biff"
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = start.removeprefix(codecs.BOM_UTF8).decode("utf-16" if wide else "latin-1", "ignore").lower()
    match _first_element(text):
        case None:
            return "text"
        case "workbook" if _XML_2003 in text:
            return "xml"
        case "document" if _OPENDOCUMENT in text:
            return "opendocument"
        case name if name in _OF_PAGES or "<table" in text:
            return "web"
    if text.startswith("<?xml"):
        raise Refusal("export_of_unknown_kind", file=path.name)
    return "text"


def _first_element(text: str) -> str | None:
    """Return the name of the element with which a text begins, None if it begins with none."""
    at = 0
    while True:
        at = _end(_BLANKS.match(text, at))
        if not text.startswith(("<!", "<?"), at):
            found = _ELEMENT.match(text, at)
            return found[1] if found else None
        close = "-->" if text.startswith("<!--", at) else ">"
        if text.startswith("<!doctype", at) and "[" in text[at : text.find(">", at)]:
            close = "]>"  # with declarations of its own: whoever reads it refuses them
        at = text.find(close, at) + len(close)
        if at < len(close):
            return None


def _end(match: re.Match[str] | None) -> int:
    assert match is not None  # blanks may be none
    return match.end()
