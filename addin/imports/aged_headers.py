"""Headers of aged balances: what is not due yet, and what is past due by its age."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any, Final

from addin.catalogue import LANGUAGES, catalogue
from scoring.text import fold

__all__ = ["FEWEST", "aged_target", "buckets_of"]

FEWEST: Final = 2
"""Columns of ages from which a list is an aged balance."""

_UNIT: Final = r"(?:j|jrs?|jours?|d|days?|mois|months?|m)?\.?"
_NUMBER: Final = r"\d{1,3}"
_AGE: Final = re.compile(
    rf"(?:(?:de|from|entre|between|echu|echus|echue|echues|due|overdue|past due|retard)\s+)*(?:"
    rf"{_NUMBER}\s*{_UNIT}\s*(?:-|–|/|_|a|au|to|et|and|jusqu'a)\s*{_NUMBER}\s*{_UNIT}"  # 31 to 60 days
    rf"|(?:>|>=|\+|plus de|\+ de|sup\.? a|superieur a|au dela de|over|more than|above|older than)"
    rf"\s*{_NUMBER}\s*{_UNIT}"
    rf"|{_NUMBER}\s*{_UNIT}\s*(?:\+|et \+|et plus|et au dela|and (?:over|above|more|older)|or more|over"
    rf"|-?\s*above|plus)\s*{_UNIT}"
    rf"|(?:<|<=|-|moins de|less than|under|- de)\s*{_NUMBER}\s*{_UNIT}"
    rf"|{_NUMBER}\s*(?:j|jrs?|jours?|days?|mois|months?)\.?"
    rf")(?:\s+(?:past due|overdue|late|old|de retard|retard|echus?|echues?))*"
)


@functools.cache
def _words(key: str) -> frozenset[str]:
    """Return the names of a kind of column, folded, in all languages."""
    sections: list[Any] = [catalogue(language).surface("fields")["aged"] for language in LANGUAGES]
    return frozenset(fold(name) for section in sections for name in section.get(key, ()))


def _is_age(header: str) -> bool:
    plain = " ".join(fold(header).replace("’", "'").split())
    return plain in _words("bucket") or _AGE.fullmatch(plain) is not None


def buckets_of(headers: Sequence[str]) -> list[int]:
    """Return the places of the columns of ages, none where the headers are those of no aged balance.

    >>> buckets_of(["Client", "Non échu", "0 à 30 j", "> 90 j", "Total"])
    [2, 3]
    >>> buckets_of(["Client", "30 jours"]), buckets_of(["Party", "0-30", "121-Above"])
    ([], [1, 2])
    """
    found = [at for at, header in enumerate(headers) if header.strip() and _is_age(header)]
    others = {aged_target(header) for header in headers}
    return found if len(found) >= FEWEST or (found and others & {"not_due", "overdue"}) else []


def aged_target(header: str) -> str | None:
    """Return what another column of an aged balance is, None where it is nothing of the kind.

    >>> aged_target("Non échu"), aged_target("Total"), aged_target("Total échu"), aged_target("Nom")
    ('not_due', 'open_amount', 'overdue', None)
    """
    plain = " ".join(fold(re.sub(r"\([^)]*\)", " ", header)).replace("’", "'").split())
    return next((key for key in ("not_due", "overdue", "open_amount") if plain in _words(key)), None)
