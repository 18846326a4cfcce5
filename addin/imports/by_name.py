"""Names that stand in for codes, turned into the codes that the workbook has for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from addin.imports.account_codes import TELLING_APART, contradict
from addin.imports.facts import Facts, account_key
from addin.imports.offers import Spot
from addin.workbook.account_tables import read_codes
from addin.workbook.located_tables import Layout
from addin.workbook.typed_cells import read_text
from scoring.text import fold

__all__ = ["by_code"]


Known = dict[str, list[tuple[str, dict[str, str]]]]
"""Codes of accounts, and what tells them apart, by folded name."""


def by_code(facts: Facts, layout: Layout, spots: Mapping[str, Spot], others: Iterable[Facts] = ()) -> Facts:
    """Turn names into codes, where a file has names only and the workbook, or another file, knows them.

    Parameters
    ----------
    facts
        What the files of a kind say.
    layout, spots
        The workbook, and where its accounts stand.
    others
        What the files of the same import say: accounts that they add are known as those of the workbook are.

    Notes
    -----
    A company of the same name with another postcode, town or number is another one. Where the workbook has
    several that would do, none is taken.
    """
    if not facts.by_name:
        return facts
    known = _added(others, spots)
    of_key: dict[str, dict[str, str]] = {}
    for located in layout.accounts:
        columns = {name: located.cells(name) for name in TELLING_APART if name in located.columns}
        for row, (code, name) in enumerate(zip(read_codes(located), located.cells("name"), strict=True)):
            if code is None:
                continue
            texts = {key: text for key, cells in columns.items() if (text := _text(cells[row]))}
            of_key[account_key(code)] = texts
            if isinstance(name, str):
                known.setdefault(fold(name), []).append((code, texts))
    turn, written = {}, dict(facts.codes)
    for key, code in facts.codes.items():
        said = _said(facts, key)
        name = _text(facts.values.get("name", {}).get(key)) or code
        fitting = [one for one, texts in known.get(fold(name), []) if not contradict(said, texts)]
        is_another = key in spots and contradict(said, of_key.get(key, {}))
        turn[key] = key
        if (key not in spots or is_another) and len(fitting) == 1:
            turn[key] = account_key(fitting[0])
            written[turn[key]] = fitting[0]
        elif is_another:
            marks = [said[field] for field in TELLING_APART if field in said][:1]
            new = f"{code} ({', '.join(marks)})"
            turn[key] = account_key(new)
            written[turn[key]] = new
    return replace(
        facts,
        codes={turn[key]: written[turn[key]] for key in facts.codes},
        values={
            name: {turn[key]: value for key, value in values.items()} for name, values in facts.values.items()
        },
        added={turn[key] for key in facts.added},
    )


def _added(others: Iterable[Facts], spots: Mapping[str, Spot]) -> Known:
    """Return the accounts that come into the workbook with a code and a name."""
    known: Known = {}
    seen: set[str] = set()
    for other in others:
        if other.by_name:
            continue
        names = other.values.get("name", {})
        for key in sorted(other.added & names.keys() - spots.keys() - seen):
            seen.add(key)
            known.setdefault(fold(_text(names[key])), []).append((other.codes[key], _said(other, key)))
    return known


def _said(facts: Facts, key: str) -> dict[str, str]:
    """Return what files say of an account that tells it apart from others of its name."""
    return {name: text for name in TELLING_APART if (text := _text(facts.values.get(name, {}).get(key)))}


def _text(cell: object) -> str:
    text = read_text(cell)  # type: ignore[arg-type]
    return " ".join(text.split()) if isinstance(text, str) else ""
