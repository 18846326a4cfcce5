"""Make ``orders.csv`` and ``stock.csv``: open orders of accounts of the sample, and what there is for them.

Usage::

    python -m addin.sample.make_orders [--output FOLDER]

All of it is invented: ``PROVENANCE.md`` says by which rule. The same accounts
always give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from addin.sample.make_sample import draw, read_table

STOCK: Final[Mapping[str, str]] = {
    "BK-M68B-42": "5",
    "BK-R89B-52": "60",
    "CL-9009": "22.5",
    "HL-U509-R": "45",
    "TI-M267": "20",
}
"""What there is of each product: pieces, and litres of the cleaner CL-9009."""

_MOST: Final[Mapping[str, int]] = {
    "BK-M68B-42": 6,
    "BK-R89B-52": 5,
    "CL-9009": 4,
    "HL-U509-R": 20,
    "TI-M267": 10,
}
"""Largest quantity of an order, in whole pieces or drums of 2.5 litres."""
_DRUM: Final = 2.5
_ORDERS: Final = 30
_FIRST: Final = 5001
_UNDATED: Final = 0.1
_AHEAD: Final = 8
"""Days ahead, within which an order is due."""
_ODD: Final = (
    {"account": "AW00000571", "product": "HL-U509-R", "quantity": "4", "due_days": "2"},
    {"account": "AW00009999", "product": "BK-M68B-42", "quantity": "2", "due_days": "1"},
    {"account": "AW00000108", "product": "PK-7098", "quantity": "6", "due_days": ""},
)
"""An account that stands twice, one that nobody knows, a product that is not in stock."""

_COLUMNS: Final = ("order", "account", "product", "quantity", "due_days")


def orders(accounts: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the lines of the orders of some clients: those that come first in a draw."""
    clients = sorted(
        (row["account"] for row in accounts if row["status"] == "client" and row["account"]),
        key=lambda code: draw(code, "orders"),
    )
    products = list(STOCK)
    number = _FIRST
    for code in clients[:_ORDERS]:
        for line in range(1 + (draw(code, "lines") < 0.3)):
            product = products[int(draw(code, f"product {line}") * len(products))]
            units = 1 + int(draw(code, f"quantity {line}") * _MOST[product])
            quantity = units * _DRUM if product == "CL-9009" else units
            due = "" if draw(code, "undated") < _UNDATED else str(int(draw(code, "due") * _AHEAD))
            yield {
                "order": str(number),
                "account": code,
                "product": product,
                "quantity": f"{quantity:g}",
                "due_days": due,
            }
        number += 1
    for odd in _ODD:
        yield {"order": str(number), **odd}
        number += 1


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make both files from the accounts of the sample."""
    parser = argparse.ArgumentParser(description="Make the open orders and the stock of the sample.")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent)
    folder = parser.parse_args(arguments).output
    accounts = read_table(Path(__file__).with_name("accounts.csv"))
    _write(folder / "orders.csv", _COLUMNS, orders(accounts))
    stock = [{"product": product, "available": number} for product, number in STOCK.items()]
    _write(folder / "stock.csv", ("product", "available"), stock)


if __name__ == "__main__":
    main()
