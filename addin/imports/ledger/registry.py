"""The accounts of all ledgers of an import, and what their lines say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.facts import Facts, code_text, is_nothing
from addin.imports.files.chunks import Column

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
    texts: dict[str, list[tuple[Ints, Ints, npt.NDArray[np.object_]]]] = field(default_factory=dict)

    def number(self, code: str) -> int:
        """Return the number of an account."""
        key = self.facts.account(code)
        return self.numbers.setdefault(key, len(self.numbers))

    def keys(self) -> list[str]:
        """Return the key of each account by its number."""
        return list(self.numbers)

    def remember(self, name: str, column: Column, accounts: Ints, days: Ints, used: Bools) -> None:
        """Keep what the latest line of each account says in a column of texts."""
        codes, values = column.coded()
        order = np.argsort(np.array([str(value) for value in values], dtype=object), kind="stable")
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        rows = np.flatnonzero(used & _filled(values)[codes])
        # Of the lines of the latest day the last text by alphabet, whatever their order.
        latest = pd.Series(days[rows] * len(order) + ranks[codes[rows]]).groupby(accounts[rows]).max()
        marks = latest.to_numpy(np.int64)
        texts = np.array([values[order[rank]] for rank in (marks % len(order)).tolist()], dtype=object)
        said = self.texts.setdefault(name, [])
        said.append((latest.index.to_numpy(np.int64), marks // len(order), texts))

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
        accounts, days, texts = (np.concatenate(parts) for parts in zip(*self.texts[name], strict=True))
        frame = pd.DataFrame({"account": accounts, "day": days, "text": [str(text) for text in texts]})
        frame = frame.sort_values(["account", "day", "text"]).drop_duplicates("account", keep="last")
        return [
            (number, code_text(text)) for number, text in zip(frame["account"], frame["text"], strict=True)
        ]


def _filled(values: Sequence[Any]) -> Bools:
    """Whether each value says something; most are names, longer than whatever says nothing."""
    return np.array([_is_name(value) or not is_nothing(code_text(value)) for value in values], dtype=bool)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST and value[0].isalnum() and value[-1].isalnum()
