"""Conditions as people type them, such as ``Share of wallet < 50%; Loss risk = high``: the words of gates."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from addin.catalogue import LANGUAGES, Catalogue, Phrase, catalogue, word_key
from addin.uses.accounts import scored_accounts
from addin.views.scored import Scored
from addin.workbook.account_cells import read_column
from addin.workbook.definitions import Holds
from addin.workbook.located_tables import Layout
from addin.workbook.model_cells import gate_value
from addin.workbook.tables import ACCOUNTS
from addin.workbook.typed_cells import Unreadable
from scoring.columns import Accounts
from scoring.gates import without_order
from scoring.model import PRESENCE, Gate
from scoring.portfolio import duplicates
from scoring.read_classes import comparison_faults
from scoring.terms import FIELDS, NUMERIC, Kind
from scoring.text import fold
from scoring.uses.steering import share_of_wallet

__all__ = ["SHARE_OF_WALLET", "AccountColumns", "Misread", "read_conditions"]

SHARE_OF_WALLET: Final = "share_of_wallet"
"""Turnover as a share of the potential: a column that no sheet has, and that conditions may look at."""
_SIGN: Final = re.compile("<=|>=|<>|≤|≥|≠|<|>|=")
_PLAIN: Final = {"≤": "<=", "≥": ">=", "≠": "<>"}
_BEST: Final = 0
"""A condition caps no class; as a gate it would leave all of them."""
_AS_TYPED: Final = "as typed"


class Misread(Exception):  # noqa: N818 - what somebody typed, and no fault of the program
    """A condition that cannot be read.

    Attributes
    ----------
    text
        The condition.
    why
        Why.
    """

    def __init__(self, text: str, key: str, **details: object) -> None:
        super().__init__(text)
        self.text = text
        self.why = Phrase("faults", ("said", key), details)


def read_conditions(text: str, layout: Layout) -> tuple[Gate, ...]:
    """Read conditions, ``;`` between; each keeps what was typed as its reason.

    Raises
    ------
    Misread
        If one of them cannot be read.
    """
    parts = [part.strip() for part in text.split(";")]
    return tuple(_read(part, layout) for part in parts if part)


def _read(text: str, layout: Layout) -> Gate:
    for sign in _SIGN.finditer(text):
        column = _column(text[: sign.start()], layout)
        if column is not None:
            condition = _PLAIN.get(sign[0], sign[0])
            return _compared(text, column, condition, text[sign.end() :].strip(), layout.language)
    header, _, word = text.rpartition(" ")
    condition_of_word = word_key("condition", word, layout.language)
    if condition_of_word in PRESENCE:
        column = _column(header, layout)
        if column is None:
            raise Misread(text, "no_column", header=header.strip())
        return Gate(column, condition_of_word, None, _BEST, text)
    first = _SIGN.search(text)
    if first is None:
        raise Misread(text, "no_sign")
    raise Misread(text, "no_column", header=text[: first.start()].strip())


def _column(header: str, layout: Layout) -> str | None:
    if not header.strip():
        return None
    if fold(header) in _names_of_share():
        return SHARE_OF_WALLET
    return layout.account_column(header)


@functools.cache
def _names_of_share() -> set[str]:
    return {fold(catalogue(one).header("callindex", SHARE_OF_WALLET)) for one in LANGUAGES}


def _compared(text: str, column: str, condition: str, typed: str, language: str) -> Gate:
    if not typed:
        raise Misread(text, "no_value")
    value = gate_value(typed, column, language)
    if isinstance(value, Unreadable):
        raise Misread(text, "wrong_kind", value=typed)
    if column == SHARE_OF_WALLET and not isinstance(value, float):
        raise Misread(text, "wrong_kind", value=typed)
    cells = {"column": column, "condition": condition, "value": value}
    for fault in comparison_faults(0, cells):
        key = "no_order" if fault.field == "condition" or "order" in fault.what else "wrong_kind"
        raise Misread(text, key, value=typed)
    _check_word(text, column, typed, language)
    return Gate(column, condition, value, _BEST, text)


def _check_word(text: str, column: str, typed: str, language: str) -> None:
    """Refuse a word that its column can never hold."""
    if column in FIELDS and FIELDS[column].kind is Kind.WORD:
        words = ACCOUNTS[column].words
        if words and word_key(words, typed, language) is None:
            raise Misread(text, "no_word", value=typed, words=list(catalogue(language).words(words).values()))


class AccountColumns:
    """The columns of the scored accounts, those that scoring did not read too.

    Parameters
    ----------
    scored
        The scored workbook.
    """

    def __init__(self, scored: Scored) -> None:
        self.table = scored_accounts(scored)
        self._scored = scored
        once = ~duplicates(scored.intake.portfolio.accounts["account"])
        self.table["label"] = scored.cells["label"][once]
        self.table["core"] = self.table["core"].map({True: "yes", False: "no"})
        self.table[SHARE_OF_WALLET] = share_of_wallet(self.table)
        self._once = once
        self._read: dict[str, pd.Series] = {}
        self._shown: dict[str, Sequence[str]] = {}
        self._accounts = Accounts(self.table)

    def __call__(self, column: str) -> pd.Series:
        """Values of a column, under the index of the accounts."""
        if column in self.table:
            return self.table[column]
        if column in ("trend", "state"):
            return self._accounts.series(column)
        if column not in self._read:
            self._read[column] = self._from_sheets(column)
        return self._read[column]

    def words_for_numbers(self, gate: Gate) -> str | None:
        """Return a word of a column of words that a condition asks for more or less of, None for none."""
        values = self(gate.column)
        known = values[values.notna() & values.ne("")]
        words = without_order(gate, known)
        return str(known.iat[words[0]]) if len(words) and len(words) == len(known) else None

    def _from_sheets(self, column: str) -> pd.Series:
        portfolio = self._scored.intake.portfolio
        cells = [located.cells(column) for located in portfolio.tables]
        typed = [
            cells[table][row]
            for table, row in zip(portfolio.table_of.tolist(), portfolio.row_of.tolist(), strict=True)
        ]
        kind = None if column in FIELDS and FIELDS[column].kind is not Kind.TEXT else _AS_TYPED
        values, _ = read_column(column, typed, kind, self._scored.words.language)
        return pd.Series(values)[self._once].reset_index(drop=True)

    def shown(self, column: str, words: Catalogue) -> Sequence[str]:
        """Return the values of a column as a person reads them, one entry an account, empty for none."""
        if column not in self._shown:
            codes, values = pd.factorize(self(column).astype(object))
            said = [_said(column, value, words) for value in values]
            self._shown[column] = [*map([*said, ""].__getitem__, codes.tolist())]  # code -1 is the last one
        return self._shown[column]


def _said(column: str, value: Any, words: Catalogue) -> str:
    """Return a value of a column as a person reads it."""
    if isinstance(value, dt.date):
        return words.show(pd.Timestamp(value).date())
    if not isinstance(value, float | int):
        listed = words.words(ACCOUNTS[column].words) if column in FIELDS and ACCOUNTS[column].words else {}
        return str(listed.get(value, value))
    if column == SHARE_OF_WALLET or (column in FIELDS and _is_share(column)):
        return words.percent(float(value))
    if column in FIELDS and FIELDS[column].kind is Kind.MONEY:
        return words.money(float(value))
    return words.show(round(float(value), 1) if column in FIELDS else float(value))


def _is_share(column: str) -> bool:
    return FIELDS[column].kind in NUMERIC and ACCOUNTS[column].holds in (Holds.SHARE, Holds.TREND)
