"""The button Explain account: why an account has its class, and what would raise it."""

from __future__ import annotations

from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.presses.scored import Asked
from addin.refresh.explain_account import account_in_selected_row, explain_account, selected_account
from addin.workbook.located_tables import Layout

__all__ = ["ask", "press"]


def press(pressed: Press) -> str:
    """Explain the account that is selected."""
    with pressed.quiet() as step:
        step("reading")
        tables = LiveBook(pressed.book).tables()
        step("scoring")
        return explain_account(tables, selected_account(pressed.book, tables), pressed.today)


def ask(pressed: Press, layout: Layout) -> Asked:
    """Return the account in whose row the selection stands: the sheet Explain is to be about it."""
    return Asked({"account": account_in_selected_row(pressed.book, layout)})
