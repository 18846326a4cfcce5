"""Matches of columns put right by what stands in the file beside them."""

from __future__ import annotations

from collections.abc import Sequence

from addin.imports.headers import Match
from addin.imports.row_keys import of_books
from scoring.text import fold

__all__ = ["with_date", "with_names", "without_books"]


def without_books(matches: list[Match], below: Sequence[Sequence[str]]) -> list[Match]:
    """Leave alone an account of the books under which several clients stand: their names tell them apart."""
    found = {match.target: match for match in matches}
    account, name = found.get("account"), found.get("name")
    if account is None or name is None or account.how in ("told", "remembered"):
        return matches
    codes, names = (
        [row[match.position].strip() if match.position < len(row) else "" for row in below]
        for match in (account, name)
    )
    return [match for match in matches if match is not account or not of_books(account.header, codes, names)]


def with_names(matches: list[Match], headers: Sequence[str]) -> list[Match]:
    """Take the first column of an aged balance for the names of the accounts, where no other one is."""
    found = {match.target for match in matches}
    buckets = [match.position for match in matches if match.target == "bucket"]
    if not buckets or found & {"account", "name"}:
        return matches
    taken = {match.position for match in matches}
    first = next(
        (at for at, header in enumerate(headers[: min(buckets)]) if header and at not in taken), None
    )
    if first is None:
        return matches
    return [Match(headers[first], first, "name", "name"), *matches]


def with_date(headers: Sequence[str], matches: list[Match]) -> list[Match]:
    """In a file that is named after visits, the plain column Date is theirs."""
    if any(match.target == "visit" for match in matches):
        return matches
    at = next((at for at, header in enumerate(headers) if fold(header) == "date"), None)
    return matches if at is None else [*matches, Match(headers[at], at, "visit", "name")]
