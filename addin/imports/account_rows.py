"""The rows of a list of accounts: what each holds, under which code, and why some are set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from addin.imports.account_codes import TELLING_APART, full_names, named_codes
from addin.imports.account_columns import AccountFile
from addin.imports.account_money import OtherCurrency
from addin.imports.account_status import Read, StatusColumns
from addin.imports.facts import code_fault, code_text, is_nothing, is_total
from addin.imports.files.numbers import EMPTY
from addin.imports.group_labels import CLIENT, SUPPLIER
from addin.imports.printed_totals import AccountTotals
from addin.imports.report import phrase
from addin.imports.rules import Rules
from addin.workbook.port import Cell
from scoring.text import fold

__all__ = ["AccountRows", "read_rows"]

_SHARE: Final = re.compile(r"-?[\d.,\s\u00a0\u202f]+%")
_TOTAL_OF: Final = re.compile(r"(?:sous-|sub)?tota(?:l|ux|ls) (?:(?:for|of|de|des|du|pour) )?")
_SHARES: Final = frozenset(
    {
        "%",
        "pourcentage",
        "pourcentages",
        "percentage",
        "percentages",
        "percent",
        "en %",
        "repartition",
        "part",
    }
)
"""What heads a line of shares below one of totals, folded."""
_MOST_NAMED: Final = 8


@dataclass
class AccountRows:
    """Rows of a list of accounts; lists with one entry a row.

    Attributes
    ----------
    lines
        Their lines.
    codes
        Their codes, empty where they are set aside.
    columns
        Their cells by field.
    reasons, details
        Why they are set aside, empty for those that are used, and what the sentence names.
    names
        Their names, where they stand in for codes.
    """

    lines: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    columns: dict[str, list[Cell]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    details: list[Mapping[str, object]] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


@dataclass
class _Raw:
    """Cells as they are read."""

    lines: list[int] = field(default_factory=list)
    codes: list[Any] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    columns: dict[str, list[Cell]] = field(default_factory=dict)
    amounts: dict[int, list[float | None]] = field(default_factory=dict)
    words: list[dict[int, Cell]] = field(default_factory=list)
    is_share: list[bool] = field(default_factory=list)
    has_suppliers: bool = False

    def is_empty(self, row: int) -> bool:
        """Whether nothing but a code stands in a row."""
        cells = [column[row] for column in self.columns.values()]
        amounts = [column[row] for column in self.amounts.values()]
        return all(cell is None for cell in (*cells, *amounts, *self.words[row].values()))


def read_rows(one: AccountFile, rules: Rules, progress: Callable[[int], None]) -> AccountRows:
    """Read the rows of a file of accounts.

    Raises
    ------
    Refusal
        If they are more than a sheet holds, or if it cannot be told how their numbers or dates are written.
    """
    money = OtherCurrency(one.found, rules.currency, is_fresh=rules.is_fresh)
    raw = _raw(one, money, progress)
    by_name = one.found.position("account") is None
    statuses = StatusColumns(one.found, rules.language, rules.words)
    read = statuses.read(raw.words)
    texts = _without_noughts([code_text(cell) for cell in raw.codes])
    raw.has_suppliers = bool(raw.amounts) and any(CLIENT.fullmatch(text) for text in texts)
    rows = AccountRows(raw.lines, columns=raw.columns)
    for row, text in enumerate(texts):
        reason, details = _reason(one, raw, read[row], row, text)
        rows.reasons.append(reason)
        rows.details.append(details)
    is_used = [not reason for reason in rows.reasons]
    if by_name:
        rows.names = dict(enumerate(texts))
        texts = full_names(raw.codes, is_used)
    else:
        names = raw.columns.get("name", [None] * len(texts))
        rows.names = {
            row: str(names[row]) for row in range(len(texts)) if is_used[row] and _lacks_code(texts[row])
        }
        texts = [rows.names.get(row, text) for row, text in enumerate(texts)]
    rows.codes = _told_apart(texts, rows, sorted(rows.names))
    if one.found.has("status"):
        rows.columns["status"] = [reading.status for reading in read]
    lines = [line if used else 0 for line, used in zip(raw.lines, is_used, strict=True)]
    rows.columns |= one.aged.fill(rows.columns, raw.amounts, lines)
    totals = AccountTotals(rows.columns, raw.amounts, raw.lines)
    is_total = [reason == "totals_line" for reason in rows.reasons]
    one.report.guesses += totals.differences(is_total, is_used, _starts(raw, rows.columns, is_total))
    one.report.guesses += [
        *money.leave_out(rows.columns, raw.words, is_used),
        *one.aged.said(),
        *statuses.said(),
    ]
    _say_named(one, rows, by_name=by_name)
    return rows


def _raw(one: AccountFile, currencies: OtherCurrency, progress: Callable[[int], None]) -> _Raw:
    raw = _Raw()
    word_places = [match.position for key in ("status", "currency") for match in one.found.all_of(key)]
    money_places = [*one.aged.positions, *(one.at[key] for key in one.numbers)]
    for chunk in one.chunks(progress):
        lines = chunk.lines.tolist()
        one.report.begin(chunk)
        currencies.observe(chunk)
        raw.lines += lines
        for key, at in one.at.items():
            if key != "account":
                raw.columns.setdefault(key, []).extend(one.cells(key, chunk.columns[at], lines))
        for at, amounts in one.aged_amounts(chunk).items():
            raw.amounts.setdefault(at, []).extend(amounts)
        raw.codes += chunk.columns[one.at["account"]].cells().tolist()
        raw.heads += [code_text(cell) for cell in chunk.columns[0].cells().tolist()]
        words = {at: chunk.columns[at].cells().tolist() for at in word_places}
        raw.words += [{at: _filled(cells[row]) for at, cells in words.items()} for row in range(chunk.n_rows)]
        money = [chunk.columns[at].cells().tolist() for at in money_places]
        raw.is_share += [_is_share([cells[row] for cells in money]) for row in range(chunk.n_rows)]
    return raw


def _filled(cell: Cell) -> Cell:
    return None if isinstance(cell, str) and not cell.strip() else cell


def _is_share(cells: Sequence[Cell]) -> bool:
    """Whether all amounts of a row are shares: 49 % is no amount."""
    filled = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    return bool(filled) and all(_SHARE.fullmatch(cell.strip()) for cell in filled)


def _lacks_code(text: str) -> bool:
    return not text or text.casefold() in EMPTY or is_nothing(text)


def _without_noughts(texts: Sequence[str]) -> list[str]:
    """Return codes, those empty that are 0 on several rows: Zoho writes it where there is none."""
    is_nothing_said = texts.count("0") > 1
    return ["" if is_nothing_said and text == "0" else text for text in texts]


def _reason(one: AccountFile, raw: _Raw, read: Read, row: int, text: str) -> tuple[str, Mapping[str, object]]:
    """Return why a row is set aside, empty if it is used, and what the sentence names."""
    name = raw.columns["name"][row] if "name" in raw.columns else None
    heads = [raw.heads[row], text, str(name or "")]
    if (raw.amounts and raw.is_share[row]) or any(fold(head) in _SHARES for head in heads):
        return "shares_line", {}
    if _lacks_code(text):
        if any(is_total(head) for head in heads):
            return "totals_line", {}
        if raw.is_empty(row):
            return "further_line" if one.found.position("account") is not None else "no_account", {}
        if name is None:
            return "no_account", {}
        if _is_alone(raw, row):
            return "text_alone", {"value": str(name)[:40]}
        fault = code_fault(str(name))
    else:
        fault = code_fault(text) or _total_of(raw, row, text)
        if not fault and " " in text and raw.is_empty(row):
            fault = "code_alone"
        if not fault and raw.amounts and one.found.position("account") is None and _is_alone(raw, row):
            fault = "text_alone"
        if not fault and raw.has_suppliers and SUPPLIER.fullmatch(text):
            fault = "supplier"
    if fault:
        return fault, {"value": text[:40]}
    if read.left_by is not None:
        header, word = read.left_by
        return "no_client", {"header": header, "value": word}
    return "", {}


def _is_alone(raw: _Raw, row: int) -> bool:
    """Whether a row holds nothing but a name: a line of text below the list, as reports have them."""
    others = [cells[row] for key, cells in raw.columns.items() if key != "name"]
    amounts = [cells[row] for cells in raw.amounts.values()]
    return all(cell is None for cell in (*others, *amounts, *raw.words[row].values()))


def _total_of(raw: _Raw, row: int, text: str) -> str:
    """Whether a row sums up those of the account above: "Total ALPHA" below ALPHA."""
    rest = _TOTAL_OF.sub("", fold(text), count=1)
    if not raw.amounts or rest == fold(text):
        return ""
    names = [raw.codes[:row], raw.columns.get("name", [])[:row]]
    return "totals_line" if any(fold(code_text(cell)) == rest for cells in names for cell in cells) else ""


def _starts(raw: _Raw, columns: Mapping[str, Sequence[Cell]], is_total: Sequence[bool]) -> dict[int, int]:
    """Return the row at which a total begins that names an account above, by the row of the total."""
    found = {}
    names = columns.get("name", [None] * len(raw.codes))
    seen: dict[str, int] = {}
    for row, (code, name) in enumerate(zip(raw.codes, names, strict=True)):
        texts = [fold(code_text(code)), fold(code_text(name))]
        if not is_total[row]:
            seen |= {text: row for text in texts if text}
            continue
        rest = next((rest for text in texts if (rest := _TOTAL_OF.sub("", text)) != text), "")
        if rest in seen:
            found[row] = seen[rest]
    return found


def _told_apart(texts: Sequence[str], rows: AccountRows, named: Sequence[int]) -> list[str]:
    """Return the codes of rows, those that are names told apart where companies of one name are several."""
    used = [row for row in named if not rows.reasons[row]]
    known: list[dict[str, str]] = [
        {
            name: " ".join(str(cell).split())
            for name in TELLING_APART
            if name in rows.columns and (cell := rows.columns[name][row]) is not None
        }
        for row in used
    ]
    codes = list(texts)
    for row, code in zip(used, named_codes([texts[row] for row in used], known), strict=True):
        codes[row] = code
    return codes


def _say_named(one: AccountFile, rows: AccountRows, *, by_name: bool) -> None:
    named = [row for row in rows.names if not rows.reasons[row]]
    if named and not by_name:
        shown = [rows.codes[row] for row in named[:_MOST_NAMED]]
        line = str(rows.lines[named[0]])
        one.report.guesses.append(phrase("guess", "named", count=len(named), line=line, names=shown))
    parted = sorted({rows.codes[row] for row in named if rows.codes[row] != rows.names[row]})
    same = [code for code in parted if ":" not in code]
    if same:
        one.report.guesses.append(phrase("guess", "same_names", count=len(same), codes=same[:_MOST_NAMED]))
