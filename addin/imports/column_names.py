"""What columns are called: by us, by older workbooks, by people, and by the commonest programs."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from typing import Final

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.currencies import without_currency
from addin.imports.programs import ids_of, names_of, never_beside, never_prefixes
from scoring.terms import FIELDS
from scoring.text import fold

__all__ = ["is_never", "loose", "names_by_rank"]

_SUMS: Final = ("somme", "sum")
"""What a pivot table writes before the name of a column that it adds up."""
_LONGEST: Final = 120
"""Signs of a header that are looked at."""
_OF_PROGRAM: Final = 500
_OF_ROW: Final = 1000
"""From which rank on stand the names of the programs, and those of keys of rows."""


def loose(header: str) -> str:
    """Return a header without what programs vary: capitals, signs, units.

    >>> loose("InvoiceAmount"), loose("N° de facture"), loose("montant_HT (EUR)"), loose("Somme de CA N")
    ('invoice amount', 'numero facture', 'montant ht', 'ca n')
    """
    header = without_currency(header[:_LONGEST])
    header = re.sub(r"\b[dD]û\b", "due", header)  # else what is due is taken for the French article
    header = re.sub(r"\b([dD]) ?/ ?([cC])\b", r"\1\2", header)  # and d for it
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.replace("º", "°"))
    text = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", text)
    text = fold(re.sub(r"\([^)]*\)", " ", text))
    text = re.sub(r"\b(?:n°|no\.|num\.|numero\b)\s*", "numero ", text)
    words = [word for word in re.split(r"[^\w%+-]+|_", text) if word]
    is_day = words[1:] and words[-1] == "le"  # "Réglé le" heads dates, "Réglé" amounts
    kept = [word for word in words if word not in ("de", "du", "la", "le", "d", "l", "of", "the", "eur")]
    kept += ["le"] if is_day else []
    return " ".join(kept[1:] if len(kept) > 1 and kept[0] in _SUMS else kept)


@functools.cache
def names_by_rank(target: str, *, in_lists: bool = False) -> Mapping[str, int]:
    """Return the loose names of a target with their rank: the lower one is the better one.

    Parameters
    ----------
    target
        Key of a field or role.
    in_lists
        Whether the file is a list of accounts.

    Notes
    -----
    The header itself comes first, then what others call it, then what single programs call it. The key of
    a row in a program is a code only where there is no other.
    """
    found: dict[str, int] = {}
    for language in LANGUAGES:
        fields = catalogue(language).surface("fields")
        section = "accounts" if target in FIELDS else "roles"
        own = fields[section][target]
        older = fields.get("older", {}).get(section, {}).get(target, ())
        for place, name in enumerate([own, *older, *fields["also"][section].get(target, ())]):
            found.setdefault(loose(name), place)
    for place, name in enumerate(names_of(target, in_lists=in_lists)):
        found.setdefault(loose(name), _OF_PROGRAM + place % (_OF_ROW - _OF_PROGRAM))
    for name in ids_of(target):
        if loose(name) in found:
            found[loose(name)] = _OF_ROW
    found.pop("", None)
    return found


def is_never(header: str, beside: Collection[str]) -> bool:
    """Whether a column is nothing of ours: one that only its own program reads, or that has another meaning.

    Parameters
    ----------
    header
        Its header.
    beside
        All headers of the file.

    Examples
    --------
    >>> is_never("(Do Not Modify) Account", []), is_never("AccountCode", ["ContactName"])
    (True, True)
    >>> is_never("AccountCode", ["Name"])
    False
    """
    other = never_beside().get(fold(header))
    return fold(header).startswith(never_prefixes()) or (other is not None and other in map(fold, beside))
