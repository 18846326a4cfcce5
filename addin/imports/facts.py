"""What files say of accounts: values by field and account, before the workbook is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from addin.book import Cell
from scoring.text import fold, plain_number

__all__ = ["TURNOVERS", "Facts", "account_key", "code_fault", "code_text", "destroyed", "is_total"]

TURNOVERS: Final = ("turnover", "turnover_1", "turnover_2")
"""Fields of the turnover of three periods, the latest first."""

_DESTROYED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CODE: Final = 255
_TOTAL: Final = re.compile(
    r"(?:(?:sous|sub|grand)[ -]?)?(?:total|totaux|totals|somme|sum)"
    r"(?: (?:general|generaux|ht|ttc|net|page|export|periode|clients?|customers?))*"
    r"(?: (?:des|par|pour|for|of) .*)?[ :.]*|(?:sous|sub)[ -]?(?:total|totaux|totals)\b.*"
)


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
    by_name
        Whether the codes are names: the file has no codes.
    """

    codes: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Cell]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    complete: set[str] = field(default_factory=set)
    by_name: bool = False

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

    >>> code_text(" C 001\t"), code_text(42.0), code_text(True)
    ('C 001', '42', '')
    """
    if isinstance(cell, float):
        return plain_number(cell)
    if not isinstance(cell, str):
        return ""
    # What no workbook can hold would be gone after the import, and the account a new one the next time.
    return " ".join((cell if cell.isprintable() else _UNPRINTABLE.sub(" ", cell)).split())


def destroyed(code: str) -> bool:
    """Whether a spreadsheet has rounded a number code, as ``2,43E+13``."""
    return _DESTROYED.fullmatch(code) is not None


def code_fault(code: str) -> str:
    """Return why a text is no account's code, as the key of a reason; empty where it is one.

    >>> code_fault("C001"), code_fault(""), code_fault("2,43E+13")
    ('', 'no_account', 'code_destroyed')
    """
    if not code:
        return "no_account"
    if is_total(code):
        return "totals_line"
    if len(code) > _LONGEST_CODE:
        return "code_too_long"
    return "code_destroyed" if destroyed(code) else ""


def is_total(text: str) -> bool:
    """Whether a text heads a line of totals.

    >>> is_total("Total général :"), is_total("TOTAUX"), is_total("Total Énergies SA")
    (True, True, False)
    """
    return _TOTAL.fullmatch(fold(text)) is not None
