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

__all__ = ["IGNORE", "MATCHED", "ROLES", "Match", "loose", "matched", "target_key", "targets"]

ROLES: Final = ("date", "due", "paid", "amount", "outstanding", "number", "document", "visit")
"""Columns of a file that are no field of an account, by key."""
IGNORE: Final = "ignore"
MATCHED: Final = ("accounts", "ledger", "visits")
"""Kinds of file whose columns are matched; those of a FEC are the same everywhere."""
_BY_HAND: Final = ("forced", "forced_reason", "forced_until")
"""Fields that a person decides on in the workbook, whatever other programs call alike."""
_CLIENT: Final = ("client", "customer")
"""What may head names, and codes where another column heads the names."""
_SHORTEST: Final = 5
_LONGEST: Final = 120
"""Signs of a header that are looked at."""

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
    fields = tuple(
        key for key, field in FIELDS.items() if field.filled_by is FilledBy.PERSON and key not in _BY_HAND
    )
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
    header = header[:_LONGEST]
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header.replace("º", "°"))
    text = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", text)
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
    matching = _Matching(headers, kind)
    matching.as_given(told, "told")
    matching.as_given(remembered, "remembered")
    matching.by_name()
    if kind == "accounts":
        matching.as_given({header: f"+{header}" for header in own}, "name")
    matching.by_likeness()
    return sorted(matching.found, key=lambda match: match.position)


class _Matching:
    """Columns and targets that are still without each other."""

    def __init__(self, headers: Sequence[str], kind: str) -> None:
        self.found: list[Match] = []
        self._headers = headers
        self._kind = kind
        self._left = {position for position, header in enumerate(headers) if header.strip()}
        self._targets = list(targets(kind))

    def as_given(self, given: Mapping[str, str], how: How) -> None:
        """Match the columns of which somebody said what they are."""
        for position in sorted(self._left):
            target = given.get(fold(self._headers[position]))
            if target is not None:
                self._take(position, target, how)

    def by_name(self) -> None:
        """Match each target with the column whose name stands first among its names."""
        names = {position: loose(self._headers[position]) for position in self._left}
        for target in list(self._targets):
            known = _names(target)
            ranked = [
                (_tax(target, names[at]), known[names[at]], at) for at in self._left if names[at] in known
            ]
            if ranked:
                self._take(min(ranked)[2], target, "name")
        if "account" in self._targets and "name" not in self._targets:
            for at in sorted(at for at in self._left if names[at] in _CLIENT)[:1]:
                self._take(at, "account", "name")

    def by_likeness(self) -> None:
        """Match what is left with names that differ by slips of the pen; not in a row of data."""
        if not self.found:
            return
        for target in list(self._targets):
            at = _most_alike(target, {at: loose(self._headers[at]) for at in self._left})
            if at is not None:
                self._take(at, target, "likeness")

    def _take(self, position: int, target: str, how: How) -> None:
        self._left.discard(position)
        if target in self._targets:
            self._targets.remove(target)
        elif target == IGNORE or not target.startswith("+") or self._kind != "accounts":
            return
        self.found.append(Match(self._headers[position], position, target, how))


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
        if found > (0 if len(known) <= _SHORTEST else 1 if len(known) < 8 else 2):
            return None
        slips += found
    return slips
