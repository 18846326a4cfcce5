"""Whose accounts are meant: a rep or a sector that somebody names, in the spelling of the accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from addin.refusals import Refusal
from scoring.text import fold

__all__ = ["By", "known_name"]

By = Literal["rep", "sector"]


def known_name(by: By, name: str, names: Iterable[str]) -> str:
    """Return a name as the accounts spell it.

    Parameters
    ----------
    by
        What it is the name of.
    name
        The name as somebody typed it.
    names
        Those that the accounts have; empty ones count for nothing.

    Raises
    ------
    Refusal
        ``no_such_rep`` or ``no_such_sector`` where no account has it; ``no_rep_yet`` or
        ``no_sector_yet`` where no account has any.
    """
    known = {fold(one): one for one in names if one}
    if not known:
        raise Refusal(f"no_{by}_yet")
    if fold(name) not in known:
        details: dict[str, object] = {by: name, "known": sorted(known.values())}
        raise Refusal(f"no_such_{by}", **details)
    return known[fold(name)]
