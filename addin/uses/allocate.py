"""Allocation: what is proposed for each line of the orders, why, and how it is shipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts
from addin.uses.order_lines import Orders, Stock, code_key, named_cells, read_orders, read_stock
from addin.uses.result import Record, Result
from addin.uses.working import closed_of, days_of_week, setting_numbers
from addin.views.scored import Scored
from addin.workbook.located_tables import Located
from scoring.columns import Accounts
from scoring.forced import class_positions
from scoring.portfolio import duplicates
from scoring.terms import UNKNOWN_CLASS
from scoring.uses.allocation import Allocated, urgent_before
from scoring.uses.allocation import allocate as allocated
from scoring.uses.holds import applying_gates

__all__ = ["allocate"]

_AHEAD: Final = dt.timedelta(days=60)
"""How far ahead holidays are known: two working days are never as far."""
_TYPED: Final = ("order", "account", "product")
_HELD_BY: Final = "solidity"
"""The column whose gates hold an order."""


def allocate(scored: Scored) -> Result:
    """Propose a quantity for each line of the orders."""
    located = scored.intake.layout.named.get("orders")
    if located is None:
        return Result({"allocation": []}, [_note("empty")])
    orders, stock = read_orders(located, scored.words.language), read_stock(scored.intake.layout)
    numbers, notes = setting_numbers(scored, ("lower_share", "hold_days"))
    accounts = _accounts(scored, numbers["hold_days"])
    lines = _with_accounts(orders.lines, accounts, stock, len(scored.intake.services))
    available = np.array(stock.available, dtype=np.float64)
    found = allocated(lines, available, len(scored.intake.services), numbers["lower_share"])
    urgent, wrong = _urgent(scored, lines["due"])
    beside = _beside(scored, lines, found, urgent, numbers["hold_days"], stock)
    of_stock = _of_stock(stock, lines)
    return Result(
        {
            "orders": _whole(orders, beside),
            "stock": list(stock.rows),
            "allocation": _sums(stock, found),
        },
        notes=[*notes, *wrong, *_of_orders(scored, located, lines, stock), *of_stock],
        noted={"stock": of_stock or ([] if stock.rows else [_note("no_stock_yet")])},
        shown={"orders": beside},
        faults=[*orders.faults, *stock.faults],
    )


def _accounts(scored: Scored, hold_days: float) -> pd.DataFrame:
    """Return what an order needs of the accounts, by the key of their codes; a code that stands twice too."""
    accounts = scored_accounts(scored)
    letters = tuple(one.letter for one in scored.intake.services)
    place = class_positions(accounts["class"], letters).astype(np.intp)
    late = Accounts(accounts).numbers("days_late")
    gate = _gates(scored, accounts)
    known = pd.DataFrame(
        {
            "class": accounts["class"],
            "place": np.where(accounts["class"].eq(UNKNOWN_CLASS), len(letters), place),
            "score": accounts["score"].astype(np.float64),
            "late": np.where(late > hold_days, late, np.nan),
            "gate": gate,
            "twice": False,
        }
    )
    known.index = pd.Index([code_key(code) for code in accounts["account"]])
    codes = scored.intake.portfolio.accounts["account"]
    twice = {code_key(code) for code in codes[np.asarray(duplicates(codes))]}
    both = pd.DataFrame({"class": None, "place": -1, "twice": True}, index=pd.Index(sorted(twice)))
    return pd.concat([known, both]) if twice else known


def _gates(scored: Scored, accounts: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Reason of the first gate of solidity that applies to each account, None for none."""
    gates = [gate for gate in scored.model.gates if gate.column == _HELD_BY]
    header = scored.words.header("accounts", _HELD_BY)
    reasons = [
        gate.reason.strip().rstrip(".") or f"{header} {gate.condition} {gate.value or ''}".strip()
        for gate in gates
    ]
    applies = applying_gates(accounts, accounts["completeness"].to_numpy(dtype=np.float64), gates)
    found = np.full(len(accounts), None, dtype=object)
    for place in range(len(gates) - 1, -1, -1):
        found[applies[:, place]] = reasons[place]
    return found


def _with_accounts(lines: pd.DataFrame, accounts: pd.DataFrame, stock: Stock, n_classes: int) -> pd.DataFrame:
    """Return the lines with what is known of their accounts and their products."""
    keys = [code_key(text) for text in lines["account"]]
    wide = lines.join(accounts.reindex(keys).reset_index(drop=True))
    places = wide["place"].to_numpy(dtype=np.float64, na_value=np.nan)
    products = [code_key(text) for text in lines["product"]]
    return wide.assign(
        place=np.where(np.isnan(places), -1, np.clip(places, -1, n_classes)).astype(np.intp),
        twice=wide["twice"].eq(True).to_numpy(dtype=bool),  # noqa: FBT003 - missing counts as no
        held=(wide["late"].notna() | wide["gate"].notna()).to_numpy(dtype=bool),
        name=lines["product"],
        product=[stock.places.get(key, -1) for key in products],
        stocked=[key in stock.places for key in products],
    )


def _urgent(scored: Scored, due: pd.Series) -> tuple[npt.NDArray[np.bool_], list[Phrase]]:
    today = scored.intake.reference_date
    weekdays, told = days_of_week(scored)
    closed, wrong = closed_of(scored, today, today + _AHEAD)
    limit = np.datetime64(urgent_before(today, weekdays, closed), "s")
    return (due < limit).to_numpy(dtype=bool), [*told, *wrong]


def _beside(
    scored: Scored,
    lines: pd.DataFrame,
    found: Allocated,
    urgent: npt.NDArray[np.bool_],
    hold_days: float,
    stock: Stock,
) -> list[Record]:
    """Return what a refresh writes beside each line."""
    shipping = [one.shipping or None for one in scored.intake.services]
    said = _Said(hold_days, {code_key(name) for name in stock.twice})
    columns = {
        key: lines[key].tolist()
        for key in ("filled", "place", "class", "account", "name", "quantity", "twice", "stocked", "product")
    }
    columns |= {key: lines[key].to_numpy(dtype=object).tolist() for key in ("late", "gate")}
    columns |= {"proposed": found.lines["proposed"].tolist(), "reason": found.lines["reason"].tolist()}
    columns["urgent"] = urgent.tolist()
    beside: list[Record] = []
    for values in zip(*columns.values(), strict=True):
        line: dict[str, Any] = dict(zip(columns, values, strict=True))
        if not line["filled"]:
            beside.append({})
            continue
        place = line["place"]
        better = max(place - 1, 0) if line["urgent"] else place
        beside.append(
            {
                "class": line["class"] if place >= 0 else None,
                "proposed": None if np.isnan(line["proposed"]) else line["proposed"],
                "shipping": shipping[better] if 0 <= place < len(shipping) else None,
                "reason": said.of(line),
            }
        )
    return beside


class _Said:
    """The reasons, each said once: few of them stand on many lines."""

    def __init__(self, hold_days: float, twice: set[str]) -> None:
        self._hold_days = hold_days
        self._twice = twice
        self._known: dict[tuple[object, ...], Phrase] = {}

    def of(self, line: Mapping[str, Any]) -> Phrase:
        """Return the reason of a line."""
        key, details = self._reason(line)
        mark = (key, *details.values())
        if mark not in self._known:
            self._known[mark] = _reason(key, **details)
        return self._known[mark]

    def _reason(self, line: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        missing = self._missing(line)
        if missing:
            return missing, {}
        if line["reason"] != "held":
            return line["reason"], {}
        if line["late"] is not None and not np.isnan(line["late"]):
            return "held_late", {"days": line["late"], "most": self._hold_days}
        return "held_gate", {"gate": line["gate"]}

    def _missing(self, line: Mapping[str, Any]) -> str:
        """Why nothing can be proposed for a line, empty where something can."""
        if line["twice"]:
            return "account_twice"
        if line["place"] < 0:
            return "account_unknown" if line["account"] else "no_account"
        if not line["quantity"] > 0:
            return "no_quantity"
        if not line["name"]:
            return "no_product"
        if not line["stocked"]:
            return "product_unknown"
        if line["product"] < 0:
            return "product_twice" if code_key(line["name"]) in self._twice else "stock_unread"
        return ""


def _whole(orders: Orders, beside: Sequence[Record]) -> list[Record]:
    """Return the lines as a program is told of them."""
    lines = orders.lines
    quantities = lines["quantity"].astype(object).where(lines["quantity"].notna(), None).tolist()
    due = lines["due"].to_numpy(dtype="datetime64[D]").tolist()  # dates, None where missing
    typed = zip(*(lines[key].tolist() for key in _TYPED), quantities, due, strict=True)
    return [
        {**dict(zip((*_TYPED, "quantity", "due"), cells, strict=True)), **record}
        for cells, record, filled in zip(typed, beside, lines["filled"].tolist(), strict=True)
        if filled
    ]


def _sums(stock: Stock, found: Allocated) -> list[Record]:
    sums = found.products
    return [
        {"product": name, **dict(zip(sums.columns, row, strict=True))}
        for name, row in zip(stock.products, sums.to_numpy(dtype=np.float64).tolist(), strict=True)
    ]


def _of_orders(scored: Scored, located: Located, lines: pd.DataFrame, stock: Stock) -> list[Phrase]:
    """Say why there is nothing, or what nothing can be proposed for."""
    filled = lines["filled"].to_numpy(dtype=bool)
    if not filled.any():
        return [_note("empty")]
    if not stock.rows:
        return [_note("no_stock_yet")]
    unknown = filled & (lines["place"].to_numpy() < 0)
    stocked = lines["stocked"].to_numpy(dtype=bool)
    named = lines["name"].ne("").to_numpy(dtype=bool)
    said = [
        *named_cells(located, np.flatnonzero(unknown).tolist(), "account", "accounts_unknown"),
        *named_cells(located, np.flatnonzero(filled & named & ~stocked).tolist(), "product", "no_stock_row"),
    ]
    if scored.intake.settings.get("reference_date") is not None:
        said.append(_note("as_of", date=scored.intake.reference_date))
    return said


def _of_stock(stock: Stock, lines: pd.DataFrame) -> list[Phrase]:
    """Say which products cannot be shared, and of which there is less than nothing."""
    said = []
    if stock.twice:
        said.append(_note("products_twice", count=len(stock.twice), products=list(stock.twice)))
    below = [name for name, number in zip(stock.products, stock.available, strict=True) if number < 0]
    if below:
        said.append(_note("below_zero", count=len(below), products=below))
    keys = {code_key(name) for name in lines["name"]}
    blank = [
        str(row["product"])
        for row in stock.rows
        if row["available"] is None and code_key(str(row["product"])) in keys
    ]
    if blank:
        said.append(_note("stock_blank", count=len(blank), products=blank))
    return said


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("allocate", key), details)


def _reason(key: str, **details: object) -> Phrase:
    return Phrase("views", ("allocate", "reasons", key), details)
