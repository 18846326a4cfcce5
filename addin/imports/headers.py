"""Which column of a file is which: by name in either language, by likeness, as remembered, as told."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.aged_headers import aged_target, buckets_of
from addin.imports.column_names import is_never, loose, names_by_rank
from addin.imports.currencies import currencies, header_currencies, side_of
from addin.workbook.own_columns import is_own, own_key
from scoring.terms import FIELDS, FilledBy
from scoring.text import fold

__all__ = [
    "AGED",
    "BALANCES",
    "IGNORE",
    "MANY",
    "MATCHED",
    "MONEY",
    "OF_ACCOUNTS",
    "OF_DEMAND",
    "ROLES",
    "Match",
    "heads_pivot",
    "loose",
    "matched",
    "target_key",
    "targets",
]

MONEY: Final = (
    *("amount", "outstanding", "gross", "tax", "invoice_total", "line_amount", "paid_amount"),
    *("debit", "credit", "balance"),
)
"""Columns of invoices and statements that hold amounts."""
MANY: Final = ("document", "invoice_status", "currency")
"""Columns that say what a row means: of these, a file may have several, and each counts."""
AGED: Final = ("bucket", "not_due", "open_debit", "open_credit")
"""Columns of an aged balance, and of one with a column a side, that are no field of an account."""
_MANY_OF_LISTS: Final = ("status", "bucket", "currency")
"""The same of a list of accounts, with the amounts that are past due by their age."""
BALANCES: Final = frozenset({"solde", "balance"})
"""Headers, plain, of what may be a running balance, or what is open of each invoice."""
_DEMANDED: Final = ("order_no", "product", "quantity", "order_due", "available")
ROLES: Final = (
    *("date", "due", "paid", *MONEY, "number"),
    *(*MANY, "side", "journal", "letter", "wording", *AGED, "visit"),
    *_DEMANDED,
)
"""Columns of a file that are no field of an account, by key."""
IGNORE: Final = "ignore"
OF_ACCOUNTS: Final = ("accounts", "ledger", "visits")
"""Kinds of file that tell of accounts, and whose columns are matched."""
OF_DEMAND: Final = ("orders", "stock")
"""Kinds of file that fill in the lists of the allocation: orders are no sales."""
MATCHED: Final = (*OF_ACCOUNTS, *OF_DEMAND)
"""Kinds of file whose columns are matched; those of a FEC are the same everywhere."""
_BY_HAND: Final = ("forced", "forced_reason", "forced_until")
"""Fields that a person decides on in the workbook, whatever other programs call alike."""
_CLIENT: Final = ("client", "customer", "tiers")
"""What may head names, and codes where another column heads the names."""
_NOTHING: Final[Mapping[str, str]] = {}
_WITHOUT_TAX: Final = frozenset({"ht", "net", "excluding", "excl", "hors", "untaxed", "sub", "excluded"})
_WITH_TAX: Final = frozenset({"ttc", "including", "incl", "inc", "gross", "included"})
_SHORTEST: Final = 5

How = Literal["name", "likeness", "remembered", "told", "words"]


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
        "accounts": (*fields, *AGED, "currency"),
        "ledger": (
            *("account", "name", "postcode", "rep", "sector", "company_no"),
            *(role for role in ROLES if role not in (*AGED, "visit", *_DEMANDED)),
        ),
        "visits": ("account", "name", "visit"),
        "orders": ("account", *_DEMANDED[:-1]),
        "stock": ("product", "available"),
    }
    return of_kind[kind]


def heads_pivot(header: str) -> bool:
    """Whether Excel writes a header above the rows of a pivot table, whatever they are.

    >>> heads_pivot("Étiquettes de lignes"), heads_pivot("Client")
    (True, False)
    """
    names = {catalogue(language).text("fields", "pivot", "rows") for language in LANGUAGES}
    return fold(header) in map(fold, names)


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
    return own_key(wanted) if wanted in own else None


def matched(
    headers: Sequence[str],
    kind: str,
    remembered: Mapping[str, str],
    told: Mapping[str, str],
    own: Mapping[str, str] = _NOTHING,
    currency: str = "",
    keys: Collection[int] = (),
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
        Header of a column that the company added to its account sheets, by what a file calls it, folded.
    currency
        That of the workbook, as the workbook says it.
    keys
        Places of the columns that hold keys of rows, as only a program makes them: they are codes only
        where no other column holds any.

    Returns
    -------
    list of Match
        At most one for each column, and one column for each target but those of :data:`MANY`, in the order
        of the columns.
    """
    matching = _Matching(headers, kind, currencies(currency), keys)
    matching.as_given(told, "told")
    matching.as_given(remembered, "remembered")
    matching.set_apart()
    if kind == "accounts":
        matching.by_age()
    matching.by_name()
    if kind == "accounts":
        matching.as_given({header: own_key(column) for header, column in own.items()}, "name")
    matching.by_likeness()
    return sorted(_in_statement(matching.found), key=lambda match: match.position)


def _in_statement(found: Sequence[Match]) -> list[Match]:
    """Take a plain balance beside debits and credits for a running one."""
    targets_found = {match.target for match in found}
    if "balance" in targets_found or not targets_found & {"debit", "credit", "side"}:
        return list(found)
    return [
        replace(match, target="balance")
        if match.target == "outstanding" and match.how == "name" and loose(match.header) in BALANCES
        else match
        for match in found
    ]


class _Matching:
    """Columns and targets that are still without each other."""

    def __init__(
        self, headers: Sequence[str], kind: str, currency: Collection[str], keys: Collection[int]
    ) -> None:
        self._keys = frozenset(keys)
        self._many = _MANY_OF_LISTS if kind == "accounts" else MANY
        self.found: list[Match] = []
        self._currency = frozenset(currency)
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

    def set_apart(self) -> None:
        """Leave alone what only the program reads that wrote the file."""
        self._left -= {at for at in self._left if is_never(self._headers[at], self._headers)}

    def by_age(self) -> None:
        """Match the columns of an aged balance: in others a total or a balance is nothing of the kind."""
        buckets = buckets_of(self._headers)
        if not buckets:
            return
        for at in buckets:
            if at in self._left:
                self._take(at, "bucket", "name")
        for at in sorted(self._left):
            target = aged_target(self._headers[at])
            if target in self._targets:
                self._take(at, target, "name")

    def by_name(self) -> None:
        """Match each target with the column whose name stands first among its names."""
        names = {position: loose(self._headers[position]) for position in self._left}
        if {"invoice_total", "line_amount"} & {match.target for match in self.found}:
            # Somebody says which amounts these are: no other column is to be the amount beside them.
            self._targets = [target for target in self._targets if target != "amount"]
        for target in list(self._targets):
            if target == "invoice_total" and "amount" not in self._targets:
                continue  # what is repeated on all rows of an invoice stands in only where nothing else does
            known = self._names(target)
            ranked = sorted(
                (
                    self._is_key(target, at),
                    self._abroad(target, at),
                    _tax(target, self._headers[at]),
                    known[names[at]],
                    at,
                )
                for at in self._left
                if names[at] in known
            )
            for *_, at in ranked if target in self._many else ranked[:1]:
                self._take(at, target, "name")
        if "gross" in self._targets:
            with_tax = [at for at in self._left if names[at] in self._names("amount")]
            for at in sorted(at for at in with_tax if _tax("amount", self._headers[at]) > 0)[:1]:
                self._take(at, "gross", "name")
        if "account" in self._targets and "name" not in self._targets:
            for at in sorted(at for at in self._left if names[at] in _CLIENT)[:1]:
                self._take(at, "account", "name")

    def _names(self, target: str) -> Mapping[str, int]:
        return names_by_rank(target, in_lists=self._kind == "accounts")

    def _is_key(self, target: str, at: int) -> bool:
        """Whether a column holds keys of rows, which are worse codes than any others."""
        return target == "account" and at in self._keys

    def _abroad(self, target: str, at: int) -> int:
        """Place an amount in the currency of the workbook before one in that of the document."""
        if target not in MONEY:
            return 0
        header = self._headers[at]
        side, named = side_of(header), header_currencies(header)
        if named and self._currency:
            return -1 if named & self._currency else 2
        return {"company": -1, "": 0, "document": 1}[side]

    def by_likeness(self) -> None:
        """Match what is left with names that differ by slips of the pen; not in a row of data."""
        if not self.found:
            return
        for target in list(self._targets):
            names = {at: loose(self._headers[at]) for at in self._left}
            at = _most_alike(self._names(target), names)
            if at is not None:
                self._take(at, target, "likeness")

    def _take(self, position: int, target: str, how: How) -> None:
        self._left.discard(position)
        if target in self._targets:
            if target not in self._many:
                self._targets.remove(target)
        elif target == IGNORE or not is_own(target) or self._kind != "accounts":
            return
        self.found.append(Match(self._headers[position], position, target, how))


def _tax(target: str, header: str) -> int:
    """Place an amount without tax before one of which it is not said, and that before one with tax."""
    if target != "amount":
        return 0
    words = set(re.findall(r"\w+", fold(f"{loose(header)} {header}")))
    return -1 if words & _WITHOUT_TAX else 1 if words & _WITH_TAX else 0


def _most_alike(names_known: Mapping[str, int], names: Mapping[int, str]) -> int | None:
    """Place of the column whose name differs from one that is known by slips of the pen only."""
    scored = [
        (slips, at)
        for at, name in names.items()
        if len(name) >= _SHORTEST
        for known in names_known
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
