"""Keys of rows that only programs make: they are no codes by which people know their clients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from addin.imports.column_names import loose

__all__ = ["OF_BOOKS", "key_columns", "of_books"]

_KEY: Final = re.compile(
    r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?"  # GUID
    r"|00[0-9A-Za-z]{13}(?:[A-Z0-5]{3})?"  # Salesforce
    r"|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}"  # documents and hashes
    r"|zcrm_\d{10,}|__export__\.\w+|[a-z_]+\.res_partner_\w+"  # Zoho, Odoo
)

OF_BOOKS: Final = frozenset(
    {"account code", "account", "account no", "account number", "numero account", "compte", "numero compte"}
    | {"code compte", "compte comptable", "compte general", "gl account", "nominal code"}
)
"""Headers of accounts of clients in some programs, of accounts of the books in others; plain."""
_BOOKED: Final = re.compile(r"\d{2,8}")


def key_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the places of the columns all of whose cells are keys of rows.

    >>> key_columns([["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "C1"], ["", "C2"]])
    [0]
    """
    width = max(map(len, rows), default=0)
    found = []
    for at in range(width):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        if cells and all(_KEY.fullmatch(cell) and re.search(r"\d", cell) for cell in cells):
            found.append(at)
    return found


def of_books(header: str, codes: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a column holds the accounts of the books that rows are posted to, not those of clients.

    >>> of_books("N° compte", ["411000", "411000", "411000"], ["Alpha", "Beta", "Gamma"])
    True
    >>> of_books("N° compte", ["411001", "411002", "411003"], ["Alpha", "Beta", "Gamma"])
    False
    """
    pairs = [(code, name) for code, name in zip(codes, names, strict=True) if code and name]
    n_codes, n_names = len({code for code, _ in pairs}), len({name for _, name in pairs})
    return (
        loose(header) in OF_BOOKS
        and n_names > 1
        and 2 * n_codes <= n_names
        and all(_BOOKED.fullmatch(code) for code, _ in pairs)
    )
