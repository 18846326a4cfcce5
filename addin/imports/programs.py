"""What the commonest programs call the columns of their exports: a list a program, in the catalogue."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, Final

from scoring.text import fold

__all__ = ["PROGRAMS", "code_of", "columns_of", "ids_of", "names_of", "never_beside", "never_prefixes"]

PROGRAMS: Final = (
    *("axonaut", "cegid", "ciel", "dolibarr", "dynamics365", "ebp", "erpnext", "hubspot", "odoo"),
    *("pennylane", "pipedrive", "quickbooks", "sage", "salesforce", "sellsy", "xero", "zoho"),
)
"""Names of the files."""


@functools.cache
def _program(name: str) -> dict[str, Any]:
    path = resources.files("addin.catalogue").joinpath("programs", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def names_of(target: str, *, in_lists: bool) -> Sequence[str]:
    """Return what the programs call a field or role, as they write it.

    Parameters
    ----------
    target
        Key of the field or role.
    in_lists
        Whether the file is a list of accounts: there a plain number or reference is that of the account.
    """
    sections = ("accounts", "roles", *(("lists", "ids") if in_lists else ()))
    return [
        name
        for program in PROGRAMS
        for section in sections
        for name in _program(program).get(section, {}).get(target, ())
    ]


def columns_of(program: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return what a program calls its columns, by section and by field or role; and, as ``source``, its name.

    >>> columns_of("xero")["source"]["program"], columns_of("xero")["accounts"]["name"][0]
    ('Xero', 'ContactName')
    """
    sections = ("source", "accounts", "lists", "ids", "roles")
    return {section: _program(program).get(section, {}) for section in sections}


@functools.cache
def ids_of(target: str) -> frozenset[str]:
    """Return the names of the keys of rows, folded: they stand in for codes only where there are none."""
    return frozenset(
        fold(name) for program in PROGRAMS for name in _program(program).get("ids", {}).get(target, ())
    )


@functools.cache
def never_prefixes() -> tuple[str, ...]:
    """Return how the headers begin of columns that nobody but their own program reads, folded."""
    lists = (_program(program).get("never", {}).get("prefixes", ()) for program in PROGRAMS)
    return tuple(fold(prefix) for prefixes in lists for prefix in prefixes)


@functools.cache
def never_beside() -> Mapping[str, str]:
    """Return headers, each with that of a column beside which it is nothing of ours, both folded."""
    pairs = (_program(program).get("never", {}).get("beside", {}) for program in PROGRAMS)
    return {fold(header): fold(other) for of_one in pairs for header, other in of_one.items()}


@functools.cache
def _codes(section: str, role: str) -> Mapping[str, Mapping[str, str]]:
    """Return what codes mean by the header of their column, both folded."""
    found: dict[str, dict[str, str]] = {}
    for program in PROGRAMS:
        tables = _program(program).get("codes", {}).get(section, {}).get(role, {})
        for header, codes in tables.items():
            found[fold(header)] = {fold(code): says for code, says in codes.items()}
    return found


def code_of(section: str, role: str, header: str, text: str) -> str | None:
    """Return what a code means in a column of a program that is known, None where that is not known.

    >>> code_of("accounts", "status", "CT_Type", "0"), code_of("roles", "side", "EC_Sens", "1")
    ('client', 'credit')
    """
    return _codes(section, role).get(fold(header), {}).get(fold(text))
