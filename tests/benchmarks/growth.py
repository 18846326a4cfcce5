"""Tables of workbooks that are large in one way each."""

import dataclasses

from benchmarks.portfolios import account_rows

from addin.workbook.located_tables import Layout

SIZES = {
    "rows": 1_048_575,
    "account sheets": 200,
    "criteria": 500,
    "scale rows": 100_000,
    "findings": 10_000,
}
_ACCOUNTS = 2_000


def tables(fresh, what, n):
    """Return the tables of a workbook of which one thing is so large.

    Parameters
    ----------
    fresh
        Those of an empty workbook.
    what
        One of :data:`SIZES`.
    n
        How large.
    """
    layout = Layout(fresh)
    clients = next(one for one in layout.accounts if one.table.name == "Clients")
    others = [table for table in fresh if table is not clients.table]
    if what == "account sheets":
        rows = account_rows(100 * n)
        made = [
            dataclasses.replace(
                _with(clients, rows[100 * at : 100 * at + 100]), name=f"Clients{at}", sheet=f"Sheet {at}"
            )
            for at in range(n)
        ]
        return [*others, *made]
    n_accounts = {"rows": n, "findings": n, "scale rows": 5_000}.get(what, _ACCOUNTS)
    accounts = account_rows(n_accounts)
    if what == "findings":
        for account in accounts:
            account["days_late"] = "soon"
    made = [_with(clients, accounts)]
    if what == "criteria":
        rows = layout.named["criteria"].rows()
        more = [rows[at % len(rows)] | {"criterion": f"Criterion {at}"} for at in range(n)]
        scale = layout.named["scales"].rows()
        of = [
            row | {"criterion": one["criterion"]}
            for one, model in zip(more, (rows[at % len(rows)] for at in range(n)), strict=True)
            for row in scale
            if row["criterion"] == model["criterion"]
        ]
        made += [_with(layout.named["criteria"], more), _with(layout.named["scales"], of)]
    if what == "scale rows":
        rows = layout.named["scales"].rows()
        kept = [row for row in rows if row["criterion"] not in ("Turnover", "Potential")]
        more = [
            {"criterion": name, "value": 10.0 * at, "points": 10.0 * at / n}
            for name in ("Turnover", "Potential")
            for at in range(n // 2)
        ]
        made += [_with(layout.named["scales"], [*kept, *more])]
    names = {table.name for table in made}
    return [*(table for table in others if table.name not in names), *made]


def _with(located, rows):
    """Return a table with other rows."""
    columns = tuple(map(list, zip(*located.tuples(rows), strict=True)))
    return dataclasses.replace(located.table, columns=columns)
