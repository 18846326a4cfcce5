"""The columns of a list of accounts that say what each is: a client, a prospect, or no account at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.catalogue import Phrase, catalogue
from addin.imports.facts import code_text
from addin.imports.header_rows import Recognised
from addin.imports.headers import Match
from addin.imports.report import phrase
from addin.imports.rules import word_mark
from addin.imports.status_words import CODES, status_of
from addin.workbook.port import Cell
from scoring.terms import STATUSES
from scoring.text import fold

__all__ = ["StatusColumns"]

_SHOWN: Final = 8


@dataclass
class _Word:
    """A word of a column, as it is written for the first time, and how many rows have it."""

    text: str
    says: str | None
    n_rows: int = 0


@dataclass
class _Column:
    match: Match
    has_codes: bool = False
    words: dict[str, _Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What the columns say of a row.

    Attributes
    ----------
    status
        Its status in the words of the workbook, None where nothing says it.
    left_by
        Header and word that say it is no account of ours, None where nothing does.
    """

    status: Cell = None
    left_by: tuple[str, str] | None = None


class StatusColumns:
    """Reads the columns of a file that hold statuses or types.

    Parameters
    ----------
    found
        The file.
    language
        Language of the workbook.
    told
        What a person says of words, by the key of column and word.
    """

    def __init__(self, found: Recognised, language: str, told: Mapping[str, str]) -> None:
        self._columns = [_Column(match) for match in found.all_of("status")]
        self._language = language
        self._told = told

    @property
    def positions(self) -> list[int]:
        """Places of the columns."""
        return [column.match.position for column in self._columns]

    def read(self, rows: Sequence[Mapping[int, Cell]]) -> list[Read]:
        """Return what each row is; a row as its cells by place."""
        for column in self._columns:
            texts = {code_text(row.get(column.match.position)) for row in rows} - {""}
            # 0 and 1 may be the yes and no of anything; with 2 or 3 beside them they are codes.
            column.has_codes = texts <= CODES.keys() and bool(texts & {"2", "3"})
        return [self._row(row) for row in rows]

    def _row(self, row: Mapping[int, Cell]) -> Read:
        status: Cell = None
        left_by: tuple[str, str] | None = None
        for column in self._columns:
            word = self._word(column, code_text(row.get(column.match.position)))
            if word is None:
                continue
            if word.says in STATUSES and status is None:
                status = catalogue(self._language).word("status", word.says)
            elif word.says == "left_out" and left_by is None:
                left_by = (column.match.header, word.text)
        return Read(status, left_by)

    def _word(self, column: _Column, text: str) -> _Word | None:
        if not text:
            return None
        key = fold(text)
        if key not in column.words:
            mark = word_mark(f"{column.match.header}:{text}")
            says = self._told.get(mark) or status_of(column.match.header, text)
            if says is None and column.has_codes:
                says = CODES[text]
            column.words[key] = _Word(text[:60], says)
        column.words[key].n_rows += 1
        return column.words[key]

    def said(self) -> list[Phrase]:
        """Return what is to be said of the words: what was guessed, and what is not known."""
        return [said for column in self._columns for said in self._said(column)]

    def _said(self, column: _Column) -> list[Phrase]:
        header, words = column.match.header, list(column.words.values())
        found = []
        codes = [word for word in words if word.text in CODES and word.says in (*STATUSES, "left_out")]
        if codes:
            shown = [phrase("statuses", "code", code=word.text, says=_named(word.says)) for word in codes]
            found.append(phrase("statuses", "codes", header=header, codes=shown))
        unknown = [word for word in words if word.says is None]
        known = [word for word in words if word.says is not None and word.says != "nothing"]
        if unknown and (known or column.match.how in ("told", "remembered")):
            found.append(
                phrase(
                    "statuses",
                    "unknown",
                    header=header,
                    words=_counted(unknown),
                    count=sum(word.n_rows for word in unknown),
                    first=f"{header}:{unknown[0].text}",
                )
            )
        elif unknown:
            found.append(phrase("statuses", "none_known", header=header, words=_counted(unknown)))
        inactive = [word for word in words if word.says == "inactive"]
        if inactive:
            count = sum(word.n_rows for word in inactive)
            first = f"{header}:{inactive[0].text}"
            found.append(
                phrase(
                    "statuses", "inactive", header=header, words=_counted(inactive), count=count, first=first
                )
            )
        return found


def _counted(words: Sequence[_Word]) -> list[Phrase]:
    ranked = sorted(words, key=lambda word: (-word.n_rows, word.text))[:_SHOWN]
    return [phrase("statuses", "word", text=word.text, count=word.n_rows) for word in ranked]


def _named(says: str | None) -> Phrase:
    section = "row_answer" if says == "left_out" else "status"
    return Phrase("fields", ("words", section, str(says)))
