"""What is said of the words in the columns of a file: what counted, what was left out, what it weighs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.ledger.ledger_file import LedgerReader
from addin.imports.ledger.meanings import Word, WordColumn
from addin.imports.report import phrase
from addin.imports.row_words import Says

__all__ = ["say_words"]

_MOST: Final = 12
_LEFT: Final = frozenset({Says.LEFT_OUT, Says.ORDER})


def say_words(reader: LedgerReader) -> None:
    """Say in the report of a file what its words and its currencies made of its rows."""
    report, meanings = reader.report, reader.meanings
    notes: list[Phrase] = []
    for column in (*meanings.columns, *meanings.heads):
        used = [word for word in column.words.values() if word.n_rows]
        left = [word for word in used if word.says in _LEFT]
        if left and column.role != "currency":
            notes.append(_weighed("left_out", column, left))
        counted = [word for word in used if word.says in (Says.COUNTS, Says.PAID)]
        if counted and column.role == "invoice_status":
            notes.append(_weighed("counted", column, counted))
        report.guesses += _guesses(column, used)
    for number, (n_rows, units) in sorted(meanings.foreign.items()):
        name = meanings.currencies.names[number]
        report.foreign[name] = n_rows, units
        notes.append(phrase("words", "foreign", count=n_rows, amount=units / UNITS, currency=name))
    if meanings.of_totals:
        names = sorted(meanings.of_totals)
        report.guesses.append(phrase("words", "totals_in", currencies=names, own=reader.currency))
    report.notes[:0] = notes


def _guesses(column: WordColumn, used: Sequence[Word]) -> Iterator[Phrase]:
    """Yield what was decided of words without proof."""
    if column.role == "document":
        if any(word.says is Says.CREDIT_NOTE for word in used):
            yield phrase("ledger", "credit_notes")
        deposits = [word for word in used if word.says is Says.DEPOSIT]
        if deposits:
            yield _weighed("deposits", column, deposits)
    blank = [word for word in used if word.says is Says.BLANK]
    if blank and column.role in ("invoice_status", "currency") and len(used) > 1:
        amount = sum(word.units for word in blank) / UNITS
        details = {"header": column.match.header, "count": sum(word.n_rows for word in blank)}
        yield phrase("words", f"blank_{column.role}", amount=amount, **details)
    codes = [word for word in used if word.text.isdecimal() and word.says is not Says.UNKNOWN]
    if codes and column.role in ("document", "invoice_status"):
        shown = sorted(codes, key=lambda word: word.text)
        meant = [
            phrase("words", "code", code=word.text, says=phrase("says", word.says.name.lower()))
            for word in shown
        ]
        yield phrase("words", "codes", header=column.match.header, codes=meant)


def _weighed(key: str, column: WordColumn, words: Sequence[Word]) -> Phrase:
    shown = sorted(words, key=lambda word: (-abs(word.units), word.text))[:_MOST]
    said = [
        phrase("ask", "word", text=word.text, count=word.n_rows, amount=word.units / UNITS) for word in shown
    ]
    return phrase("words", key, header=column.match.header, words=said)
