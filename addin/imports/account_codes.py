"""Codes of rows that have none: names stand in, told apart where several companies have the same one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from addin.imports.facts import account_key
from addin.workbook.port import Cell
from scoring.text import fold

__all__ = ["TELLING_APART", "contradict", "full_names", "named_codes"]

TELLING_APART: Final = ("postcode", "company_no", "town")
"""Fields in which two companies of one name differ; the town counts where no postcode is known."""
_INDENT: Final = re.compile(r"[ \u00a0\t]*")

Texts = Mapping[str, str]
"""What is known of a company, by field."""


def contradict(one: Texts, other: Texts) -> bool:
    """Whether two companies of one name are two, by where they are or by their number.

    >>> contradict({"postcode": "69003"}, {"postcode": "13001"}), contradict({"postcode": "69003"}, {})
    (True, False)
    """
    has_postcodes = bool(one.get("postcode")) and bool(other.get("postcode"))
    fields = ("postcode", "company_no") if has_postcodes else ("company_no", "town")
    return any(one.get(name) and other.get(name) and fold(one[name]) != fold(other[name]) for name in fields)


def named_codes(names: Sequence[str], rows: Sequence[Texts]) -> list[str]:
    """Return codes for rows that have nothing but names.

    Parameters
    ----------
    names
        The names of the rows.
    rows
        What else is known of them.

    Returns
    -------
    list of str
        The name, with what tells them apart behind it where companies of one name are several: whatever
        the order of the rows.

    Examples
    --------
    >>> named_codes(["Martin", "Martin", "Durand"], [{"postcode": "69003"}, {"postcode": "13001"}, {}])
    ['Martin (69003)', 'Martin (13001)', 'Durand']
    """
    of_name: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        of_name.setdefault(account_key(name), []).append(at)
    codes = list(names)
    for places in of_name.values():
        telling = [name for name in TELLING_APART if _several(name, places, rows)]
        if "postcode" in telling:
            telling = [name for name in telling if name != "town"]
        for at in places if telling else ():
            marks = [rows[at][name] for name in telling if rows[at].get(name)]
            codes[at] = f"{names[at]} ({', '.join(marks)})" if marks else names[at]
    return codes


def _several(name: str, places: Sequence[int], rows: Sequence[Texts]) -> bool:
    return len({fold(text) for at in places if (text := rows[at].get(name))}) > 1


def full_names(cells: Sequence[Cell], is_account: Sequence[bool]) -> list[str]:
    """Return the names of rows, those of indented ones behind the name that they belong to.

    QuickBooks writes the customers of a customer so: below it, further to the right.

    >>> full_names(["South", "   North site", "East"], [True, True, True])
    ['South', 'South:North site', 'East']
    """
    found = []
    above: list[tuple[int, str]] = []
    for cell, counts in zip(cells, is_account, strict=True):
        text = cell if isinstance(cell, str) else ""
        name = " ".join(text.split())
        if counts and name:
            mark = _INDENT.match(text)
            indent = len(mark.group()) if mark is not None else 0
            while above and above[-1][0] >= indent:
                above.pop()
            above.append((indent, f"{above[-1][1]}:{name}" if above else name))
            name = above[-1][1]
        found.append(name)
    return found
