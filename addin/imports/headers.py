"""Which column of a file is which: by name in either language, by likeness, as remembered, as told."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from addin.catalogue import LANGUAGES, catalogue
from scoring.terms import FIELDS, FilledBy
from scoring.text import fold

__all__ = ["IGNORE", "LIKE", "ROLES", "Match", "loose", "matched", "target_key", "targets"]

ROLES: Final = ("date", "due", "paid", "amount", "outstanding", "number", "document", "visit")
"""Columns of a file that are no field of an account, by key."""
IGNORE: Final = "ignore"
LIKE: Final = 88.0
"""Likeness of two headers, of 100, from which they are taken for the same: a letter lost or turned."""
_SHORTEST: Final = 4

How = Literal["name", "likeness", "remembered", "told"]


@dataclass(frozen=True, slots=True)
class Match:
    """A column of a file and what it is.

    Attributes
    ----------
    header
        Its header.
    position
        Its place, from 0.
    target
        Field of an account, or a key of :data:`ROLES`, or ``+header`` for a column of the company's own.
    how
        Why it is taken for that.
    """

    header: str
    position: int
    target: str
    how: How


def targets(kind: str) -> tuple[str, ...]:
    """Return what the columns of a kind of file can be."""
    fields = tuple(key for key, field in FIELDS.items() if field.filled_by is FilledBy.PERSON)
    of_kind = {
        "accounts": fields,
        "ledger": ("account", "name", "postcode", "rep", "sector", "company_no", *ROLES[:-1]),
        "visits": ("account", "name", "visit"),
    }
    return of_kind[kind]


def loose(header: str) -> str:
    """Return a header without what programs vary: capitals, signs, units.

    >>> loose("InvoiceAmount"), loose("N° de facture"), loose("montant_HT (EUR)")
    ('invoice amount', 'numero facture', 'montant ht')
    """
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    text = fold(re.sub(r"\([^)]*\)", " ", text))
    text = re.sub(r"\b(?:n°|no\.|num\.|numero\b)\s*", "numero ", text)
    words = re.split(r"[^\w%+-]+|_", text)
    kept = [
        word for word in words if word and word not in ("de", "du", "la", "le", "d", "l", "of", "the", "eur")
    ]
    return " ".join(kept)


@functools.cache
def _names(target: str) -> Mapping[str, int]:
    """Loose names of a target with their place: the header itself first, then what others call it."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        fields = catalogue(language).surface("fields")
        section = "accounts" if target in FIELDS else "roles"
        own = fields[section][target]
        for place, name in enumerate([own, *fields["also"][section].get(target, ())]):
            found.setdefault(loose(name), place)
    return found


def target_key(text: str, kind: str, own: Collection[str] = ()) -> str | None:
    """Return the target that a person names: a header of the account sheets, a role, or "not imported".

    Parameters
    ----------
    text
        What was typed.
    kind
        Kind of file.
    own
        Headers of columns that the company added, folded.
    """
    wanted = fold(text)
    for language in LANGUAGES:
        fields = catalogue(language).surface("fields")
        if wanted in (fold(fields["roles"][IGNORE]), "-", ""):
            return IGNORE
        for target in targets(kind):
            section = "accounts" if target in FIELDS else "roles"
            if fold(fields[section][target]) == wanted:
                return target
    return f"+{wanted}" if wanted in own else None


def matched(
    headers: Sequence[str],
    kind: str,
    remembered: Mapping[str, str],
    told: Mapping[str, str],
    own: Collection[str] = (),
) -> list[Match]:
    """Match the columns of a file with what a kind of file can hold.

    Parameters
    ----------
    headers
        The headers, each once.
    kind
        ``accounts``, ``ledger`` or ``visits``.
    remembered, told
        Target by folded header: of an earlier import, and of this command.
    own
        Headers of columns that the company added to its account sheets, folded.

    Returns
    -------
    list of Match
        At most one for each column, and one column for each target, in the order of the columns.
    """
    found: list[Match] = []
    left = {position for position, header in enumerate(headers) if header.strip()}
    open_targets = list(targets(kind))

    def take(position: int, target: str, how: How) -> None:
        left.discard(position)
        if target != IGNORE and (target in open_targets or target[0] == "+"):
            found.append(Match(headers[position], position, target, how))
            if target in open_targets:
                open_targets.remove(target)

    for given, how in ((told, "told"), (remembered, "remembered")):
        for position in sorted(left):
            target = given.get(fold(headers[position]))
            if target is not None:
                take(position, target, "told" if how == "told" else "remembered")
    names = {position: loose(headers[position]) for position in left}
    for target in list(open_targets):
        best = min(
            (
                (_tax(target, names[at]), _names(target)[names[at]], at)
                for at in left
                if names[at] in _names(target)
            ),
            default=None,
        )
        if best is not None:
            take(best[2], target, "name")
    if kind == "accounts":
        for position in sorted(left):
            if fold(headers[position]) in own:
                take(position, f"+{fold(headers[position])}", "name")
    for target in list(open_targets):
        alike = _most_alike(target, {at: names[at] for at in left})
        if alike is not None:
            take(alike, target, "likeness")
    return sorted(found, key=lambda match: match.position)


def _tax(target: str, name: str) -> int:
    """Place an amount without tax before one of which it is not said, and that before one with tax."""
    if target != "amount":
        return 0
    words = set(name.split())
    return (
        -1 if words & {"ht", "net", "excluding", "excl", "hors"} else 1 if words & {"ttc", "including"} else 0
    )


def _most_alike(target: str, names: Mapping[int, str]) -> int | None:
    from rapidfuzz import fuzz  # some milliseconds, and only an import needs it

    scored = [
        (-fuzz.token_sort_ratio(name, known), at)
        for at, name in names.items()
        if len(name) >= _SHORTEST
        for known in _names(target)
        if len(known) >= _SHORTEST
    ]
    best = min(scored, default=(0.0, -1))
    return best[1] if -best[0] >= LIKE else None
