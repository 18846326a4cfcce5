"""The ribbon tab of the workbook: ``customUI/customUI14.xml``."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from addin.template.words import Words

__all__ = ["RELATIONSHIP", "custom_ui"]

RELATIONSHIP: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
"""Type of the relationship by which the package names the part."""

_NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"

# Group: button, its picture (one of Office's own), its macro. The first button of a group is large.
_GROUPS: Final = {
    "scoring": (
        ("refresh", "RefreshAll", "RibbonRefresh"),
        ("check", "ErrorChecking", "RibbonCheck"),
        ("undo", "Undo", "RibbonUndo"),
    ),
    "accounts": (
        ("import", "GetExternalDataFromText", "RibbonImport"),
        ("explain", "FunctionWizard", "RibbonExplain"),
        ("new_sheet", "SheetInsert", "RibbonNewSheet"),
    ),
    "workbook": (
        ("settings", "PropertySheet", "RibbonSettings"),
        ("help", "Help", "RibbonHelp"),
    ),
}
_LARGE: Final = frozenset({"refresh", "import", "explain", "new_sheet", "settings", "help"})


def custom_ui(words: Words) -> bytes:
    """Return the part, labelled in the language of the words."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{_NAMESPACE}">',
        "<ribbon><tabs>",
        f"<tab {_attributes(id='ClientScoreTab', label=_text(words, 'label'), insertAfterMso='TabHome')}>",
    ]
    for group, buttons in _GROUPS.items():
        label = _text(words, group)
        lines.append(f"<group {_attributes(id=f'ClientScore_{group}', label=label)}>")
        lines += [_button(words, *button) for button in buttons]
        lines.append("</group>")
    lines += ["</tab>", "</tabs></ribbon>", "</customUI>", ""]
    return "\n".join(lines).encode()


def _button(words: Words, key: str, picture: str, macro: str) -> str:
    return "<button {}/>".format(
        _attributes(
            id=f"ClientScore_{key}",
            label=_text(words, key, "label"),
            size="large" if key in _LARGE else "normal",
            imageMso=picture,
            keytip=_text(words, key, "key"),
            screentip=_text(words, key, "title"),
            supertip=_text(words, key, "tip"),
            onAction=macro,
        )
    )


def _text(words: Words, *keys: str) -> str:
    return words.catalogue.text("ribbon", "tab", *keys)


def _attributes(**attributes: str) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
