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

__all__ = ["IGNORE", "ROLES", "Match", "loose", "matched", "target_key", "targets"]

ROLES: Final = ("date", "due", "paid", "amount", "outstanding", "number", "document", "visit")
"""Columns of a file that are no field of an account, by key."""
IGNORE: Final = "ignore"
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
    """Place of the column whose name differs from one of a target's by slips of the pen only."""
    scored = [
        (slips, at)
        for at, name in names.items()
        if len(name) >= _SHORTEST
        for known in _names(target)
        if len(known) >= _SHORTEST and (slips := _slips(name, known)) is not None
    ]
    return min(scored)[1] if scored else None


def _slips(one: str, other: str) -> int | None:
    """Letters lost, added or turned between two names, None where a word of one is not that of the other.

    >>> _slips("code cliet", "code client"), _slips("late invoices", "last invoice")
    (1, None)
    """
    from rapidfuzz.distance import OSA  # some milliseconds, and only an import needs it

    words, others = one.split(), other.split()
    if len(words) != len(others):
        return None
    slips = 0
    for word, known in zip(words, others, strict=True):
        found = OSA.distance(word, known)
        if found > (0 if len(known) < _SHORTEST else 1 if len(known) < 8 else 2):
            return None
        slips += found
    return slips
