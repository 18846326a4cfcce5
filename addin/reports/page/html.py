"""Elements of a page, built as a tree: whatever a text holds, it is written as text."""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

__all__ = ["Child", "document", "el"]

Child = ET.Element | str | None | Iterable["Child"]
"""What stands in an element: elements and texts, lists of them, or nothing."""

_NO_TEXT: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no page may hold."""


def el(tag: str, *children: Child, **attributes: object) -> ET.Element:
    """Return an element.

    Parameters
    ----------
    tag
        Its name.
    children
        What stands in it.
    attributes
        Its attributes; ``class_`` stands for ``class``, ``_`` for ``-``, and None for none.

    Examples
    --------
    >>> ET.tostring(el("p", "a < b ", el("b", "<script>"), class_="x"), encoding="unicode", method="html")
    '<p class="x">a &lt; b <b>&lt;script&gt;</b></p>'
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    element = ET.Element(tag, {key: _clean(str(value)) for key, value in named.items() if value is not None})
    for child in children:
        _put(element, child)
    return element


def _put(element: ET.Element, child: Child) -> None:
    if child is None:
        return
    if isinstance(child, ET.Element):
        element.append(child)
    elif isinstance(child, str):
        text = _clean(child)
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text
    else:
        for one in child:
            _put(element, one)


def _clean(text: str) -> str:
    return _NO_TEXT.sub("\ufffd", text)


def document(title: str, language: str, style: str, body: ET.Element) -> bytes:
    """Return a page that loads nothing and runs nothing: its policy allows its own style sheet alone.

    Parameters
    ----------
    title, language
        What the browser shows above it, and the language of its texts.
    style
        The style sheet.
    body
        What it shows.
    """
    # What a style sheet holds is written as it is, so it must come from us and end nothing.
    assert "<" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", style),
    )
    root = el("html", head, body, lang=language)
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n".encode()
