"""The VBA that follows from the catalogue: what the macros say, and the headers that they look for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from addin.catalogue import LANGUAGES, catalogue
from addin.workbook.account_columns import MARKS
from addin.workbook.definitions import Role
from addin.workbook.formulas import ANSWER_FIELDS
from addin.workbook.tables import TABLES, by_role
from scoring.text import fold

__all__ = ["about_name", "headers_name", "texts_source"]

_ACCENTED: Final = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_OTHERS: Final = tuple(
    (table.key, key)
    for table in TABLES
    if set(MARKS) <= set(table.keys)
    for key in table.keys
    if key in table.marks - set(MARKS)
)
"""Table and column: what marks the other tables that have the marks of accounts."""
_OF_PRIORITY: Final = {
    "requesttypes": ("request", "urgency", "escalate_to"),
    "classes": ("class", "min_score", "answer_hours"),
    "callhours": ("start", "end", "before"),
}
"""Columns of other tables that the formula of a priority looks at."""
_LONGEST_PIECE: Final = 200
"""Letters of a literal: a line of VBA has some thousand, most of which an accent takes as a call."""


def texts_source(language: str) -> str:
    """Return the source of the module of texts: functions, since a constant cannot hold every letter."""
    words = catalogue(language)
    texts: dict[str, str] = {"TextLanguage": language}
    texts |= {text_name(key): text for key, text in words.surface("ribbon")["vba"].items()}
    texts |= {about_name(key): text for key, text in words.surface("ribbon")["functions"].items()}
    reasons = words.surface("reasons")
    texts |= {
        "TextBetween": reasons["between"],
        "TextRaising": reasons["raising"][0],
        "TextLowering": reasons["lowering"][0],
        "TextMinus": "\u2212",
        "TextAccented": _ACCENTED,
        "TextUnaccented": "".join(unicodedata.normalize("NFKD", letter)[0] for letter in _ACCENTED),
    }
    texts |= {headers_name(key): _headers("accounts", key) for key in (*MARKS, *ANSWER_FIELDS)}
    texts |= {headers_name(f"{table}_{key}"): _headers(table, key) for table, key in _OTHERS}
    texts |= {
        headers_name(f"{table}_{key}"): _headers(table, key)
        for table, keys in _OF_PRIORITY.items()
        for key in keys
    }
    texts |= {
        "TablesOfModel": _barred(table.key for table in by_role(Role.MODEL)),
        "TablesNamed": _barred(table.key for table in TABLES),
    }
    return "\n".join(
        [
            "' What the macros say and look for; made from addin/catalogue.",
            "Option Explicit",
            "Option Private Module",
            *_functions(texts),
            *_of_another(),
        ]
    )


def _of_another() -> Iterable[str]:
    """Return the function that tells a copy of another table of ours from a table of accounts."""
    tables: dict[str, list[str]] = {}
    for table, key in _OTHERS:
        tables.setdefault(table, []).append(f"PlaceOf(Headers, {headers_name(f'{table}_{key}')}) > 0")
    yield ""
    yield "' Whether a block has the headers of another table of ours with an account, a score and a class."
    yield "Public Function IsOfAnother(Headers As Variant) As Boolean"
    for conditions in tables.values():
        yield f"    If {' And '.join(conditions)} Then IsOfAnother = True"
    yield "End Function"


def text_name(key: str) -> str:
    """Return the function that has a text of the macros."""
    return f"Text{_capitals(key)}"


def about_name(key: str) -> str:
    """Return the function that has what the function wizard says of a formula or an argument."""
    return f"About{_capitals(key)}"


def headers_name(key: str) -> str:
    """Return the function that has the headers of a column.

    >>> headers_name("first_purchase")
    'HeadersFirstPurchase'
    """
    return f"Headers{_capitals(key)}"


def _capitals(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))


def _headers(table: str, key: str) -> str:
    """Return the folded headers of a column in all languages, those of before too."""
    found = set()
    for language in LANGUAGES:
        older = catalogue(language).surface("fields")["older"].get(table, {}).get(key, [])
        found |= {fold(header) for header in (catalogue(language).header(table, key), *older)}
    return _barred(sorted(found))


def _barred(names: Iterable[str]) -> str:
    return f"|{'|'.join(names)}|"


def _functions(texts: Mapping[str, str]) -> Iterable[str]:
    for name, text in texts.items():
        yield ""
        yield f"Public Function {name}() As String"
        target = name
        for position, piece in enumerate(_pieces(text)):
            start = f"{target} = " if position == 0 else f"{target} = {target} & "
            yield f"    {start}{piece}"
        yield "End Function"


def _pieces(text: str) -> Iterable[str]:
    """Return a text as expressions of VBA in ASCII, whatever the code page of the machine."""
    parts: list[str] = []
    length = 0
    for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]", text):
        plain = run.isascii() and run.isprintable()
        for start in range(0, len(run), _LONGEST_PIECE):
            piece = run[start : start + _LONGEST_PIECE]
            part = '"' + piece.replace('"', '""') + '"' if plain else f"ChrW({ord(piece)})"
            if length + len(part) > 2 * _LONGEST_PIECE:
                yield " & ".join(parts)
                parts, length = [], 0
            parts.append(part)
            length += len(part)
    yield " & ".join(parts)
