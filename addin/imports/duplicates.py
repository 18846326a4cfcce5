"""Accounts that may be the same company under two codes: listed, never merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from addin.imports.facts import account_key
from scoring.text import fold

__all__ = ["Suspect", "company_key", "suspects"]

_LONGEST_GROUP: Final = 50
"""Accounts under one number from which the number tells nothing: a default that somebody typed."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two accounts that may be one.

    Attributes
    ----------
    code, other
        Their codes.
    reason
        ``number`` or ``name``.
    value
        What they share.
    """

    code: str
    other: str
    reason: str
    value: str


def company_key(text: str) -> str | None:
    """Return what two numbers of one company have in common: the SIREN in France, else the VAT number.

    >>> company_key("732 829 320 00074"), company_key("FR44732829320"), company_key("732829320")
    ('732829320', '732829320', '732829320')
    >>> company_key("12345") is None
    True
    """
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren, siret, tva

    for module, part in ((siren, slice(None)), (siret, slice(9)), (tva, slice(-9, None))):
        try:
            number = module.validate(text)
        except ValidationError:
            continue
        return str(number)[part]
    try:
        return str(vat.validate(text))
    except ValidationError:
        return None


def suspects(accounts: Iterable[tuple[str, Mapping[str, str]]], new: Iterable[str]) -> list[Suspect]:
    """Return pairs of accounts that may be one, of which at least one is new.

    Parameters
    ----------
    accounts
        Code of each account with its ``name``, ``postcode`` and ``company_no``, where known.
    new
        Keys of the accounts that an import adds.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for code, texts in accounts:
        number = company_key(texts["company_no"]) if texts.get("company_no") else None
        if number is not None:
            groups.setdefault(("number", number), []).append(code)
        if texts.get("name") and texts.get("postcode"):
            place = f"{fold(texts['name'])}, {fold(texts['postcode'])}"
            groups.setdefault(("name", place), []).append(code)
    added = frozenset(new)
    found: dict[tuple[str, str], Suspect] = {}
    for (reason, value), codes in groups.items():
        if len(codes) > _LONGEST_GROUP:
            continue
        for code in sorted(codes):
            for other in sorted(codes):
                if account_key(code) < account_key(other) and added & {account_key(code), account_key(other)}:
                    found.setdefault((code, other), Suspect(code, other, reason, value))
    return [found[pair] for pair in sorted(found)]
