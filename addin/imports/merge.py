"""From what files say to what is written: known accounts compared cell by cell, new ones added below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.catalogue import catalogue, word_key
from addin.imports.by_name import by_code
from addin.imports.facts import Facts, Source, account_key
from addin.imports.offered_fields import DESCRIBING, Given, offered_fields
from addin.imports.offers import OfferedCells, Spot
from addin.imports.replaced import Replaced, made_way
from addin.imports.rules import Rules
from addin.imports.sources import PRECEDENCE, is_fresher
from addin.workbook.account_tables import read_codes
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell, Changes, rows_below
from addin.workbook.typed_cells import read_number
from scoring.terms import FIELDS, Kind

__all__ = ["FieldCount", "Merge", "merge"]

_INVOICED: Final = ("fec", "ledger")
"""Kinds of file that hold turnover."""
_MONEY: Final = tuple(key for key, one in FIELDS.items() if one.kind is Kind.MONEY)


@dataclass
class FieldCount:
    """What an import did with a field.

    Attributes
    ----------
    filled, replaced, emptied
        Cells that changed.
    kept, left, fresher
        Cells that stay, as :meth:`addin.imports.offers.OfferedCells.offer` says why.
    same
        Cells that say it already.
    """

    filled: int = 0
    replaced: int = 0
    emptied: int = 0
    kept: int = 0
    left: int = 0
    fresher: int = 0
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
        Codes of accounts whose figures became 0, since the files do not mention them and that was asked for.
    absent
        Codes of clients that no file of turnover mentions, and that keep their figures.
    joined
        Codes of accounts whose figures became 0, since another account has them now.
    replaced
        Figures of turnover that another kind of file, or an older period, had given.
    outdone
        Codes of accounts whose turnover out of a list was left out, since entries or invoices give it.
    given
        Fields that each kind of file gives.
    sources
        Where the figures of a field come from now, where the import gives them.
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
    joined: list[str] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    outdone: list[str] = field(default_factory=list)
    given: dict[str, frozenset[str]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    totals: dict[str, tuple[float, float]] = field(default_factory=dict)


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
    facts = {kind: by_code(one, layout, spots, facts.values()) for kind, one in facts.items()}
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
    cells = OfferedCells(layout, rules)
    offered = offered_fields(facts)
    result.outdone = sorted(codes[key] for key in offered.outdone)
    result.given = {kind: frozenset(one.values) for kind, one in facts.items()}
    touched = _offer(offered.fields, spots, cells, rules, result)
    result.replaced, emptied = made_way(offered, spots, cells, rules)
    for one in result.replaced:
        result.fields.setdefault(one.field, FieldCount()).emptied += one.emptied
    touched |= emptied | _set_to_zero(facts, spots, cells, rules, result)
    added_cells: dict[str, list[Cell]] = {}
    for name, parts in offered.fields.items():
        told = [part.values for part in parts if _stays(part, name, rules) != "fresher"]
        said = {key: value for values in told for key, value in values.items()}  # no account is in two
        added_cells[name] = [said.get(key) for key in new]
    _add(layout, rules, result, added_cells)
    cells.write(result.changes)
    result.changed = sorted(codes.get(key, spots[key].code) for key in touched)
    result.unchanged = sorted(codes[key] for key in codes.keys() & spots.keys() - touched)
    _look(layout, facts, spots, codes, result)
    _add_up(layout, cells, added_cells, result)
    return result


def _offer(
    fields: Mapping[str, Sequence[Given]],
    spots: Mapping[str, Spot],
    cells: OfferedCells,
    rules: Rules,
    result: Merge,
) -> set[str]:
    """Offer the values of known accounts to their cells, and return the accounts that change."""
    touched = set()
    for name, parts in fields.items():
        count = result.fields.setdefault(name, FieldCount())
        for part in parts:
            stays = _stays(part, name, rules)
            if part.until is not None and not stays:
                result.sources.setdefault(name, Source(part.kind, part.until))
            for key in part.values.keys() & spots.keys():
                outcome = cells.offer(spots[key], name, part.values[key], kind=part.kind, stays=stays)
                if outcome == "missing":
                    result.missing.add(name)
                    continue
                setattr(count, outcome, getattr(count, outcome) + 1)
                if outcome in ("filled", "replaced"):
                    touched.add(key)
    return touched


def _stays(part: Given, name: str, rules: Rules) -> str:
    """Return why the filled cells of a field stay as they are, empty where they give way."""
    if (part.kind, name) in rules.keep:
        return "kept"
    if part.kind != "accounts" and name in DESCRIBING:
        return "left"
    return "fresher" if is_fresher(rules, name, part.until) else ""


def _set_to_zero(
    facts: Mapping[str, Facts],
    spots: Mapping[str, Spot],
    cells: OfferedCells,
    rules: Rules,
    result: Merge,
) -> set[str]:
    """Set figures to 0 of accounts that have none any more, and return the accounts that change.

    These are accounts whose figures another one has now, and those that the files do not mention where that
    is what a person says.
    """
    touched: set[str] = set()
    mentioned = {key for kind in _INVOICED if kind in facts for key in facts[kind].codes}
    for kind in (kind for kind in _INVOICED if kind in facts):
        gone = facts[kind].joined.keys() & spots.keys()
        absent = spots.keys() - mentioned - gone if rules.absent_zero else set()
        for name in sorted(facts[kind].complete):
            if (kind, name) in rules.keep or is_fresher(rules, name, facts[kind].until.get(name)):
                continue
            changed = {key for key in gone | absent if cells.set_to_zero(spots[key], name)}
            if changed:
                result.fields.setdefault(name, FieldCount()).replaced += len(changed)
                touched |= changed
        result.joined += sorted(spots[key].code for key in gone & touched)
    result.zero = sorted({spots[key].code for key in touched} - set(result.joined))
    return touched


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
    zero = {*result.zero, *result.joined}
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


def _add_up(
    layout: Layout, cells: OfferedCells, added_cells: Mapping[str, Sequence[Cell]], result: Merge
) -> None:
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
