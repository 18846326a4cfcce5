"""Lists of orders and of stock, told by their headers from invoices and accounts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from addin.imports.headers import Match
from scoring.text import fold

__all__ = ["NEEDED", "demanded"]

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "orders": ("order_no", "account", "product", "quantity"),
    "stock": ("product", "available"),
}
"""Columns without which a list is none of its kind."""
_BILLED: Final = frozenset({"document", "paid", "paid_amount", "outstanding", "debit", "side"})
"""Columns that invoices and payments have, and orders have not."""
_OF_INVOICES: Final = re.compile(r"factur|invoic|billing|voucher|echu|overdue")


def demanded(looked: Mapping[str, Sequence[Match]], found: Collection[str]) -> str | None:
    """Return ``"orders"`` or ``"stock"`` where a list is one, None where it is not.

    Parameters
    ----------
    looked
        What the columns are, by the kind of file that the list may be.
    found
        Kinds of which it has all that is needed.
    """
    if _has_all("orders", looked) and not _is_billed(looked.get("ledger", ())):
        return "orders"
    others = {"ledger", "visits"} & set(found)
    if _has_all("stock", looked) and not others and not _has_account(looked):
        return "stock"
    return None


def _has_all(kind: str, looked: Mapping[str, Sequence[Match]]) -> bool:
    return set(NEEDED[kind]) <= {match.target for match in looked.get(kind, ())}


def _is_billed(matches: Sequence[Match]) -> bool:
    """Whether columns are those of invoices, whatever else they name, or somebody says that they are."""
    if _BILLED & {match.target for match in matches}:
        return True
    of_invoices = [match for match in matches if match.target in ("number", "date", "amount")]
    said = any(match.how in ("told", "remembered") for match in of_invoices)
    return said or any(_OF_INVOICES.search(fold(match.header)) for match in of_invoices)


def _has_account(looked: Mapping[str, Sequence[Match]]) -> bool:
    """Whether a list is one of accounts: it has several columns of theirs beside those of a stock."""
    taken = {match.position for match in looked["stock"]}
    return len({match.target for match in looked.get("accounts", ()) if match.position not in taken}) > 2
