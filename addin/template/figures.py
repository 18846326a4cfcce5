"""Figures on a sheet: each renders as a formula and knows the value that it shows.

One definition gives both, so that a workbook shows the right figures before
any program has calculated it (Protected View, a phone, a mail preview).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from addin.workbook.port import Cell
from addin.workbook.same_cell import serial

Value = float | str


class Figure(Protocol):
    """Something that can stand in a formula."""

    def formula(self) -> str:
        """Return the Excel formula, without the leading ``=``."""
        ...

    def value(self) -> Any:
        """Return what the formula shows."""
        ...


def quoted(text: str) -> str:
    """Return a text literal of a formula.

    >>> quoted('6" pipe')
    '"6"" pipe"'
    """
    return '"' + text.replace('"', '""') + '"'


def reference(table: str, header: str) -> str:
    """Return the structured reference to a column.

    >>> reference("Criteria", "S'applique à")
    "Criteria[S''applique à]"
    """
    return f"{table}[{''.join(chr(39) + sign if sign in '[]#@' + chr(39) else sign for sign in header)}]"


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    table: str
    header: str
    cells: tuple[Cell, ...]

    def formula(self) -> str:
        """Return the structured reference."""
        return reference(self.table, self.header)

    def value(self) -> tuple[Cell, ...]:
        """Return the cells of the column."""
        return self.cells


@dataclass(frozen=True)
class Constant:
    """A number or a text written out in the formula."""

    constant: Value

    def formula(self) -> str:
        """Return the literal."""
        return quoted(self.constant) if isinstance(self.constant, str) else f"{self.constant:.15g}"

    def value(self) -> Value:
        """Return the number or text."""
        return self.constant


@dataclass(frozen=True)
class At:
    """A figure that stands in a cell, or under a defined name, and is referred to there."""

    address: str
    figure: Figure

    def formula(self) -> str:
        """Return the address."""
        return self.address

    def value(self) -> Any:
        """Return what the figure shows."""
        return self.figure.value()


@dataclass(frozen=True)
class Calculation:
    """A formula over other figures and the same in Python, side by side.

    Attributes
    ----------
    pattern
        The formula with ``{0}``, ``{1}`` ... where the other figures stand.
    rule
        The function of the values of those figures.
    parts
        The other figures.
    """

    pattern: str
    rule: Callable[..., Any]
    parts: tuple[Figure, ...]

    def formula(self) -> str:
        """Return the pattern filled in."""
        return self.pattern.format(*(part.formula() for part in self.parts))

    def value(self) -> Any:
        """Return the rule applied to the values."""
        return self._shown

    @functools.cached_property
    def _shown(self) -> Any:
        return self.rule(*(part.value() for part in self.parts))


def calculate(pattern: str, rule: Callable[..., Any], *parts: Figure) -> Calculation:
    """Return a calculation."""
    return Calculation(pattern, rule, parts)


@dataclass(frozen=True)
class Where:
    """Rows of a table whose cell in a column equals something; case does not matter.

    No criterion of SUMIFS or COUNTIFS says it: there ``A*`` would be a pattern.
    """

    column: Column
    bound: Constant

    def formula(self) -> str:
        """Return an array of ones and zeros."""
        return f"({self.column.formula()}={self.bound.formula()})*1"

    def holds(self) -> list[bool]:
        """Return whether each cell of the column meets the condition."""
        return [_equal(number(cell), self.bound.value()) for cell in self.column.cells]


def number(cell: Cell) -> Cell:
    """Return a date as its serial number, any other cell as it is."""
    return serial(cell) if isinstance(cell, dt.datetime) else cell


def _equal(cell: Cell, bound: Value) -> bool:
    if isinstance(cell, str) and isinstance(bound, str):
        return cell.casefold() == bound.casefold()
    return isinstance(cell, float) and cell == bound


def total(column: Column, *conditions: Where) -> Calculation:
    """Return the sum of a column over the rows that meet all conditions (SUM or SUMPRODUCT)."""
    parts = [*(condition.formula() for condition in conditions), column.formula()]
    met = [all(row) for row in zip(*(condition.holds() for condition in conditions), strict=True)]
    if not conditions:
        met = [True] * len(column.cells)
    numbers = [cell for cell, holds in zip(column.cells, met, strict=True) if holds]
    return Calculation(
        f"{'SUMPRODUCT' if conditions else 'SUM'}({','.join(map(_braced, parts))})",
        lambda: float(sum(cell for cell in numbers if isinstance(cell, float))),
        (),
    )


def ratio(part: Figure, whole: Figure, *, otherwise: Value = 0.0) -> Calculation:
    """Return a share, or another value where there is nothing to share."""
    return calculate(
        "IF({1}=0,{2},{0}/{1})",
        lambda part, whole, empty: empty if whole == 0 else part / whole,
        part,
        whole,
        Constant(otherwise),
    )


def sentence(template: str, **figures: Figure) -> Calculation:
    """Return a text with figures in it, such as ``"of {count} accounts"``."""
    pieces: list[Figure] = []
    rest = template
    while rest:
        before, brace, after = rest.partition("{")
        if before:
            pieces.append(Constant(before))
        if brace:
            name, _, after = after.partition("}")
            pieces.append(figures[name])
        rest = after
    pattern = "&".join(f"{{{position}}}" for position in range(len(pieces)))
    return Calculation(pattern, lambda *values: "".join(map(_shown, values)), tuple(pieces))


def percentage(share: Figure) -> Calculation:
    """Return a share as text, in whole percents rounded half up."""
    return calculate('TEXT({0},"0%")', lambda value: f"{int(value * 100 + 0.5 + 1e-9)}%", share)


def nth(column: Column, position: int) -> Calculation:
    """Return the text of a row of a table, empty beyond its end."""
    return calculate(
        'IFERROR(INDEX({0},{1})&"","")',
        lambda cells, place: _shown(cells[int(place) - 1]) if place <= len(cells) else "",
        column,
        Constant(float(position)),
    )


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _shown(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
