"""XML from strangers, element by element: no document type, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from addin.refusals import Refusal

__all__ = ["walk"]

Attributes = Mapping[str, str]

_LARGEST_TEXT: Final = 2**20


class _DeclarationError(Exception):
    """A document type, which no spreadsheet declares."""


def walk(
    content: bytes,
    file: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call back for each element and text, in their order.

    Parameters
    ----------
    content
        The XML, in any encoding that it declares.
    file
        Name of the file, for what is said.
    start, end, text
        Take the beginning and the end of an element, and what stands between. Names have their
        namespace before them, with a blank.

    Raises
    ------
    Refusal
        If it is not well-formed, or declares a document type.
    """

    def declaration(*_: object) -> None:
        raise _DeclarationError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = _LARGEST_TEXT
    parser.StartDoctypeDeclHandler = declaration
    parser.EntityDeclHandler = declaration
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes its arguments by position
    except _DeclarationError:
        raise Refusal("doctype", file=file, part=file) from None
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding that there is not, too
        line = getattr(error, "lineno", 1)
        raise Refusal("ill_formed", file=file, part=file, line=line) from error
