"""The button Refresh: scores all accounts and fills in the result columns."""

from addin.presses.scored import score_book as press

__all__ = ["press"]
