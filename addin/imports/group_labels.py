"""Lines above the groups of a list: the code and the name of a client, out of what stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from addin.imports.files.chunks import Column
from addin.imports.files.dates import NO_DATE, UNREADABLE, Dates
from scoring.text import fold

__all__ = [
    "CLIENT",
    "GENERAL",
    "SUPPLIER",
    "Label",
    "Labels",
    "SupplierCode",
    "is_date",
    "labels_of",
    "leading_client",
]

_LEAD: Final = re.compile(
    r"(?:(?:n° ?)?(?:compte(?: (?:tiers|client|auxiliaire|collectif))?|client|tiers|auxiliaire"
    r"|customer(?: account)?|account|debtor|partner|partenaire|code client|code tiers|raison sociale))"
    r"\s*(?:n°|no\.?)?\s*:\s*",
    re.IGNORECASE,
)
"""What may stand before a client: "Compte : 411ALPHA"."""
_CODE_AND_NAME: Final = re.compile(r"(\S*\d\S*|41\d\S+|411[A-Z]\S*)(?:\s+[-–:]\s+|\s*:\s*|\s+)(\S.*)")
_SHORTEST_CODE: Final = 3
SUPPLIER: Final = re.compile(r"40\d?\w*")
CLIENT: Final = re.compile(r"41\d?\w*")
GENERAL: Final = re.compile(r"[1-35-7]\d{4,}")
"""Accounts of equity, fixed assets, stocks, banks, expenses and sales: no clients."""
_OF_SOMETHING_ELSE: Final = re.compile(
    r"\s*(?:journal|period[e]?|mois|month|exercice|commercial|representant|sales ?rep|vendeur|salesperson|"
    r"article|item|produit|product|famille|category|categorie|banque|bank|secteur|region|statut|status)\b.*"
)
_MONTH: Final = re.compile(
    r"(?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sep)\w*\.?\s+\d{4}|\d{4}|t[1-4]\s+\d{4}|q[1-4]\s+\d{4}"
)


class SupplierCode(str):
    """The code of a supplier, among those of clients."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A client that a line names.

    Attributes
    ----------
    code, name
        Its code, empty where there is none, and its name.
    is_supplier
        Whether its account is one of suppliers.
    """

    code: str
    name: str
    is_supplier: bool = False

    @property
    def shown(self) -> str:
        """The client as a person would name it."""
        return " ".join(part for part in (self.code, self.name) if part)

    def below(self, above: Label) -> Label:
        """Return the same client as one that belongs to another: QuickBooks names it so in its lists."""
        return self if self.code else replace(self, name=f"{above.name}:{self.name}")


@dataclass(frozen=True, slots=True)
class Labels:
    """How the groups of a list name clients.

    Attributes
    ----------
    has_codes
        Whether all of them begin with a code.
    has_suppliers
        Whether some are accounts of suppliers, beside those of clients.
    """

    has_codes: bool
    has_suppliers: bool = False

    def read(self, texts: Sequence[str]) -> Label:
        """Return the client that the texts of a line name."""
        code, name = _split(texts) if self.has_codes else ("", _whole(texts))
        return Label(code, name, self.has_suppliers and SUPPLIER.fullmatch(code) is not None)

    def is_date(self, text: str) -> bool:
        """Whether a text is a date."""
        return is_date(text)


def is_date(text: str) -> bool:
    """Whether a text is a date, or figures that may be one.

    >>> is_date("15/01/2026"), is_date("150125"), is_date("411ALPHA"), is_date("Northfield Foods")
    (True, True, False, False)
    """
    plain = text.strip()
    if re.fullmatch(r"\d{6}|\d{8}|\d{5}", plain):
        return True
    if not re.search(r"\d", plain):
        return False
    dates = Dates("")
    dates.settle()
    day = int(dates.days(Column(None, [plain]))[0])
    return day not in (NO_DATE, UNREADABLE)


def labels_of(lines: Sequence[Sequence[str]]) -> Labels | None:
    """Return how the lines above groups name clients, None where they name something else.

    Parameters
    ----------
    lines
        The texts of each line.

    Examples
    --------
    >>> labels_of([["411ALPHA", "ALPHA SAS"], ["411BETA", "BETA SARL"]])
    Labels(has_codes=True, has_suppliers=False)
    >>> labels_of([["Northfield Foods"], ["Southbank Tools"]])
    Labels(has_codes=False, has_suppliers=False)
    >>> labels_of([["janvier 2026"], ["février 2026"]]) is None, labels_of([["512000", "Banque"]]) is None
    (True, True)
    """
    if not lines:
        return None
    plain = [fold(_whole(texts)) for texts in lines]
    if all(_MONTH.fullmatch(text) for text in plain):
        return None
    heads = [fold(texts[0]) for texts in lines]
    if all(_OF_SOMETHING_ELSE.fullmatch(head) for head in heads):
        return None
    parts = [_split(texts) for texts in lines]
    codes = [code for code, _ in parts]
    has_codes = all(codes) and len(set(codes)) == len(codes) and all(name for _, name in parts)
    if any(GENERAL.fullmatch(code) for code, _ in parts if code):
        return None
    clients = any(CLIENT.fullmatch(code) for code in codes)
    suppliers = any(SUPPLIER.fullmatch(code) for code in codes)
    if suppliers and not clients:
        return None
    return Labels(has_codes, has_codes and suppliers)


def leading_client(row: Sequence[str]) -> Label | None:
    """Return the client that a line above the header names, None where it names none.

    >>> leading_client(["Client : 411ALPHA", "ALPHA SAS"]), leading_client(["Relevé de compte"])
    (Label(code='411ALPHA', name='ALPHA SAS', is_supplier=False), None)
    """
    texts = [text for text in row if text.strip()]
    if not texts or _LEAD.match(texts[0].strip()) is None:
        return None
    code, name = _split(texts)
    return Label(code, name) if name else None


def _whole(texts: Sequence[str]) -> str:
    return " ".join(_LEAD.sub("", text).strip() for text in texts if text.strip())


def _split(texts: Sequence[str]) -> tuple[str, str]:
    """Return the code and the name that the texts of a line hold, the code empty where there is none."""
    kept = [plain for text in texts if (plain := _LEAD.sub("", text).strip())]
    if len(kept) > 1 and " " not in kept[0]:
        return kept[0], " ".join(kept[1:])
    whole = " ".join(kept)
    found = _CODE_AND_NAME.fullmatch(whole)
    if found is None or len(found.group(1)) < _SHORTEST_CODE:
        return "", whole
    return found.group(1).rstrip(":-"), found.group(2)
