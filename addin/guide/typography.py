"""French typography of Markdown: unbreakable spaces at double signs and inside « », the right apostrophe."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["french"]

_CODE: Final = re.compile(
    r"(^```.*?^```|`[^`\n]*`|\]\([^)\s]*\)|^\|(?: ?:?-+:? ?\|)+$)", re.MULTILINE | re.DOTALL
)
"""What is no prose: code, the targets of links, the line below the headers of a table."""
_BEFORE: Final = re.compile(r"(?:(?<=\S)|\A) (?=[:;?!%»](?:[\s|).,*]|$))", re.MULTILINE)
_BEHIND: Final = re.compile(r"« ")


def french(text: str) -> str:
    r"""Return a text as a French printer sets it; code and the targets of links stay as they are.

    >>> french("« L'onglet » : `a : b`")
    '«\xa0L’onglet\xa0»\xa0: `a : b`'
    """
    return "".join(part if at % 2 else _prose(part) for at, part in enumerate(_CODE.split(text)))


def _prose(text: str) -> str:
    text = _BEHIND.sub("«\u00a0", text.replace("'", "’"))
    return _BEFORE.sub("\u00a0", text)
