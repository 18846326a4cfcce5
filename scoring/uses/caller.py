"""Who calls: accounts by the first letters of a name, a code, a phone number or a company number.

Texts are compared by keys that plain formulas can make too, so that the card
of the call desk finds the same accounts without Python: :data:`LETTERS`,
:data:`SEPARATORS` and :data:`CALLING_CODES` are all that the keys depend on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "BAR",
    "CALLING_CODES",
    "LEAST_DIGITS",
    "LETTERS",
    "MOST_MATCHES",
    "SEPARATORS",
    "Matches",
    "card_keys",
    "company_keys",
    "company_text",
    "find",
    "phone_key",
    "phone_keys",
    "plain_key",
]

MOST_MATCHES: Final = 8
"""Accounts that a card offers to choose from."""
LEAST_DIGITS: Final = 4
"""Digits of the shortest phone number that somebody is found by: 3949 is one."""
LEAST_BEGINNING: Final = 3
"""Digits from which accounts are offered whose phone or company number begins with them."""
BAR: Final = "|"
"""Stands before, between and after the keys of an account that has several."""

LETTERS: Final = dict(
    zip(
        "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ’‘–‑\u00a0\u202f\u2009",
        "aaaaaaceeeeiiiinooooouuuuyy''--   ",
        strict=True,
    )
) | {"œ": "oe", "æ": "ae"}
"""What stands for a small letter or a sign in a key."""
SEPARATORS: Final = " .-/()"
"""What people put between the digits of a number."""
CALLING_CODES: Final = ("33", "590", "594", "596", "262")
"""France and its departments overseas: behind the code come the nine digits that follow a 0 at home."""
_NATIONAL: Final = 9
_TRANSLATION: Final = str.maketrans(LETTERS)
_NO_SEPARATORS: Final = str.maketrans("", "", SEPARATORS)
_SIREN, _SIRET, _VAT = 9, 14, 13

Bools = npt.NDArray[np.bool_]


def plain_key(text: str) -> str:
    """Key of a name or a code: small letters without accents, single blanks.

    >>> plain_key(" L’Épicerie\u00a0  du Cœur ")
    "l'epicerie du coeur"
    """
    return " ".join(unicodedata.normalize("NFC", text).lower().translate(_TRANSLATION).split())


def phone_key(text: str) -> str:
    """Key of one phone number, however it is written: as dialled at home in France, else all its digits.

    Parameters
    ----------
    text
        Digits, with or without separators, ``+`` or ``00`` in front.

    Returns
    -------
    str
        Empty where it is no phone number.

    Examples
    --------
    >>> [phone_key(text) for text in ("+33 (0)1 23 45 67 89", "0033123456789", "123456789")]
    ['0123456789', '0123456789', '0123456789']
    >>> phone_key("+590 590 12 34 56"), phone_key("+32 2 123 45 67"), phone_key("12 rue Bleue")
    ('0590123456', '3221234567', '')
    """
    plain = plain_key(text).replace("(0)", "").translate(_NO_SEPARATORS)
    abroad = plain.startswith(("+", "00"))
    digits = plain[1:] if plain.startswith("+") else plain.removeprefix("00")
    if not (digits.isascii() and digits.isdigit()):
        return ""
    code = next((one for one in CALLING_CODES if digits.startswith(one)), "")
    rest = digits[len(code) :].removeprefix("0")
    if code and rest and (abroad or len(rest) == _NATIONAL):
        return f"0{rest}"
    # Excel takes 0123456789 for a number, and drops its zero.
    short = len(digits) == _NATIONAL and not abroad and not digits.startswith("0")
    return f"0{digits}" if short else digits


_EXTENSION: Final = re.compile(r"\b(?:poste|post|ext|extension|interne|x)\b\.?\s*\d+|#\s*\d+")
_NUMBER: Final = re.compile(r"\+?\d(?:[ .\-/()]{0,3}\d)+")
_TWO_IN_A_ROW: Final = 20
"""Digits of two numbers with nothing but a separator between them."""


def phone_keys(text: str) -> tuple[str, ...]:
    """Keys of all phone numbers in a cell, without extensions and names.

    >>> phone_keys("Tél. 01 23 45 67 89 (Paul) / +33 6 12 34 56 78 poste 123")
    ('0123456789', '0612345678')
    >>> phone_keys("3949"), phone_keys("01 23 45 67 89 06 12 34 56 78")
    (('3949',), ('0123456789', '0612345678'))
    """
    plain = _EXTENSION.sub(";", plain_key(text)).replace("(0)", "")
    found: list[str] = []
    for written in _NUMBER.findall(plain.replace(" / ", ";")):
        key = phone_key(written)
        if len(key) == _TWO_IN_A_ROW and key[0] == key[_TWO_IN_A_ROW // 2] == "0":
            found += [key[: _TWO_IN_A_ROW // 2], key[_TWO_IN_A_ROW // 2 :]]
        elif len(key) >= LEAST_DIGITS:
            found.append(key)
    return tuple(dict.fromkeys(found))


def company_text(text: str) -> str:
    """Company number as it is looked for: without separators, of a French VAT number the SIREN.

    >>> company_text("732 829 320 00074"), company_text("FR 44 732829320"), company_text("BE 0123.456.789")
    ('73282932000074', '732829320', 'be0123456789')
    """
    plain = plain_key(text).translate(_NO_SEPARATORS)
    return plain[-_SIREN:] if len(plain) == _VAT and plain.startswith("fr") else plain


def company_keys(text: str) -> tuple[str, ...]:
    """Keys of a company number in a cell: of a SIRET, the SIREN too.

    >>> company_keys("732 829 320 00074"), company_keys("")
    (('73282932000074', '732829320'), ())
    """
    plain = company_text(text)
    if len(plain) == _SIRET and plain.isdigit():
        return plain, plain[:_SIREN]
    return (plain,) if plain else ()


def card_keys(accounts: pd.DataFrame) -> pd.DataFrame:
    """Keys by which each account is found.

    Parameters
    ----------
    accounts
        With the texts ``account``, ``name``, ``phone`` and ``company_no``, missing where empty.

    Returns
    -------
    DataFrame with the index of the accounts: ``name_key``, ``code_key``, and
    between bars ``phone_keys`` and ``company_keys``, empty where there are none.
    """
    texts = {
        key: accounts[key].astype(object).where(accounts[key].notna(), "").astype(str)
        if key in accounts
        else pd.Series("", index=accounts.index, dtype=object)
        for key in ("account", "name", "phone", "company_no")
    }
    return pd.DataFrame(
        {
            "name_key": texts["name"].map(plain_key),
            "code_key": texts["account"].map(plain_key),
            "phone_keys": texts["phone"].map(lambda text: _barred(phone_keys(text))),
            "company_keys": texts["company_no"].map(lambda text: _barred(company_keys(text))),
        },
        dtype=object,
    )


def _barred(keys: tuple[str, ...]) -> str:
    return f"{BAR}{BAR.join(keys)}{BAR}" if keys else ""


@dataclass(frozen=True, slots=True)
class Matches:
    """Accounts that a text may mean.

    Attributes
    ----------
    by
        What it is: the ``code`` of an account, a phone or company ``number``, the ``beginning`` of any
        of them or of a name, a beginning ``inside`` a name; ``nothing`` where there is no such account.
    rows
        Positions of the accounts, in their order.
    """

    by: Literal["code", "number", "beginning", "inside", "nothing"]
    rows: npt.NDArray[np.intp]


def find(keys: pd.DataFrame, text: str) -> Matches:
    """Find the accounts that a text may mean.

    An exact code comes before an exact phone or company number, these before
    any beginning, and a beginning of a later word of a name counts only where
    nothing begins so.

    Parameters
    ----------
    keys
        As :func:`card_keys` gives them.
    text
        What somebody typed.
    """
    plain = plain_key(text)
    if not plain:
        return Matches("nothing", np.array([], dtype=np.intp))
    phone, company = phone_key(text), company_text(text)
    is_number = bool(phone)
    by_number = (
        _holds(keys["phone_keys"], f"{BAR}{phone}{BAR}", at_least=LEAST_DIGITS + 2)
        | _holds(keys["company_keys"], f"{BAR}{company}{BAR}", at_least=_SIREN + 2)
    )  # fmt: skip
    if not by_number.any() and is_number and len(company) == _SIRET:
        by_number = _holds(keys["company_keys"], f"{BAR}{company[:_SIREN]}{BAR}")
    begins = keys["name_key"].str.startswith(plain) | keys["code_key"].str.startswith(plain)
    if is_number:
        least = LEAST_BEGINNING + 1
        begins |= _holds(keys["phone_keys"], f"{BAR}{phone}", at_least=least)
        begins |= _holds(keys["company_keys"], f"{BAR}{company}", at_least=least)
    steps: tuple[tuple[Literal["code", "number", "beginning", "inside"], pd.Series | Bools], ...] = (
        ("code", keys["code_key"] == plain),
        ("number", by_number),
        ("beginning", begins),
        ("inside", keys["name_key"].str.contains(f" {plain}", regex=False)),
    )
    for by, found in steps:
        rows = np.flatnonzero(np.asarray(found, dtype=bool))
        if len(rows):
            return Matches(by, rows)
    return Matches("nothing", np.array([], dtype=np.intp))


def _holds(keys: pd.Series, wanted: str, *, at_least: int = 0) -> Bools:
    """Whether each entry holds what is wanted; none does where that is too short to mean anything."""
    if len(wanted) < at_least:
        return np.zeros(len(keys), dtype=bool)
    return keys.str.contains(wanted, regex=False).to_numpy(dtype=bool)
