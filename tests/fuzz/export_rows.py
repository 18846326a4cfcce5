"""Rows of exports that :mod:`laws.exports` has not: aged balances, orders, stock."""

import datetime as dt
from random import Random


def any_aged(n_rows, seed):
    random = Random(seed)
    rows = []
    for at in range(n_rows + 1):
        parts = [random.choice([0, 0, 12_345, -500]) for _ in range(2)]
        rows.append(
            {
                "account": f"C{at}",
                "name": f"Société {at}",
                "open_amount": sum(parts) + 1000,
                "d30": parts[0],
                "d60": parts[1],
            }
        )
    return rows


def any_orders(n_rows, seed):
    random = Random(seed)
    return [
        {
            "order_no": f"O{random.randrange(4)}",
            "account": random.choice(["C1", "C2", "X9", ""]),
            "product": random.choice(["P1", "p1", "P2", ""]),
            "quantity": random.choice([1, 2.5, 0, -3, "x", "1 000", None]),
            "order_due": random.choice([dt.date(2026, 7, 31), dt.date(2026, 1, 13), None]),
        }
        for _ in range(n_rows + 1)
    ]


def any_stock(n_rows, seed):
    random = Random(seed)
    products = random.sample(["P1", "P2", "P3", "p1", "", "0012"], min(6, n_rows + 1))
    return [
        {"product": one, "available": random.choice([0, 5, 2.5, -1, "beaucoup", None])} for one in products
    ]
