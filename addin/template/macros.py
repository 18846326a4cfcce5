"""The macros of the workbook: our modules, their texts in its language, and those of xlwings."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from addin.book import IMPORT_TABLES, LOG_TABLES, MODEL_TABLES
from addin.catalogue import LANGUAGES, catalogue
from addin.template.vba_project import Kind, VbaModule, module_of
from scoring.text import fold

__all__ = ["CONFIGURATION", "PROJECT", "macro_modules"]

PROJECT: Final = "ClientScore"
"""What xlwings' module calls itself in our workbooks, so that settings meant for others stay apart."""

CONFIGURATION: Final = {
    "INTERPRETER_WIN": r"%LOCALAPPDATA%\ClientScore\venv\Scripts\python.exe",
    "INTERPRETER_MAC": "$HOME/.clientscore/venv/bin/python",
    # Python finds ClientScore as an installed package; a workbook on OneDrive has no path to add.
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
}
"""What xlwings' module looks up on the hidden sheet ``ClientScore.conf``."""

_OWN: Final = (
    "ClientScoreRibbon",
    "ClientScorePython",
    "ClientScoreFunctions",
    "ClientScoreAnswers",
    "ClientScoreTables",
)
_RESULTS: Final = {
    "Account": "account",
    "Score": "score",
    "Class": "class",
    "Rank": "rank",
    "Why": "reasons",
}
_ACCENTED: Final = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_LONGEST_PIECE: Final = 200
"""Letters of a literal: a line of VBA has some thousand, most of which an accent takes as a call."""


def macro_modules(language: str, sheets: Iterable[str]) -> list[VbaModule]:
    """Return all modules of a workbook.

    Parameters
    ----------
    language
        Language of its texts.
    sheets
        The names in code of its sheets.
    """
    return [
        module_of(_own_text("ThisWorkbook.cls"), Kind.WORKBOOK),
        *(VbaModule(name, Kind.SHEET) for name in sheets),
        *(module_of(_own_text(f"{name}.bas"), Kind.STANDARD) for name in _OWN),
        VbaModule("ClientScoreTexts", Kind.STANDARD, _texts(language)),
        *_xlwings(),
    ]


def _own_text(file: str) -> str:
    return resources.files(__package__).joinpath("vba", file).read_text(encoding="ascii")


@functools.cache
def _xlwings() -> tuple[VbaModule, VbaModule]:
    """Return the modules by which xlwings runs in a workbook without its add-in, as installed here."""
    spec = find_spec("xlwings")  # without loading it, which takes its time
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    stock = (folder / "xlwings.bas").read_text(encoding="utf-8")
    ours, count = re.subn(r'(Const PROJECT_NAME As String = )"xlwings"', rf'\1"{PROJECT}"', stock)
    assert count == 1
    dictionary = (folder / "addin" / "Dictionary.cls").read_text(encoding="utf-8")
    return module_of(ours, Kind.STANDARD), module_of(dictionary, Kind.CLASS)


def _texts(language: str) -> str:
    """Return the source of the module of texts: functions, since a constant cannot hold every letter."""
    words = catalogue(language)
    texts: dict[str, str] = {"TextLanguage": language}
    texts |= {_name("Text", key): text for key, text in words.surface("ribbon")["vba"].items()}
    texts |= {_name("Text", key): text for key, text in words.surface("ribbon")["functions"].items()}
    reasons = words.surface("reasons")
    texts |= {
        "TextBetween": reasons["between"],
        "TextRaising": reasons["raising"][0],
        "TextLowering": reasons["lowering"][0],
        "TextMinus": "\u2212",
        "TextAccented": _ACCENTED,
        "TextUnaccented": "".join(unicodedata.normalize("NFKD", letter)[0] for letter in _ACCENTED),
    }
    texts |= {f"Headers{name}": _headers("accounts", key) for name, key in _RESULTS.items()}
    texts |= {f"Headers{name}": _headers("history", name.lower()) for name in ("Date", "Model")}
    texts |= {
        "TablesOfModel": _barred(MODEL_TABLES),
        "TablesNamed": _barred((*MODEL_TABLES, *LOG_TABLES, *IMPORT_TABLES)),
    }
    return "\n".join(
        [
            "' What the macros say and look for; made from addin/catalogue.",
            "Option Explicit",
            "Option Private Module",
            *_functions(texts),
        ]
    )


def _name(prefix: str, key: str) -> str:
    return prefix + "".join(part.capitalize() for part in key.split("_"))


def _headers(table: str, key: str) -> str:
    """Return the folded headers of a column in all languages."""
    return _barred(sorted({fold(catalogue(language).header(table, key)) for language in LANGUAGES}))


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
