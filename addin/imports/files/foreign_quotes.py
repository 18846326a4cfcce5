"""What another program put around a text: quotation marks, backslashes, a formula that only keeps it one."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["constant", "plain_text"]

_ESCAPED: Final = re.compile(r"""\\(["'\\])""")
_AS_TEXT: Final = re.compile(r'="((?:[^"]|"")*)"')
_LOGICAL: Final = re.compile(r"=?(?:(TRUE|VRAI)|FALSE|FAUX)\(\)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"=[-+]?\d+(?:\.\d+)?")
_FIGURES: Final = re.compile(r"'(?=[-+=(]?[\d€$£])")


def plain_text(text: str) -> str:
    r"""Return a text without what protects its quotation marks, and as Excel shows what it was told is text.

    >>> plain_text('Société ""Le Phare""'), plain_text('"Ets ""Le Phare"" SA"')
    ('Société "Le Phare"', 'Ets "Le Phare" SA')
    >>> plain_text('="00123"'), plain_text("'00123"), plain_text(r"L\'Atelier"), plain_text("'t Hooft")
    ('00123', '00123', "L'Atelier", "'t Hooft")
    """
    if text.startswith('="'):
        shown = constant(text)
        text = shown if isinstance(shown, str) else text
    if '"' in text:
        inner = text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else ""
        if '""' in inner and '"' not in inner.replace('""', ""):
            text = inner
        text = text.replace('""', '"') if '"' not in text.replace('""', "") else text
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _FIGURES.sub("", text, count=1) if text.startswith("'") else text


def constant(formula: str) -> str | float | bool:
    """Return what a formula shows that is not worked out, where it does not have to be; else itself.

    >>> constant('="00123"'), constant("=FALSE()"), constant("=12.5"), constant("=A1+1")
    ('00123', False, 12.5, '=A1+1')
    """
    text = formula.strip()
    if found := _AS_TEXT.fullmatch(text):
        return found[1].replace('""', '"')
    if found := _LOGICAL.fullmatch(text):
        return found[1] is not None
    return float(text[1:]) if _NUMBER.fullmatch(text) else formula
