"""Journals as JSON: what a program of another version, or a hand, has spoilt is no journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np

from addin.undo.journal import Added, Code, Journal, Replaced, Rewritten, What
from addin.workbook.port import Cell, CellError, Formula, SheetShown, Uncalculated

__all__ = ["from_plain", "to_plain"]


def to_plain(journal: Journal) -> dict[str, Any]:
    """Return a journal as JSON has it."""
    return {
        "book": journal.book,
        "what": journal.what,
        "when": journal.when.isoformat(timespec="seconds"),
        "in_file": journal.in_file,
        "accounts": {name: [list(code) for code in codes] for name, codes in journal.accounts.items()},
        "columns": [
            {
                "table": one.table,
                "header": one.header,
                "at": list(one.at),
                "before": list(map(_plain, one.before)),
                "after": list(map(_plain, one.after)),
            }
            for one in journal.columns
        ],
        "added": [
            {
                "table": one.table,
                "headers": list(one.headers),
                "growth": one.growth,
                "codes": [list(code) for code in one.codes],
                "rows": _plain_rows(one.rows),
                "before": _plain_rows(one.before),
            }
            for one in journal.added
        ],
        "rows": [
            {
                "table": one.table,
                "keep": one.keep,
                "before": _plain_rows(one.before),
                "after": _plain_rows(one.after),
            }
            for one in journal.rows
        ],
        "sheets": [{"sheet": one.sheet, "shown": one.shown} for one in journal.sheets],
    }


def from_plain(plain: object) -> Journal:
    """Return the journal that JSON holds.

    Raises
    ------
    ValueError
        If it has not the shape of a journal.
    """
    try:
        return _journal(plain)
    except (AttributeError, KeyError, TypeError, ValueError) as failure:
        message = "this has not the shape of a journal"
        raise ValueError(message) from failure


def _journal(plain: Any) -> Journal:
    if plain["what"] not in get_args(What):
        raise ValueError(plain["what"])
    return Journal(
        _text(plain["book"]),
        plain["what"],
        dt.datetime.fromisoformat(plain["when"]),
        bool(plain["in_file"]),
        accounts={_text(name): _codes(codes) for name, codes in plain["accounts"].items()},
        columns=[_replaced(one) for one in plain["columns"]],
        added=[
            Added(
                _text(one["table"]),
                list(map(_text, one["headers"])),
                int(one["growth"]),
                _codes(one["codes"]),
                _rows(one["rows"], len(one["headers"])),
                _rows(one["before"], len(one["headers"])),
            )
            for one in plain["added"]
        ],
        rows=[
            Rewritten(_text(one["table"]), int(one["keep"]), _rows(one["before"]), _rows(one["after"]))
            for one in plain["rows"]
        ],
        sheets=tuple(SheetShown(_text(one["sheet"]), bool(one["shown"])) for one in plain.get("sheets", ())),
    )


def _replaced(plain: Mapping[str, Any]) -> Replaced:
    at = list(map(int, plain["at"]))
    before, after = list(map(_cell, plain["before"])), list(map(_cell, plain["after"]))
    if not len(at) == len(before) == len(after):
        raise ValueError(len(at))
    return Replaced(_text(plain["table"]), _text(plain["header"]), at, before, after)


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError(plain)
    return plain


def _codes(plain: Sequence[Sequence[Any]]) -> list[Code]:
    return [(_text(code), int(place)) for code, place in plain]


def _rows(plain: Sequence[Sequence[Any]], width: int | None = None) -> list[tuple[Cell, ...]]:
    rows = [tuple(map(_cell, row)) for row in plain]
    if width is not None and any(len(row) != width for row in rows):
        raise ValueError(width)
    return rows


def _plain_rows(rows: Sequence[Sequence[Cell]]) -> list[list[Any]]:
    return [list(map(_plain, row)) for row in rows]


def _plain(cell: Any) -> Any:
    """Return a cell as JSON."""
    match cell:
        case None | bool() | str():
            return cell
        case dt.datetime():
            return {"date": cell.isoformat()}
        case Formula(text):
            return {"formula": text}
        case CellError(text) | Uncalculated(text):
            return {"formula": f"={text}"}
        case np.bool_():
            return bool(cell)
        case _:
            return float(cell)


def _cell(plain: Any) -> Cell:
    match plain:
        case {"date": str(text)}:
            return dt.datetime.fromisoformat(text)
        case {"formula": str(text)}:
            return Formula(text)
        case None | bool() | float() | str():
            return plain
        case int():
            return float(plain)
        case _:
            message = f"{plain!r} is no cell of a journal"
            raise ValueError(message)
