"""Columns whose name says nothing, but whose words say what rows mean: a status by another name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from addin.imports.currencies import currencies
from addin.imports.facts import code_text
from addin.imports.headers import Match
from addin.imports.row_words import Says, meaning
from scoring.text import fold

__all__ = ["TELLING", "matched_by_words"]

_MOST_WORDS: Final = 12
"""A column with more different words than these is one of names or texts."""
_ENOUGH: Final = 0.5
"""Share of the words of a column that must be known before one of them asks a question."""
_USUAL: Final = frozenset({"EUR", "USD", "GBP", "CHF", "CAD", "JPY"})
"""One of these, or the workbook's, is among the codes of a column of currencies; initials are codes too."""
TELLING: Final = frozenset({Says.LEFT_OUT, Says.ORDER, Says.CREDIT_NOTE, Says.UNKNOWN})
"""What a word may not make of a row before somebody says that its column is meant so."""
_INVOICES: Final = frozenset({Says.COUNTS, Says.DEPOSIT})
_LETTERS: Final = (frozenset({"f", "a"}), frozenset({"fa", "a"}), frozenset({"f", "av"}))
"""Words of a column that are invoices and credit notes, though each by itself may be anything."""


def matched_by_words(
    headers: Sequence[str],
    below: Sequence[Sequence[str]],
    taken: Collection[int],
    currency: str = "",
) -> Iterator[Match]:
    """Yield the columns of a list of invoices whose words are those of a status, a kind, a currency, a side.

    Parameters
    ----------
    headers
        The headers.
    below
        The first rows below them.
    taken
        Places of the columns that are known by name, or of which somebody said what they are.
    currency
        That of the workbook, as the workbook says it.
    """
    for at, header in enumerate(headers):
        if at in taken or not header.strip():
            continue
        words = {code_text(row[at]) for row in below if at < len(row)} - {""}
        if not words or len(words) > _MOST_WORDS or all(_is_number(word) for word in words):
            continue
        role = _role(words, currency)
        if role:
            yield Match(header, at, role, "words")


def _role(words: Collection[str], currency: str) -> str:
    """Return what a column of these words is, empty where they do not tell."""
    own = currencies(currency)
    codes = [currencies(word) for word in words]
    if (
        all(codes)
        and any(code & (own | _USUAL) for code in codes)
        and not any(len(word) == 1 and word.isalpha() for word in words)
    ):
        return "currency"
    sides = {meaning("side", "", word) for word in words}
    if sides == {Says.DEBIT, Says.CREDIT}:
        return "side"
    if frozenset(map(fold, words)) in _LETTERS:
        return "document"
    scores = {role: _known(role, words) for role in ("document", "invoice_status")}
    best = max(scores, key=lambda role: scores[role])
    return best if scores[best] else ""


def _known(role: str, words: Collection[str]) -> float:
    """Return the share of words that are known, 0 where that is not enough to ask."""
    said = [meaning(role, "", word) for word in words if not _is_number(word)]
    known = [one for one in said if one not in (Says.UNKNOWN, Says.BLANK)]
    share = len(known) / max(len(said), 1)
    tells = any(one in TELLING for one in known)
    if role == "document" and not _INVOICES & set(known):
        return 0.0  # ways to pay, or lists of something else
    return share if share == 1 or (tells and share >= _ENOUGH) else 0.0


def _is_number(word: str) -> bool:
    return word.strip("+-").replace(".", "", 1).replace(",", "", 1).isdecimal()
