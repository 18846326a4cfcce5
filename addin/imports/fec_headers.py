"""The columns of a FEC (art. A47 A-1 LPF), as they are spelled in the wild: 18 to 22."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scoring.text import fold

__all__ = ["FecColumns", "fec_columns", "looks_like_entries"]

_NAMES: Final = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
    "Montant",
    "Sens",
    "DateRglt",
    "ModeRglt",
    "NatOp",
    "IdClient",
)
_NEEDED: Final = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompAuxNum", "EcritureLib")
_MANY: Final = 10
"""Columns of a FEC from which a file is meant to be one."""
_ALIKE: Final = 90.0
_OF_CLIENTS: Final = re.compile(r"client|tiers|auxiliaire|customer|debtor|partner|partenaire")


@dataclass(frozen=True, slots=True)
class FecColumns:
    """Where the columns of a FEC stand.

    Attributes
    ----------
    places
        Position by name.
    width
        Number of columns.
    missing
        Names of those that it cannot do without and does not have.
    spelled
        What stands there instead of the name, where it is not just another case.
    """

    places: Mapping[str, int]
    width: int
    missing: Sequence[str]
    spelled: Sequence[str]


def fec_columns(headers: Sequence[str]) -> FecColumns | None:
    """Return where the columns of a FEC stand, None if the headers are those of no FEC.

    >>> fec_columns(["Code client", "Nom"]) is None
    True
    """
    from rapidfuzz import fuzz

    plain = [re.sub(r"[^a-z]", "", fold(header)) for header in headers]
    places: dict[str, int] = {}
    spelled = []
    for name in _NAMES:
        if name.lower() in plain:
            places[name] = plain.index(name.lower())
    for name in _NAMES:
        if name in places or len(name) < 8:
            continue
        left = [at for at, header in enumerate(plain) if header and at not in places.values()]
        alike = max(left, key=lambda at: fuzz.ratio(plain[at], name.lower()), default=None)
        if alike is not None and fuzz.ratio(plain[alike], name.lower()) >= _ALIKE:
            places[name] = alike
            spelled.append(headers[alike].strip())
    if len(places) < _MANY:
        return None
    missing = [name for name in _NEEDED if name not in places]
    if not {"Debit", "Credit"} <= places.keys() and not {"Montant", "Sens"} <= places.keys():
        missing += [name for name in ("Debit", "Credit") if name not in places]
    return FecColumns(places, len(headers), missing, spelled)


def looks_like_entries(headers: Sequence[str]) -> bool:
    """Whether headers are those of accounting entries, which count every amount twice.

    A statement of customers has debits, credits and journals too, but no column of general accounts.

    >>> looks_like_entries(["Journal", "Compte", "Débit", "Crédit"])
    True
    >>> looks_like_entries(["Code client", "Date", "Journal", "Débit", "Crédit"])
    False
    """
    words = {fold(header).replace("_", " ") for header in headers}
    both_sides = {"debit", "credit"} <= words or ("sens" in words and "montant" in words)
    of_clients = {word for word in words if _OF_CLIENTS.search(word)}
    accounts = {word for word in words - of_clients if "compte" in word or "account" in word}
    journals = {word for word in words if "journal" in word}
    return both_sides and bool(accounts or (journals and not of_clients))
