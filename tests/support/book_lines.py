"""Lines of books, and what is made of them."""

import pandas as pd
from support.bookings import line

from scoring.books.accounting import turnover

DAY = "2024-03-01"


def assigned(entries):
    """Turnover by client; what is not assigned is checked to be the rest."""
    found = turnover(entries)
    pd.testing.assert_series_equal(
        found.clients["turnover"].groupby("year").sum().reindex(found.total.index, fill_value=0)
        + found.not_assigned,
        found.total,
        check_names=False,
    )
    return found.clients["turnover"].droplevel("year").to_dict()


def across(number, client, net, piece="", others="OD"):
    """An entry that balances only across journals."""
    return [
        line("VE", number, DAY, "707000", -net, piece=piece),
        line(others, number, DAY, "411000", net, aux=client, piece=piece),
    ]
