"""The ribbon tab of the workbook: ``customUI/customUI14.xml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from addin.buttons import CONTROLS, Control, Menu
from addin.template.words import Words

__all__ = ["RELATIONSHIP", "custom_ui"]

RELATIONSHIP: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
"""Type of the relationship by which the package names the part."""

_NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"
_MACRO: Final = "RibbonPress"
"""The one macro of all buttons, which tells them by their tags."""


def custom_ui(words: Words, controls: Sequence[Control] = CONTROLS) -> bytes:
    """Return the part, labelled in the language of the words."""
    tab = _attributes(id="ClientScoreTab", label=_text(words, "tab", "label"), insertAfterMso="TabHome")
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{_NAMESPACE}">',
        "<ribbon><tabs>",
        f"<tab {tab}>",
        *_groups(words, [one for one in controls if not isinstance(one, Menu) or one.lines]),
        "</tab>",
        "</tabs></ribbon>",
        "</customUI>",
        "",
    ]
    return "\n".join(lines).encode()


def _groups(words: Words, controls: Sequence[Control]) -> Iterator[str]:
    for group in dict.fromkeys(control.group for control in controls):
        yield f"<group {_attributes(id=f'ClientScore_{group}', label=_text(words, 'groups', group))}>"
        for control in controls:
            if control.group == group:
                yield from _control(words, control)
        yield "</group>"


def _control(words: Words, control: Control) -> Iterator[str]:
    look = _look(words, control.key, control.picture)
    if not isinstance(control, Menu):
        yield f"<button {_attributes(**look, size=control.size, **_pressed(control.key))}/>"
        return
    yield f"<menu {_attributes(**look, size=control.size)}>"
    for line in control.lines:
        yield f"<button {_attributes(**_look(words, line.key, line.picture), **_pressed(line.key))}/>"
    yield "</menu>"


def _look(words: Words, key: str, picture: str) -> dict[str, str]:
    """Return what a button or a menu shows."""
    return {
        "id": f"ClientScore_{key}",
        "label": _text(words, "buttons", key, "label"),
        "imageMso": picture,
        "keytip": _text(words, "buttons", key, "key"),
        "screentip": _text(words, "buttons", key, "title"),
        "supertip": _text(words, "buttons", key, "tip"),
    }


def _pressed(key: str) -> dict[str, str]:
    return {"tag": key, "onAction": _MACRO}


def _text(words: Words, *keys: str) -> str:
    return words.catalogue.text("ribbon", *keys)


def _attributes(**attributes: str) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
