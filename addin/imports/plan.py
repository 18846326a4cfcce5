"""From what files say to what is written: known accounts compared cell by cell, new ones added below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from addin.account_tables import read_codes
from addin.book import Cell, Changes, ColumnFill, rows_below
from addin.catalogue import catalogue, word_key
from addin.imports.choices import Rules
from addin.imports.facts import Facts, account_key
from addin.layout import Layout, Located
from addin.values import read_date, read_number, read_text
from scoring.terms import FIELDS, NUMERIC, Kind
from scoring.text import fold

__all__ = ["FieldCount", "Merge", "merge"]

PRECEDENCE: Final = ("fec", "ledger", "visits", "accounts")
"""Of two kinds of file that give the same field, the first one counts: entries before what was typed."""
DESCRIBING: Final = ("name", "postcode", "rep", "sector", "company_no")
"""Fields in which what stands in the workbook is better than what entries and invoices say."""
_INVOICED: Final = ("fec", "ledger")
"""Kinds of file that hold turnover."""
_MONEY: Final = tuple(key for key, one in FIELDS.items() if one.kind is Kind.MONEY)


@dataclass
class FieldCount:
    """What an import did with a field: cells filled, replaced, kept by choice, and already so."""

    filled: int = 0
    replaced: int = 0
    kept: int = 0
    same: int = 0


@dataclass
class Merge:
    """What is written, and what is said of it.

    Attributes
    ----------
    changes
        Of the account tables.
    fields
        By field.
    missing
        Fields for which some sheet has no column.
    added, changed, unchanged
        Codes of accounts.
    twice
        Codes that stand in the workbook more than once: they are left.
    idle
        Codes of accounts that have nothing in the three periods, and are not added.
    unknown
        Codes of other accounts that are not in the workbook and are not added.
    promoted
        Codes of prospects and suspects that have turnover now.
    zero
        Codes of accounts whose turnover became 0, since the accounting does not mention them.
    absent
        Codes of clients that no file of turnover mentions.
    totals
        Sum of each amount before and after, over all accounts.
    """

    changes: Changes = field(default_factory=Changes)
    fields: dict[str, FieldCount] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    promoted: list[str] = field(default_factory=list)
    zero: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    totals: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an account stands: its code as written, table and row."""

    code: str
    table: int
    row: int


def merge(layout: Layout, facts: Mapping[str, Facts], rules: Rules) -> Merge:
    """Compare what files say with the account tables.

    Parameters
    ----------
    layout
        The workbook.
    facts
        By kind of file.
    rules
        The choices of the workbook.
    """
    spots, twice = _spots(layout)
    facts = {kind: _by_code(one, layout, spots) for kind, one in facts.items()}
    codes: dict[str, str] = {}
    for kind in reversed(PRECEDENCE):
        if kind in facts:
            codes |= facts[kind].codes
    new = sorted({key for one in facts.values() for key in one.added} - spots.keys() - twice)
    outside = codes.keys() - spots.keys() - twice - set(new)
    idle = {key for key in outside if any(key in facts[kind].codes for kind in _INVOICED if kind in facts)}
    result = Merge(
        added=[codes[key] for key in new],
        twice=sorted(codes[key] for key in codes if key in twice),
        idle=sorted(codes[key] for key in idle),
        unknown=sorted(codes[key] for key in outside - idle),
    )
    cells = _Cells(layout, rules)
    fields = _fields(facts)
    touched = _offer(fields, spots, cells, rules, result)
    if "fec" in facts:
        touched |= _set_to_zero(layout, facts["fec"], spots, cells, rules, result)
    added_cells: dict[str, list[Cell]] = {}
    for name, parts in fields.items():
        said = {key: value for _, values in parts for key, value in values.items()}  # no account is in two
        added_cells[name] = [said.get(key) for key in new]
    _add(layout, rules, result, added_cells)
    cells.write(result.changes)
    result.changed = sorted(codes.get(key, spots[key].code) for key in touched)
    result.unchanged = sorted(codes[key] for key in codes.keys() & spots.keys() - touched)
    _look(layout, facts, spots, codes, result)
    _add_up(layout, cells, added_cells, result)
    return result


def _offer(
    fields: Mapping[str, Sequence[tuple[str, Mapping[str, Cell]]]],
    spots: Mapping[str, Spot],
    cells: _Cells,
    rules: Rules,
    result: Merge,
) -> set[str]:
    """Offer the values of known accounts to their cells, and return the accounts that change."""
    touched = set()
    for name, parts in fields.items():
        count = result.fields.setdefault(name, FieldCount())
        for kind, values in parts:
            keep = (kind, name) in rules.keep or (kind != "accounts" and name in DESCRIBING)
            for key in values.keys() & spots.keys():
                outcome = cells.offer(spots[key], name, values[key], kind=kind, keep=keep)
                if outcome == "missing":
                    result.missing.add(name)
                    continue
                setattr(count, outcome, getattr(count, outcome) + 1)
                if outcome in ("filled", "replaced"):
                    touched.add(key)
    return touched


def _set_to_zero(
    layout: Layout, facts: Facts, spots: Mapping[str, Spot], cells: _Cells, rules: Rules, result: Merge
) -> set[str]:
    """Set amounts to 0 of which the accounting says nothing, and return the accounts that change."""
    touched = set()
    for name in sorted(facts.complete):
        if ("fec", name) in rules.keep:
            continue
        columns = [located.cells(name) for located in layout.accounts]
        for key in spots.keys() - facts.codes.keys():
            amount = read_number(columns[spots[key].table][spots[key].row], layout.language)
            if isinstance(amount, float) and amount:
                cells.offer(spots[key], name, 0.0, kind="fec", keep=False)
                result.fields.setdefault(name, FieldCount()).replaced += 1
                touched.add(key)
    result.zero = sorted(spots[key].code for key in touched)
    return touched


def _fields(facts: Mapping[str, Facts]) -> dict[str, list[tuple[str, dict[str, Cell]]]]:
    """Values by field with the kinds of file that give them; each account has a field from one kind only."""
    names = {name for one in facts.values() for name in one.values}
    found: dict[str, list[tuple[str, dict[str, Cell]]]] = {}
    for name in [*(name for name in FIELDS if name in names), *sorted(names - FIELDS.keys())]:
        # A CRM knows better what a company is called and where it is than its accounts do.
        order = PRECEDENCE[::-1] if name in DESCRIBING else PRECEDENCE
        seen: set[str] = set()
        for kind in order:
            values = facts[kind].values.get(name, {}) if kind in facts else {}
            own = {key: value for key, value in values.items() if key not in seen}
            if own:
                found.setdefault(name, []).append((kind, own))
                seen |= own.keys()
    return found


def _spots(layout: Layout) -> tuple[dict[str, Spot], set[str]]:
    """Where each account of the workbook stands, and the codes that stand there more than once."""
    spots: dict[str, Spot] = {}
    twice: set[str] = set()
    for at, located in enumerate(layout.accounts):
        for row, code in enumerate(read_codes(located)):
            if code is None:
                continue
            key = account_key(code)
            if key in spots or key in twice:
                twice.add(key)
                spots.pop(key, None)
            else:
                spots[key] = Spot(code, at, row)
    return spots, twice


def _by_code(facts: Facts, layout: Layout, spots: Mapping[str, Spot]) -> Facts:
    """Turn names into codes, where a file has names only and the workbook knows them."""
    if not facts.by_name:
        return facts
    keys: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for located in layout.accounts:
        for code, name in zip(read_codes(located), located.cells("name"), strict=True):
            if code is not None and isinstance(name, str):
                keys.setdefault(fold(name), []).append(account_key(code))
                written[account_key(code)] = code
    turn = {}
    for key in facts.codes:
        found = keys.get(fold(key), [])
        turn[key] = found[0] if key not in spots and len(found) == 1 else key
    return Facts(
        codes={turn[key]: written.get(turn[key], code) for key, code in facts.codes.items()},
        values={
            name: {turn[key]: value for key, value in values.items()} for name, values in facts.values.items()
        },
        added={turn[key] for key in facts.added},
    )


class _Cells:
    """Cells of the account tables on their way to new values."""

    def __init__(self, layout: Layout, rules: Rules) -> None:
        self._layout = layout
        self._language = rules.language
        self.new: dict[tuple[int, str], dict[int, Cell]] = {}

    def offer(self, spot: Spot, name: str, value: Cell, *, kind: str, keep: bool) -> str:
        """Put a value into a cell, unless it is there already or is kept; say which."""
        located = self._layout.accounts[spot.table]
        position = located.columns.get(name)
        if position is None:
            return "missing"
        shown = located.table.columns[position][spot.row]
        if shown is None or (isinstance(shown, str) and not shown.strip()):
            self.new.setdefault((spot.table, name), {})[spot.row] = value
            return "filled"
        if same(name, shown, value, self._language):
            return "same"
        if keep:
            return "kept"
        if kind != "accounts" and _goes_further(name, shown, value, self._language):
            return "same"
        self.new.setdefault((spot.table, name), {})[spot.row] = value
        return "replaced"

    def write(self, changes: Changes) -> None:
        """Add the new values to what is written."""
        for (at, name), cells in self.new.items():
            located = self._layout.accounts[at]
            n_rows = located.table.n_rows
            values: list[Cell] = [None] * n_rows
            skip = np.ones(n_rows, dtype=bool)
            for row, value in cells.items():
                values[row], skip[row] = value, False
            column = located.columns[name]
            changes.columns.append(
                ColumnFill(located.table.name, column, values, skip, np.zeros(n_rows, dtype=bool))
            )


def _goes_further(name: str, shown: Cell, value: Cell, language: str) -> bool:
    """Whether a first or last day that is known lies further out than what a part of the files can show."""
    date = read_date(shown, language) if isinstance(value, dt.datetime) else None
    if not isinstance(date, dt.datetime) or not isinstance(value, dt.datetime):
        return False
    if name == "first_purchase":
        return date < value
    return name in ("last_purchase", "last_visit") and date > value


def same(name: str, shown: Cell, value: Cell, language: str) -> bool:
    """Whether a cell shows a value already, in whatever way it was typed."""
    kind = FIELDS[name].kind if name in FIELDS else Kind.TEXT
    if kind in NUMERIC and isinstance(value, float):
        number = read_number(shown, language)
        return isinstance(number, float) and abs(number - value) < 5e-7 * max(1.0, abs(value))
    if isinstance(value, dt.datetime):
        date = read_date(shown, language)
        return isinstance(date, dt.datetime) and date.date() == value.date()
    text = read_text(shown)
    if kind is Kind.WORD and isinstance(text, str):
        return word_key(name, text, language) == word_key(name, str(value), language) or text == value
    return text == (str(value).strip() if isinstance(value, str) else read_text(value))


def _add(layout: Layout, rules: Rules, result: Merge, fields: Mapping[str, Sequence[Cell]]) -> None:
    """Add accounts below the last row that holds anything, clients and prospects each on their sheet."""
    client = catalogue(rules.language).word("status", "client")
    given = fields.get("status", [None] * len(result.added))
    homes: dict[str, int] = {}
    by_table: dict[int, list[int]] = {}
    for row, status in enumerate(given):
        key = word_key("status", status, rules.language) if isinstance(status, str) else "client"
        home = homes.setdefault(key or "client", _home(layout, key or "client"))
        by_table.setdefault(home, []).append(row)
    columns = {
        **fields,
        "account": result.added,
        "status": [client if status is None else status for status in given],
    }
    for at, rows in sorted(by_table.items()):
        _append(
            layout.accounts[at],
            {name: [cells[row] for row in rows] for name, cells in columns.items()},
            result,
        )


def _home(layout: Layout, status: str) -> int:
    """Which table takes a new account: Clients or Prospects by name, else the first one."""
    wanted = "clients" if status == "client" else "prospects"
    names = [located.table.name.casefold() for located in layout.accounts]
    return names.index(wanted) if wanted in names else 0


def _append(located: Located, columns: Mapping[str, Sequence[Cell]], result: Merge) -> None:
    nothing: list[Cell] = [None] * len(columns["account"])
    keys = {position: key for key, position in located.columns.items()}
    order = [keys.get(position, "") for position in range(len(located.table.headers))]
    rows = list(zip(*(columns.get(key, nothing) for key in order), strict=True))
    result.changes.rows.append(rows_below(located.table, rows))
    for name, cells in columns.items():
        n_cells = sum(cell is not None for cell in cells)
        if name in ("account", "status") or not n_cells:
            continue
        if name in located.columns:
            result.fields.setdefault(name, FieldCount()).filled += n_cells
        else:
            result.missing.add(name)


def _look(
    layout: Layout,
    facts: Mapping[str, Facts],
    spots: Mapping[str, Spot],
    codes: Mapping[str, str],
    result: Merge,
) -> None:
    """Find prospects that buy, and clients of whom the files of turnover say nothing."""
    found = [facts[kind] for kind in _INVOICED if kind in facts]
    zero = set(result.zero)
    invoiced = {
        key
        for one in found
        for key, value in one.values.get("turnover", {}).items()
        if isinstance(value, float) and value > 0
    }
    mentioned = {key for one in found for key in one.codes}
    statuses = [located.cells("status") for located in layout.accounts]
    for key, spot in spots.items():
        shown = statuses[spot.table][spot.row]
        status = word_key("status", shown, layout.language) if isinstance(shown, str) else "client"
        if status in ("prospect", "suspect") and key in invoiced:
            result.promoted.append(codes[key])
        elif status == "client" and mentioned and key not in mentioned and spot.code not in zero:
            result.absent.append(spot.code)
    result.promoted.sort()
    result.absent.sort()


def _add_up(layout: Layout, cells: _Cells, added_cells: Mapping[str, Sequence[Cell]], result: Merge) -> None:
    """Sum each amount that the import touches, before and after."""
    for name in _MONEY:
        if name not in result.fields or not any(name in located.columns for located in layout.accounts):
            continue
        before = after = 0.0
        for at, located in enumerate(layout.accounts):
            new = cells.new.get((at, name), {})
            for row, cell in enumerate(located.cells(name)):
                number = read_number(cell, layout.language)
                old = number if isinstance(number, float) else 0.0
                before += old
                value = new.get(row, old)
                after += value if isinstance(value, float) else 0.0
        after += sum(value for value in added_cells.get(name, ()) if isinstance(value, float))
        result.totals[name] = (round(before, 2), round(after, 2))
