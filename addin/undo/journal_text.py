"""Journals as JSON: what a program of another version, or a hand, has spoilt is no journal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar, get_args

from addin.undo.cell_text import cell_of, plain_cells
from addin.undo.journal import Added, Code, Group, Journal, Replaced, Rewritten, What
from addin.workbook.port import Cell, SheetShown

__all__ = ["VERSION", "from_plain", "json_pieces"]

VERSION: Final = 3
"""Of the shape of a journal."""

_T = TypeVar("_T")


def json_pieces(journal: Journal) -> Iterator[bytes]:
    """Yield a journal as JSON, a column or a table at a time: the whole of it may be large."""
    separator = b"{"
    for key, value in _plain(journal).items():
        yield separator + _dumped(key) + b":"
        if isinstance(value, Iterator):
            yield b"["
            for place, item in enumerate(value):
                yield b"," + _dumped(item) if place else _dumped(item)
            yield b"]"
        else:
            yield _dumped(value)
        separator = b","
    yield b"}"


def _dumped(plain: object) -> bytes:
    """Return JSON; a text may hold half a sign that UTF-8 would not take."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _plain(journal: Journal) -> dict[str, Any]:
    """Return a journal as JSON has it, its long lists one by one."""
    return {
        "version": VERSION,
        "book": journal.book,
        "what": journal.what,
        "when": journal.when.isoformat(timespec="seconds"),
        "in_file": journal.in_file,
        "accounts": dict(journal.accounts),
        "columns": (
            {
                "table": one.table,
                "header": one.header,
                "at": list(one.at),
                "before": plain_cells(one.before),
                "after": plain_cells(one.after),
            }
            for one in journal.columns
        ),
        "added": (
            {
                "table": one.table,
                "headers": list(one.headers),
                "growth": one.growth,
                "codes": list(one.codes),
                "rows": _plain_rows(one.rows),
                "before": _plain_rows(one.before),
            }
            for one in journal.added
        ),
        "rows": (
            {
                "table": one.table,
                "keep": one.keep,
                "before": _plain_rows(one.before),
                "after": _plain_rows(one.after),
            }
            for one in journal.rows
        ),
        "sheets": [{"sheet": one.sheet, "shown": one.shown} for one in journal.sheets],
        "groups": [
            {
                "table": one.table,
                "headers": list(one.headers),
                "at": one.at,
                "n_rows": one.n_rows,
                "range": one.range,
            }
            for one in journal.groups
        ],
    }


def from_plain(plain: object) -> Journal:
    """Return the journal that JSON holds.

    Raises
    ------
    ValueError
        If it has not the shape of a journal.
    """
    try:
        journal = _journal(plain)
        _check(journal)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as failure:
        message = "this has not the shape of a journal"
        raise ValueError(message) from failure
    return journal


def _journal(plain: Any) -> Journal:
    _expect(plain["version"] == VERSION and plain["what"] in get_args(What))
    when = dt.datetime.fromisoformat(plain["when"])
    _expect(when.tzinfo is not None and 1980 <= when.year <= 9000)
    return Journal(
        _text(plain["book"]),
        plain["what"],
        when,
        _flag(plain["in_file"]),
        accounts={_text(name): _listed(_code, codes) for name, codes in plain["accounts"].items()},
        columns=_listed(_replaced, plain["columns"]),
        added=_listed(_added, plain["added"]),
        rows=_listed(_rewritten, plain["rows"]),
        sheets=tuple(_listed(_shown, plain["sheets"])),
        groups=tuple(_listed(_group, plain["groups"])),
    )


def _check(journal: Journal) -> None:
    """Check that what a journal says in one place fits what it says in another.

    Raises
    ------
    ValueError
        If it does not.
    """
    for one in journal.columns:
        _expect(len(one.at) == len(one.before) == len(one.after) == len(set(one.at)))
        _expect(all(at < len(journal.accounts[one.table]) for at in one.at))
    for added in journal.added:
        _expect(len(added.codes) == len(added.rows) and len(set(added.headers)) == len(added.headers))
        _expect(all(len(row) == len(added.headers) for row in (*added.rows, *added.before)))
    for rewritten in journal.rows:
        _expect(len({len(row) for row in (*rewritten.before, *rewritten.after)}) <= 1)
    rows = [one.table.casefold() for one in journal.added]
    rows += [one.table.casefold() for one in journal.rows]
    _expect(len(set(rows)) == len(rows))
    for group in journal.groups:
        _expect(group.at + group.n_rows <= len(journal.accounts[group.table]))


def _replaced(plain: Mapping[str, Any]) -> Replaced:
    at, before, after = (_listed(kind, plain[key]) for kind, key in _CELLS)
    return Replaced(_text(plain["table"]), _text(plain["header"]), at, before, after)


def _added(plain: Mapping[str, Any]) -> Added:
    return Added(
        _text(plain["table"]),
        _listed(_text, plain["headers"]),
        _whole(plain["growth"]),
        _listed(_code, plain["codes"]),
        _listed(_row, plain["rows"]),
        _listed(_row, plain["before"]),
    )


def _rewritten(plain: Mapping[str, Any]) -> Rewritten:
    before, after = _listed(_row, plain["before"]), _listed(_row, plain["after"])
    return Rewritten(_text(plain["table"]), _count(plain["keep"]), before, after)


def _shown(plain: Mapping[str, Any]) -> SheetShown:
    return SheetShown(_text(plain["sheet"]), _flag(plain["shown"]))


def _group(plain: Mapping[str, Any]) -> Group:
    return Group(
        _text(plain["table"]),
        _listed(_text, plain["headers"]),
        _count(plain["at"]),
        _count(plain["n_rows"]),
        _text(plain["range"]),
    )


def _row(plain: Sequence[Any]) -> tuple[Cell, ...]:
    return tuple(_listed(cell_of, plain))


def _plain_rows(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Any]]:
    return [plain_cells(row) for row in rows]


def _code(plain: Sequence[Any]) -> Code:
    code, place = plain
    return _text(code), _count(place)


def _listed(kind: Callable[[Any], _T], plain: object) -> list[_T]:
    _expect(isinstance(plain, list))
    return list(map(kind, plain))  # type: ignore[call-overload]  # it is a list


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError(plain)
    return plain


def _whole(plain: object) -> int:
    if type(plain) is not int:
        raise TypeError(plain)
    return plain


def _count(plain: object) -> int:
    number = _whole(plain)
    _expect(number >= 0)
    return number


def _flag(plain: object) -> bool:
    if not isinstance(plain, bool):
        raise TypeError(plain)
    return plain


def _expect(holds: bool) -> None:  # noqa: FBT001 - what is expected reads as it stands
    if not holds:
        message = "no journal says this"
        raise ValueError(message)


_CELLS: Final[tuple[tuple[Callable[[Any], Any], str], ...]] = (
    (_count, "at"),
    (cell_of, "before"),
    (cell_of, "after"),
)
