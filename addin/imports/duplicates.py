"""Accounts that may be the same company under two codes: listed, never merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from addin.imports.company_numbers import company_key
from addin.imports.facts import account_key
from scoring.text import fold

__all__ = ["Suspect", "suspects"]

_REASONS: Final = ("number", "name", "same_name")
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
        ``number``, ``name`` (and postcode), or ``same_name``, where names stand in for codes.
    value
        What they share.
    """

    code: str
    other: str
    reason: str
    value: str


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
    of_name: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    for code, texts in accounts:
        number = company_key(texts["company_no"]) if texts.get("company_no") else None
        if number is not None:
            groups.setdefault(("number", number), []).append(code)
        if not texts.get("name"):
            continue
        name = fold(texts["name"])
        if texts.get("postcode"):
            groups.setdefault(("name", f"{name}, {fold(texts['postcode'])}"), []).append(code)
        if _is_named(code, name):
            named.setdefault(name, []).append(code)
        of_name.setdefault(name, []).append(code)
    groups |= {("same_name", name): of_name[name] for name in named}
    added = frozenset(new)
    found: dict[tuple[str, str], Suspect] = {}
    # Of a pair that shares several, the first is named, in whatever order the accounts come.
    for (reason, value), codes in sorted(groups.items(), key=lambda group: _REASONS.index(group[0][0])):
        if not 1 < len(codes) <= _LONGEST_GROUP:
            continue
        for code in sorted(codes):
            for other in sorted(codes):
                if account_key(code) < account_key(other) and added & {account_key(code), account_key(other)}:
                    found.setdefault((code, other), Suspect(code, other, reason, value))
    return [found[pair] for pair in sorted(found)]


def _is_named(code: str, name: str) -> bool:
    """Whether a code is but the name, which is folded: the file had none."""
    folded = fold(code)
    return folded == name or folded.startswith(f"{name} (")
