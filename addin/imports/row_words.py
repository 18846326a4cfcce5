"""What a word in a cell makes of its row: a status, a kind of document, a side, a journal, a label."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from enum import IntEnum
from typing import Any, Final

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.programs import code_of
from scoring.text import fold

__all__ = ["Says", "is_flag", "meaning", "meanings_within", "unproven_codes"]


class Says(IntEnum):
    """What a word says of its row.

    Attributes
    ----------
    BLANK
        Nothing.
    COUNTS, LEFT_OUT
        It counts, or is none of what is counted.
    CREDIT_NOTE, DEPOSIT, PAYMENT, RETURNED, ORDER, OPENING, OTHER
        What kind of document it is.
    DEBIT, CREDIT
        Its side.
    UNKNOWN
        It is not known what.
    PAID
        It counts, and nothing of it is open.
    """

    BLANK = 0
    COUNTS = 1
    LEFT_OUT = 2
    CREDIT_NOTE = 3
    DEPOSIT = 4
    PAYMENT = 5
    RETURNED = 6
    ORDER = 7
    OPENING = 8
    OTHER = 9
    DEBIT = 10
    CREDIT = 11
    UNKNOWN = 12
    PAID = 13


_BLANK: Final = frozenset({"", "-", "--", "n/a", "null", "none", "nan", "(vide)", "(blank)"})
_WORD: Final = re.compile(r"[^\W_]+")
_DOLIBARR_HEADERS: Final = ("id facture", "ref. facture", "date facturation", "etat facture", "fk_statut")
_STATUS_CODES: Final = {"0": "left_out", "1": "counts", "2": "paid", "3": "left_out"}
"""Dolibarr's: draft, validated, paid, abandoned."""
_DOCSTATUS: Final = {"0": "left_out", "1": "counts", "2": "left_out"}
"""ERPNext's: draft, submitted, cancelled."""
_DOCUMENT_CODES: Final = {
    "0": "counts",
    "1": "counts",
    "2": "credit_note",
    "3": "deposit",
    "4": "left_out",
    "5": "counts",
    **dict.fromkeys(("380", "326", "383", "384", "388", "389", "393", "394"), "counts"),
    **dict.fromkeys(("381", "261", "262", "296", "308", "396", "420", "458", "532"), "credit_note"),
    "386": "deposit",
    "325": "left_out",
    "310": "left_out",
    "220": "order",
    "231": "order",
    "351": "left_out",
    **dict.fromkeys(("de", "dev", "dv", "pro", "prof", "pf", "est", "quo"), "left_out"),
    **dict.fromkeys(("fc", "fcl", "inv", "is"), "counts"),
    "avo": "credit_note",
    "bdc": "order",
}
"""Dolibarr's of one digit, UNTDID 1001 of three; abbreviations, one of which is a small word elsewhere."""
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "invoice_status": _STATUS_CODES,
    "document": _DOCUMENT_CODES,
}
_US_STATES: Final = frozenset(
    """
    al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh
    ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr
    """.split()  # noqa: SIM905 - a code a word
)


def meaning(role: str, header: str, text: str) -> Says:
    """Return what a word makes of its row.

    Parameters
    ----------
    role
        What the column is: ``invoice_status``, ``document``, ``side`` or ``journal``.
    header
        Its header.
    text
        The text of a cell.

    Examples
    --------
    >>> [meaning("invoice_status", "Statut", word).name for word in ("Annulées", "Suspendue")]
    ['LEFT_OUT', 'UNKNOWN']
    >>> [meaning("document", "Type", word).name for word in ("Facture d'avoir", "2")]
    ['CREDIT_NOTE', 'CREDIT_NOTE']
    """
    folded = fold(text)
    if folded in _BLANK and not (role == "side" and folded in _sides()):
        return Says.BLANK
    found = _known(role, header, text, folded)
    return Says[found.upper()] if found else Says.UNKNOWN


def _known(role: str, header: str, text: str, folded: str) -> str | None:
    """Return the key of what a word means, None where that is not known."""
    code = code_of("roles", role, header, text)
    if code is not None:
        return code
    if role == "invoice_status":
        if fold(header) == "docstatus" and folded in _DOCSTATUS:
            return _DOCSTATUS[folded]
        flagged = _flagged(header, folded)
        if flagged is not None:
            return flagged
        if fold(header) == "state" and folded in _US_STATES:
            return "counts"  # where somebody lives
    if role == "side" and folded in _sides():
        return _sides()[folded]
    if folded in _CODES.get(role, {}):
        return _CODES[role][folded]
    table = _table(role)
    return next((table[key] for key in _keys(text, role) if key in table), None)


def meanings_within(text: str) -> frozenset[Says]:
    """Return what the words within a label speak of.

    >>> sorted(said.name for said in meanings_within("Règlement facture FA001"))
    ['COUNTS', 'PAYMENT']
    """
    stems = {_stem(word) for word in _WORD.findall(fold(text))}
    return frozenset(said for words, said in _within() if words <= stems)


def unproven_codes(role: str, words: Collection[str], headers: Collection[str]) -> bool:
    """Whether the numbers in a column may be the codes of any program: 0 and 1 alone prove nothing.

    >>> unproven_codes("invoice_status", ["0", "1"], ["Statut"])
    True
    >>> unproven_codes("invoice_status", ["0", "1", "2"], ["Statut"])
    False
    """
    codes = {fold(word) for word in words} & _CODES.get(role, {}).keys()
    of_dolibarr = any(fold(header) in (*_DOLIBARR_HEADERS, "docstatus") for header in headers)
    return (
        bool(codes) and codes <= {"0", "1"} and not of_dolibarr and len(codes) == len(set(map(fold, words)))
    )


def _flagged(header: str, folded: str) -> str | None:
    """Return what a yes or no means under a header such as "Facture payée" or "Annulée"."""
    yes, no = _listed("flags", "yes"), _listed("flags", "no")
    if folded not in yes | no:
        return None
    plain = fold(header)
    if plain in _listed("flags", "paid"):
        return "paid" if folded in yes else "counts"
    if plain in _listed("flags", "void"):
        return "left_out" if folded in yes else "counts"
    return None


def is_flag(header: str) -> bool:
    """Whether yes and no below a header say whether invoices are paid, or void.

    >>> is_flag("Annulée"), is_flag("Statut")
    (True, False)
    """
    return fold(header) in _listed("flags", "paid") | _listed("flags", "void")


@functools.cache
def _listed(*section: str) -> frozenset[str]:
    """Return the words of a list in all languages, folded."""
    return frozenset(fold(word) for language in LANGUAGES for word in _of(language, *section))


def _of(language: str, *section: str) -> Any:
    found: Any = catalogue(language).surface("rows")
    for part in section:
        found = found.get(part, ())
    return found


@functools.cache
def _sides() -> Mapping[str, str]:
    return {word: key for key in ("debit", "credit") for word in _listed("side", key)}


@functools.cache
def _table(role: str) -> Mapping[str, str]:
    """What each phrase means, by its stems."""
    return {
        _stems(phrase): key
        for language in LANGUAGES
        for key, phrases in dict(_of(language, role)).items()
        for phrase in phrases
    }


@functools.cache
def _within() -> tuple[tuple[frozenset[str], Says], ...]:
    """Sets of stems that tell what a label speaks of."""
    return tuple(
        (frozenset(_stems(phrase).split()), Says[key.upper()])
        for language in LANGUAGES
        for key, phrases in _of(language, "wording").items()
        for phrase in phrases
    )


@functools.cache
def _neutral(role: str) -> frozenset[str]:
    lists = ("neutral", "neutral_status") if role == "invoice_status" else ("neutral",)
    return frozenset(_stem(word) for name in lists for word in _listed("ignored", name))


def _keys(text: str, role: str) -> tuple[str, ...]:
    """Return the stems of a text: all of them, without numbers, without neutral words."""
    plain = _stems(text)
    bare = " ".join(stem for stem in plain.split() if not any(sign.isdigit() for sign in stem))
    rest = " ".join(stem for stem in bare.split() if stem not in _neutral(role))
    cut = re.sub(r"\d+$", "", plain) if role == "journal" else ""  # the second bank's journal is BQ2
    return tuple(dict.fromkeys(key for key in (plain, bare, rest, cut) if key))


def _stems(text: str) -> str:
    small = _listed("ignored", "small")
    return " ".join(_stem(word) for word in _WORD.findall(fold(text)) if word not in small)


def _stem(word: str) -> str:
    """Return a word without the signs of gender and number.

    >>> _stem("annulees"), _stem("annule"), _stem("due")
    ('annul', 'annul', 'du')
    """
    return re.sub(r"(?<=..)[es]+$", "", word)
