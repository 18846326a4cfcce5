"""What files say of accounts: values by field and account, before the workbook is looked at."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.files.foreign_quotes import constant, plain_text
from addin.workbook.port import Cell
from scoring.text import fold, plain_number

__all__ = [
    "TURNOVERS",
    "Facts",
    "Source",
    "account_key",
    "code_fault",
    "code_text",
    "destroyed",
    "is_nothing",
    "is_total",
]

TURNOVERS: Final = ("turnover", "turnover_1", "turnover_2")
"""Fields of the turnover of three periods, the latest first."""

_DESTROYED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CODE: Final = 255
_NOTHING: Final = frozenset(
    {"", "null", "none", "n/a", "false", "faux"}
    | {"#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#spill!", "#calc!"}
)
"""Odoo writes FALSE into the cells that are empty."""
_TOTAL: Final = re.compile(
    r"(?:(?:sous|sub|grand)[ -]?)?(?:total|totaux|totals|somme|sum)"
    r"(?: (?:general|generaux|ht|ttc|net|page|export|periode|clients?|customers?))*"
    r"(?: (?:des|par|pour|for|of) .*)?[ :.]*|ensemble|cumul|(?:total|totaux) (?:du |de la |de l['’ ])?"
    r"(?:client|compte|tiers|customer|account|debtor)\b.*|(?:sous|sub)[ -]?(?:total|totaux|totals)\b.*"
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures of a column come from.

    Attributes
    ----------
    kind
        Kind of file.
    until
        The day up to which they go: the end of a period of turnover, else the last day that was known.
    """

    kind: str
    until: dt.date


@dataclass
class Facts:
    """Values of accounts.

    Attributes
    ----------
    codes
        Code of each account, as written, by its key.
    values
        Cells by field, then by key of the account.
    added
        Keys of the accounts that are added where the workbook does not have them.
    complete
        Fields of which the files hold all there is: an account that they do not mention has nothing.
    until
        The day up to which the figures of a field go, as in :class:`Source`, where they have one.
    joined
        Code of the account that has what another one had, by the key of that one.
    by_name
        Whether the codes are names: the file has no codes.
    sold
        What is sold by day, where that was asked for: ``account`` (its key), ``day`` (since 1970-01-01),
        ``amount`` and ``bought`` (whether there was a purchase, and not credit notes alone).
    """

    codes: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Cell]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    complete: set[str] = field(default_factory=set)
    until: dict[str, dt.date] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    by_name: bool = False
    sold: pd.DataFrame | None = None

    def account(self, code: str) -> str:
        """Return the key of an account, whose code is remembered: of two spellings the first by alphabet."""
        key = account_key(code)
        self.codes[key] = min(self.codes.get(key, code), code)
        return key

    def put(self, name: str, key: str, value: Cell) -> None:
        """Note a value of an account; an empty one says nothing."""
        self.put_all(name, [(key, value)])

    def put_all(self, name: str, values: Iterable[tuple[str, Cell]]) -> None:
        """Note a value of each account, by its key."""
        told = {key: value for key, value in values if value is not None}
        if told:
            self.values.setdefault(name, {}).update(told)


def account_key(code: str) -> str:
    """Return what makes two codes the same, as the workbook compares them."""
    return code.strip().casefold()


def code_text(cell: object) -> str:
    r"""Return the text in a cell on one line, empty where there is none or no text is meant.

    >>> code_text(" C 001\t"), code_text(42.0), code_text(True), code_text('="00123"')
    ('C 001', '42', '', '00123')
    """
    if isinstance(cell, float):
        return plain_number(cell)
    if not isinstance(cell, str):
        return ""
    if not cell.isalnum():
        cell = "" if cell.endswith("()") and isinstance(constant(cell), bool) else plain_text(cell)
    # What no workbook can hold would be gone after the import, and the account a new one the next time.
    return " ".join((cell if cell.isprintable() else _UNPRINTABLE.sub(" ", cell)).split())


def is_nothing(text: str) -> bool:
    """Whether a text is what programs write for nothing, or what a formula shows that has no value.

    >>> is_nothing("null"), is_nothing("FALSE"), is_nothing("#N/A"), is_nothing("Nullo SA")
    (True, True, True, False)
    """
    return text.casefold() in _NOTHING


def destroyed(code: str) -> bool:
    """Whether a spreadsheet has rounded a number code, as ``2,43E+13``."""
    return _DESTROYED.fullmatch(code) is not None


def code_fault(code: str) -> str:
    """Return why a text is no account's code, as the key of a reason; empty where it is one.

    >>> code_fault("C001"), code_fault(""), code_fault("2,43E+13")
    ('', 'no_account', 'code_destroyed')
    """
    if not code.isalnum() or code.isalpha():  # a figure in one word, as most codes have: no word for either
        if is_nothing(code) or fold(code) in _blank():
            return "no_account"
        if is_total(code):
            return "totals_line"
    if len(code) > _LONGEST_CODE:
        return "code_too_long"
    return "code_destroyed" if destroyed(code) else ""


@functools.cache
def _blank() -> frozenset[str]:
    """Return what a pivot table writes for rows without a code, in any language."""
    return frozenset(fold(catalogue(language).text("fields", "pivot", "blank")) for language in LANGUAGES)


def is_total(text: str) -> bool:
    """Whether a text heads a line of totals.

    >>> is_total("Total général :"), is_total("TOTAUX"), is_total("Total Énergies SA")
    (True, True, False)
    """
    return _TOTAL.fullmatch(fold(text)) is not None
