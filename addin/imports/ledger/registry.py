"""The accounts of all ledgers of an import, and what their lines say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from addin.imports.facts import Facts, code_text, is_nothing
from addin.imports.files.chunks import Column
from addin.imports.files.cut_cells import CutCells
from scoring.books.ledger import NEVER

__all__ = ["Registry"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_LONGEST: Final = 16
"""Signs that a text for nothing, such as ``#GETTING_DATA``, may have."""


@dataclass
class Registry:
    """Accounts of all ledgers by number, and what else their lines say of them."""

    facts: Facts
    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[int, set[str]] = field(default_factory=dict)
    texts: dict[str, _Latest] = field(default_factory=dict)

    def number(self, code: str) -> int:
        """Return the number of an account."""
        key = self.facts.account(code)
        return self.numbers.setdefault(key, len(self.numbers))

    def keys(self) -> list[str]:
        """Return the key of each account by its number."""
        return list(self.numbers)

    def remember(self, name: str, column: Column, accounts: Ints, days: Ints, used: Bools) -> None:
        """Keep what the latest line of each account says in a column of texts."""
        codes, values = column.different()
        rows = np.flatnonzero(used & _filled(values)[codes])
        self.texts.setdefault(name, _Latest()).add(accounts[rows], days[rows], codes[rows], values)

    def see_places(self, column: Column, accounts: Ints, used: Bools) -> None:
        """Note the postcodes of each account: of a name alone, several may be several companies."""
        codes, values = column.coded()
        rows = used & _filled(values)[codes]
        for account, code in np.unique(np.stack([accounts[rows], codes[rows]]), axis=1).T.tolist():
            self.places.setdefault(account, set()).add(code_text(values[code]))

    def several_places(self) -> list[tuple[str, list[str]]]:
        """Return the accounts that stand with several postcodes, each with these."""
        keys = self.keys()
        return sorted(
            (self.facts.codes[keys[number]], sorted(places))
            for number, places in self.places.items()
            if len(places) > 1 and keys[number] in self.facts.codes
        )

    def latest(self, name: str) -> list[tuple[int, str]]:
        """Return what the latest line of each account says in a column of texts, where it says something."""
        return [(number, code_text(text)) for number, text in self.texts[name].said()]


@dataclass
class _Latest:
    """What the lines of the latest day of each account say; of several texts the last by alphabet."""

    days: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    texts: npt.NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))

    def add(self, accounts: Ints, days: Ints, codes: Ints, values: Sequence[Any]) -> None:
        """Look at lines, each with the place of its text among some values."""
        more = max(0, int(accounts.max(initial=-1)) + 1 - len(self.days))
        self.days = np.pad(self.days, (0, more), constant_values=NEVER)
        self.texts = np.pad(self.texts, (0, more), constant_values="")
        latest = self.days.copy()
        np.maximum.at(latest, accounts, days)
        newer = latest > self.days
        self.days, self.texts[newer] = latest, ""
        rows = np.flatnonzero(days == latest[accounts])
        codes_of = np.full(len(latest), -1)
        codes_of[accounts[rows]] = codes[rows]
        plain = newer.copy()  # one text on the day
        plain[accounts[rows][codes_of[accounts[rows]] != codes[rows]]] = False
        self.texts[plain] = _texts(values, codes_of[plain])
        rows = rows[~plain[accounts[rows]]]
        for account, text in zip(accounts[rows].tolist(), _texts(values, codes[rows]), strict=True):
            self.texts[account] = max(self.texts[account], text)

    def said(self) -> Iterator[tuple[int, str]]:
        """Yield the accounts with their texts."""
        for account in np.flatnonzero(self.days != NEVER).tolist():
            yield account, self.texts[account]


def _filled(values: Sequence[Any]) -> Bools:
    """Whether each value says something; most are names, longer than whatever says nothing."""
    if not isinstance(values, CutCells):
        return np.array([_is_name(value) or not is_nothing(code_text(value)) for value in values], dtype=bool)
    filled = values.are_words(_LONGEST)
    rest = np.flatnonzero(~filled)
    filled[rest] = [not is_nothing(code_text(text)) for text in values.only(rest).texts]
    return filled


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST and value[0].isalnum() and value[-1].isalnum()


def _texts(values: Sequence[Any], places: Ints) -> list[str]:
    """Return the texts of values in some places."""
    if isinstance(values, CutCells):
        return values.only(places).texts
    return [str(values[place]) for place in places.tolist()]
