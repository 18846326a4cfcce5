"""What files say of accounts: values by field and account, before the workbook is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from addin.book import Cell
from addin.values import read_text
from scoring.text import fold, plain_number

__all__ = ["Facts", "account_key", "code_text", "destroyed", "is_total"]

_DESTROYED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_TOTAL: Final = re.compile(
    r"(?:(?:sous|sub|grand)[ -]?)?(?:total|totaux|totals|somme|sum)"
    r"(?: (?:general|generaux|ht|ttc|net|page|export|periode|clients?|customers?))*"
    r"(?: (?:des|par|pour|for|of) .*)?[ :.]*"
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
    by_name
        Whether the codes are names: the file has no codes.
    """

    codes: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Cell]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    by_name: bool = False

    def account(self, code: str) -> str:
        """Return the key of an account, whose code is remembered: of two spellings the first by alphabet."""
        key = account_key(code)
        self.codes[key] = min(self.codes.get(key, code), code)
        return key

    def put(self, name: str, key: str, value: Cell) -> None:
        """Note a value of an account; an empty one says nothing."""
        if value is not None:
            self.values.setdefault(name, {})[key] = value


def account_key(code: str) -> str:
    """Return what makes two codes the same, as the workbook compares them."""
    return code.strip().casefold()


def code_text(cell: object) -> str:
    """Return the code in a cell, empty where there is none."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, float):
        return plain_number(cell)
    text = read_text(cell)  # type: ignore[arg-type]  # what a grid holds is a cell
    return text if isinstance(text, str) else ""


def destroyed(code: str) -> bool:
    """Whether a spreadsheet has rounded a number code, as ``2,43E+13``."""
    return _DESTROYED.fullmatch(code) is not None


def is_total(text: str) -> bool:
    """Whether a text heads a line of totals.

    >>> is_total("Total général :"), is_total("TOTAUX"), is_total("Total Énergies SA")
    (True, True, False)
    """
    return _TOTAL.fullmatch(fold(text)) is not None
