"""What cannot be told of invoices and statements is asked: one refusal that says how to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.header_rows import Recognised
from addin.imports.ledger.meanings import RowMeanings, Word
from addin.imports.report import phrase
from addin.imports.row_words import Says, meaning
from addin.refusals import Refusal

__all__ = [
    "ask_balance",
    "ask_dates",
    "ask_movements",
    "ask_payments",
    "ask_repeated",
    "ask_unknown_words",
    "ask_untold_columns",
    "ask_words",
]

_MOST: Final = 10
_FEW: Final = 3
_ANSWERS: Final = {
    "document": ("counts", "left_out", "credit_note", "payment"),
    "invoice_status": ("counts", "left_out"),
    "currency": ("counts", "left_out"),
    "side": ("debit", "credit"),
    "journal": ("counts", "payment", "left_out"),
}
"""What a word in a column can mean, the first as an example."""


def ask_unknown_words(file: str, meanings: RowMeanings) -> None:
    """Refuse words of which it is not known what they mean.

    Raises
    ------
    Refusal
        If there are any.
    """
    for column, words in meanings.unknown():
        raise ask_words(file, column.role, column.match.header, words)


def ask_untold_columns(file: str, meanings: RowMeanings) -> None:
    """Refuse columns whose words would change what counts, though nothing else says that they are meant so.

    Raises
    ------
    Refusal
        If there are any.
    """
    for column, words in meanings.untold():
        header = column.match.header
        shown = sorted(words, key=lambda word: (-abs(word.units), word.text))[:_MOST]
        raise Refusal(
            "import_column_by_words",
            file=file,
            header=header,
            words=[_weighed(word) for word in shown],
            field=Phrase("fields", ("roles", column.role)),
            take=_map(header, "roles", column.role),
            leave=_map(header, "roles", "ignore"),
        )


def ask_words(file: str, role: str, header: str, words: Sequence[Word]) -> Refusal:
    """Return the question what words in a column mean."""
    shown = sorted(words, key=lambda word: (-abs(word.units), word.text))[:_MOST]
    likely = [_likely(role, word) for word in shown]
    example, others = likely[0], [answer for answer in _ANSWERS[role] if answer != likely[0]]
    return Refusal(
        "import_unknown_words",
        file=file,
        header=header,
        words=[_weighed(word) for word in shown],
        more=phrase("ask", "more", count=len(words) - len(shown)) if len(words) > len(shown) else "",
        maps=[
            _map(f"{header}:{word.text}", "words", "row_answer", answer)
            for word, answer in zip(shown, likely, strict=True)
        ],
        answers=[Phrase("fields", ("words", "row_answer", answer)) for answer in others],
        example=Phrase("fields", ("words", "row_answer", example)),
        first=f"{header}:{shown[0].text}",
        leave=_map(header, "roles", "ignore"),
    )


def _likely(role: str, word: Word) -> str:
    """Return the answer that is shown as an example: for AV0012 that it is a credit note."""
    said = meaning(role, "", word.text) if role == "document" else Says.UNKNOWN
    if said is Says.CREDIT_NOTE:
        return "credit_note"
    return "left_out" if said in (Says.ORDER, Says.LEFT_OUT) else _ANSWERS[role][0]


def ask_repeated(file: str, header: str, lines: Sequence[int]) -> Refusal:
    """Return the question whether amounts of invoices on several rows are totals or lines."""
    return Refusal(
        "import_repeated_amounts",
        file=file,
        header=header,
        lines=[str(line) for line in lines[:_MOST]],
        total=_map(header, "roles", "invoice_total"),
        line=_map(header, "roles", "line_amount"),
    )


def ask_movements(found: Recognised, header: str) -> Refusal:
    """Return the question which columns are the debits and credits that a running balance adds up."""
    free = [name for at, name in found.left if _holds_numbers(found, at)]
    maps = [_map(name, "roles", role) for name, role in zip(free[-2:], ("debit", "credit"), strict=False)]
    details = {"file": found.path.name, "header": header, "headers": free}
    return Refusal("import_balance_alone", maps=maps, leave=_map(header, "roles", "ignore"), **details)


def ask_dates(found: Recognised, undated: Sequence[str]) -> Refusal:
    """Return the refusal of a list of which most dates cannot be read: its figures would lack most rows."""
    header = next(match.header for match in found.matches if match.target == "date")
    shown = list(dict.fromkeys(undated))[:_FEW]
    return Refusal(
        "import_dates_unread", file=found.path.name, header=header, count=len(undated), values=shown
    )


def ask_payments(found: Recognised, lines: Sequence[int]) -> Refusal:
    """Return the question whether rows with a payment and no invoice are the credits of a statement."""
    amount = next(
        match.header for match in found.matches if match.target in ("amount", "invoice_total", "line_amount")
    )
    paid = next(match.header for match in found.matches if match.target == "paid_amount")
    return Refusal(
        "import_payments_alone",
        file=found.path.name,
        header=amount,
        paid=paid,
        count=len(lines),
        lines=[str(line) for line in lines[:_MOST]],
        maps=[_map(amount, "roles", "debit"), _map(paid, "roles", "credit")],
        leave=_map(paid, "roles", "ignore"),
    )


def _holds_numbers(found: Recognised, at: int) -> bool:
    """Whether the first cells of a column hold figures and no letters."""
    cells = [row[at] for row in found.source.head if at < len(row)][1:]
    return any(cell.strip() for cell in cells) and not any(sign.isalpha() for sign in "".join(cells))


def ask_balance(file: str, header: str) -> Refusal:
    """Return the question whether balances run, or are what is open of each invoice."""
    return Refusal(
        "import_balance_unclear",
        file=file,
        header=header,
        running=_map(header, "roles", "balance"),
        open=_map(header, "roles", "outstanding"),
    )


def _weighed(word: Word) -> Phrase:
    return phrase(
        "ask", "word", text=word.text or phrase("ask", "empty"), count=word.n_rows, amount=word.units / UNITS
    )


def _map(source: str, *keys: str) -> Phrase:
    return phrase("ask", "map", source=source, target=Phrase("fields", keys))
