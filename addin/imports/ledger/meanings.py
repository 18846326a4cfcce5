"""What the rows of a file mean, by the columns that say so: status, kind, currency, side, journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from addin.imports.amount_signs import OWN, Currencies
from addin.imports.by_words import TELLING
from addin.imports.facts import code_text
from addin.imports.files.chunks import Column
from addin.imports.header_rows import Recognised
from addin.imports.headers import Match
from addin.imports.ledger.first_words import ASKS, first_words
from addin.imports.row_words import Says, is_flag, meaning, unproven_codes
from addin.imports.rules import Rules, word_mark
from scoring.text import fold

__all__ = ["Meanings", "RowMeanings", "Word"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

Role = Literal["document", "invoice_status", "currency", "side", "journal"]
_WORDED: Final[tuple[Role, ...]] = ("document", "invoice_status", "currency", "side", "journal")
_KINDS: Final = (Says.CREDIT_NOTE, Says.PAYMENT, Says.RETURNED, Says.OPENING, Says.OTHER)


@dataclass
class Word:
    """A word of a column.

    Attributes
    ----------
    text
        As it is written for the first time.
    says
        What it makes of its rows.
    number
        Its place among the words of its column.
    n_rows, units
        How many rows have it, and their amounts in parts of the currency unit.
    n_used
        How many of these rows are used.
    """

    text: str
    says: Says
    number: int
    n_rows: int = 0
    units: int = 0
    n_used: int = 0


@dataclass
class WordColumn:
    """A column whose words say what rows mean."""

    match: Match
    role: Role
    words: dict[str, Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meanings:
    """What rows mean; arrays of shape (n_rows,).

    Attributes
    ----------
    kind
        Kind of document: ``COUNTS``, or what else it is.
    left_by
        Place of the column that leaves the row out, -1 for none.
    currency
        Number of the currency, ``OWN`` for that of the workbook.
    side, journal
        What these columns say; None where there is none.
    journal_word
        Number of the word in the column of journals.
    says_invoice, says_paid
        1 where a column says that the row is an invoice, or that all of it is paid, else 0.
    words
        By place of a column, the code of each row and the word of each code.
    """

    kind: Ints
    left_by: Ints
    currency: Ints
    side: Ints | None
    journal: Ints | None
    journal_word: Ints | None
    says_invoice: Ints
    says_paid: Ints
    words: Mapping[int, tuple[Ints, list[Word]]]

    @property
    def foreign(self) -> Bools:
        """Which rows are in another currency."""
        found: Bools = self.currency != OWN
        return found

    def signed(self, units: Ints, *, sides: bool) -> Ints:
        """Return amounts with the sign of what they do: credit notes take off, whatever theirs is."""
        if self.side is not None:
            return np.where(self.side == Says.CREDIT, -units, units)
        if sides:
            return units
        taken_off = (self.kind == Says.CREDIT_NOTE) | (self.kind == Says.PAYMENT)
        return np.where(taken_off, -np.abs(units), units)


class RowMeanings:
    """Tells what the rows of a file mean.

    Parameters
    ----------
    found
        The file.
    rules
        The choices of the workbook.
    orders
        Whether orders count as sales.

    Attributes
    ----------
    columns
        The columns that say so.
    heads
        Numbers and labels, whose first words say it where no column does.
    currencies
        The currencies of the file.
    foreign
        Number of rows and their amounts, by the number of another currency.
    n_own
        Number of rows in the currency of the workbook.
    of_totals
        Other currencies of which only lines of totals have the sign.
    """

    def __init__(self, found: Recognised, rules: Rules, *, orders: bool = False) -> None:
        self.currencies = Currencies(rules.currency)
        of_company = self.currencies.of_company(found)
        self.columns = [
            WordColumn(match, role)
            for role in _WORDED
            for match in found.all_of(role)
            if not (role == "currency" and of_company)
        ]
        self.heads = [
            WordColumn(match, "document")
            for target in ASKS
            for match in found.all_of(target)
            if not found.has("document", "side", "debit", "credit")
        ]
        self.foreign: dict[int, list[int]] = {}
        self.n_own = 0
        self.of_totals: set[str] = set()
        self._headers = found.headers
        self._told = rules.words
        self._orders = orders
        self._by_header = self.currencies.of_header(found)

    @property
    def positions(self) -> list[int]:
        """Places of the columns."""
        return [column.match.position for column in self.columns]

    def columns_of(self, role: Role) -> list[WordColumn]:
        """Return the columns of one kind."""
        return [column for column in self.columns if column.role == role]

    def of(self, columns: Mapping[int, Column], amounts: list[Column], n_rows: int) -> Meanings:
        """Return what rows mean.

        Parameters
        ----------
        columns
            Columns of a chunk by place.
        amounts
            Those of the amounts, in which a currency may stand.
        n_rows
            Number of rows.
        """
        kind = np.full(n_rows, int(Says.COUNTS))
        left_by = np.full(n_rows, -1)
        currency = np.full(n_rows, self._by_header)
        says_invoice, says_paid = np.zeros((2, n_rows), dtype=np.int64)
        others: dict[str, Ints] = {}
        words: dict[int, tuple[Ints, list[Word]]] = {}
        for column in self.columns:
            at = column.match.position
            codes, values = columns[at].coded()
            known = [self._word(column, value) for value in values]
            words[at] = codes, known
            says = np.array([int(word.says) for word in known], dtype=np.int64)[codes]
            left_by[(says == Says.LEFT_OUT) & (left_by == -1)] = at
            if column.role == "document":
                is_kind = np.isin(says, _KINDS) & (kind == Says.COUNTS)
                kind[is_kind] = says[is_kind]
                says_invoice[(says == Says.COUNTS) | (says == Says.DEPOSIT)] = 1
                if not self._orders:
                    left_by[(says == Says.ORDER) & (left_by == -1)] = at
            elif column.role == "currency":
                numbers = np.array([self._currency(word) for word in known], dtype=np.int64)[codes]
                currency = np.where(currency == OWN, numbers, currency)
                left_by[left_by == at] = -1
            elif column.role == "invoice_status":
                says_paid[says == Says.PAID] = 1
            else:
                others[column.role] = says
                others[f"{column.role}_word"] = np.array([word.number for word in known], dtype=np.int64)[
                    codes
                ]
        for column in self.heads:
            at = column.match.position
            found = first_words(columns[at], column.match.target)
            if found is not None:
                codes, values = found
                known = [self._word(column, value) for value in values]
                words[-1 - at] = codes, known
                says = np.array([int(word.says) for word in known], dtype=np.int64)[codes]
                left_by[(says == Says.LEFT_OUT) & (left_by == -1)] = at
                is_credit = (says == Says.CREDIT_NOTE) & (kind == Says.COUNTS)
                kind[is_credit] = says[is_credit]
        for amount in amounts:
            signs = self.currencies.of_cells(amount, n_rows)
            if signs is not None:
                currency = np.where(currency == OWN, signs, currency)
        side, journal, journal_word = (others.get(key) for key in ("side", "journal", "journal_word"))
        return Meanings(kind, left_by, currency, side, journal, journal_word, says_invoice, says_paid, words)

    def set_totals_apart(self, meanings: Meanings, is_row: Bools) -> None:
        """Take no line of totals for a row in another currency, and note the sign that it has."""
        marked = meanings.foreign & ~is_row
        if marked.any():
            self.of_totals |= {
                self.currencies.names[number] for number in np.unique(meanings.currency[marked])
            }
            meanings.currency[marked] = OWN

    def _word(self, column: WordColumn, value: Any) -> Word:
        text = str(value) if isinstance(value, bool | np.bool_) else code_text(value)
        key = fold(text)
        if key not in column.words:
            column.words[key] = Word(text[:60], self._says(column, text), len(column.words))
        return column.words[key]

    def _says(self, column: WordColumn, text: str) -> Says:
        answer = self._told.get(word_mark(f"{column.match.header}:{text}"), "").upper()
        if answer in Says.__members__:
            return Says[answer]
        if column in self.heads:
            asks = fold(text) in ASKS[column.match.target]
            return Says.UNKNOWN if asks else Says.COUNTS
        said = meaning(column.role, column.match.header, text)
        if column.match.how == "words" and said is Says.PAID:
            return Says.COUNTS  # nobody said that the column speaks of payments
        if column.role != "currency" or said is Says.BLANK:
            return said
        number = self.currencies.of_text(text)
        return Says.UNKNOWN if number is None else Says.COUNTS if number == OWN else Says.LEFT_OUT

    def _currency(self, word: Word) -> int:
        if word.says is not Says.LEFT_OUT:
            return OWN
        number = self.currencies.of_text(word.text)
        if number is None:  # a person said that it is left out
            number = self.currencies.named(word.text)
        return number

    def count(self, meanings: Meanings, units: Ints, counted: Bools) -> None:
        """Count the rows and amounts of each word and each other currency.

        Parameters
        ----------
        meanings
            What the rows mean.
        units
            Their amounts.
        counted
            Which rows are rows of an account at all.
        """
        own = counted & ~meanings.foreign
        self.n_own += int(own.sum())
        for codes, words in meanings.words.values():
            n_rows = np.bincount(codes[counted], minlength=len(words))
            sums = np.zeros(len(words), dtype=np.int64)
            np.add.at(sums, codes[own], units[own])
            for word, n, total in zip(words, n_rows.tolist(), sums.tolist(), strict=True):
                word.n_rows += n
                word.units += total
        for number in np.unique(meanings.currency[meanings.foreign]).tolist():
            rows = meanings.currency == number
            sums_of = self.foreign.setdefault(number, [0, 0])
            sums_of[0] += int(rows.sum())
            sums_of[1] += int(units[rows].sum())

    def count_used(self, meanings: Meanings, used: Bools) -> None:
        """Count the rows of each word that are used."""
        for codes, words in meanings.words.values():
            for word, n in zip(words, np.bincount(codes[used], minlength=len(words)).tolist(), strict=True):
                word.n_used += n

    def untold(self) -> Iterator[tuple[WordColumn, list[Word]]]:
        """Yield the columns that only their words tell, with the words that would change what counts."""
        for column in self.columns:
            if column.match.how == "words" and column.role != "currency":
                used = [word for word in column.words.values() if word.n_rows]
                if column.role != "side":
                    used = [word for word in used if word.says in TELLING]
                if used:
                    yield column, used

    def unknown(self) -> Iterator[tuple[WordColumn, list[Word]]]:
        """Yield the columns with words whose meaning is not known, on rows that would be used."""
        for column in self.heads:
            seen = [word for word in column.words.values() if word.n_rows]
            # What all documents begin with says nothing of any; a credit note below zero is known as one.
            asked = [word for word in seen if word.says is Says.UNKNOWN and word.n_used and word.units > 0]
            if asked and (len(seen) > 1 or sum(word.n_rows for word in seen) < self.n_own):
                yield column, asked
        for column in self.columns:
            if column.role == "journal":
                continue  # asked where nothing else tells what a row is
            used = [word for word in column.words.values() if word.n_used]
            texts = [word.text for word in used if word.says is not Says.BLANK]
            texts += [word.text for word in column.words.values() if word.n_rows and word not in used]
            flagged = is_flag(column.match.header)
            unproven = not flagged and unproven_codes(column.role, texts, self._headers)
            found = [
                word
                for word in used
                if word.says is Says.UNKNOWN
                or (unproven and word.says is not Says.BLANK and not self._is_told(column, word))
            ]
            if column.role == "side":  # the sums of an account lack what has none
                blank = (word for word in column.words.values() if word.says is Says.BLANK)
                found += [word for word in blank if word.units and not self._is_told(column, word)]
            if found:
                yield column, found

    def _is_told(self, column: WordColumn, word: Word) -> bool:
        return word_mark(f"{column.match.header}:{word.text}") in self._told
