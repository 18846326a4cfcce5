"""Figures on a sheet: each renders as a formula and knows the value that it shows.

One definition gives both, so that a workbook shows the right figures before
any program has calculated it (Protected View, a phone, a mail preview).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from addin.book import Cell

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
    """A condition on a column of a count or a sum.

    Attributes
    ----------
    column
        The column looked at.
    operator
        ``""`` for equality, else ``">"``, ``">="`` or ``"<"``.
    bound
        What it is compared with.
    """

    column: Column
    operator: str
    bound: Figure

    def formula(self) -> str:
        """Return the range and the criterion, as COUNTIFS takes them."""
        if isinstance(self.bound, Constant):
            constant = self.bound.constant
            # ? and * are wildcards to COUNTIFS, and ~ takes that meaning away.
            text = "".join("~" + sign if sign in "~?*" else sign for sign in str(constant))
            criterion = quoted(self.operator + (text if isinstance(constant, str) else f"{constant:.15g}"))
        else:
            joined = f"{quoted(self.operator)}&" if self.operator else ""
            criterion = joined + self.bound.formula()
        return f"{self.column.formula()},{criterion}"

    def holds(self) -> list[bool]:
        """Return whether each cell of the column meets the condition."""
        bound = self.bound.value()
        if isinstance(bound, float) and not isinstance(self.bound, Constant):
            bound = float(f"{bound:.15g}")  # Excel joins a number to its operator with 15 digits
        return [_meets(number(cell), self.operator, bound) for cell in self.column.cells]


def serial(day: dt.date) -> float:
    """Return the number that Excel counts a date or time with.

    >>> serial(dt.date(2026, 1, 1))
    46023.0
    """
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return (moment.replace(tzinfo=None) - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001


def number(cell: Cell) -> Cell:
    """Return a date as its serial number, any other cell as it is."""
    return serial(cell) if isinstance(cell, dt.datetime) else cell


def _meets(cell: Cell, operator: str, bound: Value) -> bool:
    if isinstance(bound, str) and not operator:
        return isinstance(cell, str) and cell.casefold() == bound.casefold()
    if isinstance(bound, str) or not isinstance(cell, float):
        return False
    compared = {"": cell == bound, ">": cell > bound, ">=": cell >= bound, "<": cell < bound}
    return compared[operator]


def count(*conditions: Where) -> Calculation:
    """Return the number of rows of one table that meet all conditions (COUNTIFS)."""
    return Calculation(
        f"COUNTIFS({','.join(_braced(condition.formula()) for condition in conditions)})",
        lambda: float(sum(_all(conditions))),
        (),
    )


def total(column: Column, *conditions: Where) -> Calculation:
    """Return the sum of a column over the rows that meet all conditions (SUM or SUMIFS)."""
    parts = [column.formula(), *(condition.formula() for condition in conditions)]
    ranges = ",".join(map(_braced, parts))
    met = _all(conditions) if conditions else [True] * len(column.cells)
    numbers = [cell for cell, holds in zip(column.cells, met, strict=True) if holds]
    return Calculation(
        f"SUMIFS({ranges})" if conditions else f"SUM({ranges})",
        lambda: float(sum(cell for cell in numbers if isinstance(cell, float))),
        (),
    )


def added(figures: Iterable[Figure]) -> Calculation:
    """Return the sum of figures, one for each account table."""
    parts = tuple(figures)
    pattern = "+".join(f"{{{position}}}" for position in range(len(parts)))
    return Calculation(pattern, lambda *values: float(sum(values)), parts)


def ratio(part: Figure, whole: Figure, *, otherwise: Value = 0.0) -> Calculation:
    """Return a share, or another value where there is nothing to share."""
    upper, lower = (
        f"({{{place}}})" if _is_sum(figure) else f"{{{place}}}" for place, figure in enumerate((part, whole))
    )
    return calculate(
        f"IF({{1}}=0,{{2}},{upper}/{lower})",
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


def largest(columns: Sequence[Figure]) -> Calculation:
    """Return the largest number or date in some columns, 0 if there is none."""
    places = ",".join(f"{{{position}}}" for position in range(len(columns)))
    return Calculation(
        f"MAX({places})",
        lambda *found: max(
            (value for cells in found for cell in cells if isinstance(value := number(cell), float)),
            default=0.0,
        ),
        tuple(columns),
    )


def _is_sum(figure: Figure) -> bool:
    return isinstance(figure, Calculation) and "+" in figure.pattern


def _all(conditions: Sequence[Where]) -> list[bool]:
    return [all(row) for row in zip(*(condition.holds() for condition in conditions), strict=True)]


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _shown(value: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
