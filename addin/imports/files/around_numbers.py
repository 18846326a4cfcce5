"""What stands around the numbers of a column - sides, currencies, tax - and means one thing in all of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

from addin.workbook.written_numbers import WrittenNumber, is_one_of, written_number

__all__ = ["Around", "Side", "figures", "has_more", "shapes_of"]

Side = Literal["", "debit", "credit"]

_MORE: Final = re.compile(r"[^\d.,'’\s+-]")
_FIGURE: Final = re.compile(r"[0-9](?:[0-9.,'’ \u00a0\u202f\u2009]*[0-9])?")
_NOUGHT: Final = re.compile(r"[0.,'’ \u00a0\u202f\u2009]+")
_PLAIN_SHAPE: Final = re.compile(r"[^0-9.,'’]*[01][^0-9.,'’]*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to write a number, whatever its figures.

    Attributes
    ----------
    written
        How it is understood, None where it is no number.
    plain
        Whether its figures can be taken out as they stand: it has one run of them, no power of ten.
    """

    written: WrittenNumber | None
    plain: bool


def has_more(text: str) -> bool:
    """Whether anything but figures, their marks and a sign before them stands in a text."""
    return _MORE.search(text) is not None or "-\n" in text or text.endswith("-")


def shapes_of(text: str) -> tuple[list[str], dict[str, Shape]]:
    r"""Return the shape of each line of a text - 1 for its figures, 0 where they are nought - and the shapes.

    >>> shapes_of("12,50 EUR\n0 EUR\n(3)")[0]
    ['1 EUR', '0 EUR', '(1)']
    """
    shaped = _FIGURE.sub(_placeholder, text).split("\n")
    known = {}
    for one in set(shaped):
        written = written_number(one)
        plain = written is not None and not written.power and _PLAIN_SHAPE.fullmatch(one) is not None
        known[one] = Shape(written, plain)
    return shaped, known


def figures(line: str) -> str:
    """Return the figures of a line of a plain shape."""
    found = _FIGURE.search(line)
    return found[0] if found else ""


def _placeholder(found: re.Match[str]) -> str:
    return "0" if _NOUGHT.fullmatch(found[0]) else "1"


@dataclass
class Around:
    """What stands around the numbers of a column, seen so far.

    Attributes
    ----------
    credits, debits
        Numbers other than 0 that are said to be on one side.
    plain
        Whether a number other than 0 stands there without a side.
    currencies, taxes
        How often each was seen; an empty one is not noted.
    """

    credits: int = 0
    debits: int = 0
    plain: bool = False
    currencies: Counter[str] = field(default_factory=Counter)
    taxes: Counter[str] = field(default_factory=Counter)

    def observe(self, text: str) -> None:
        """Look at the lines of a text, a number each."""
        if not has_more(text):
            self.plain = self.plain or re.search("[1-9]", text) is not None
            return
        shaped, known = shapes_of(text)
        for one, count in Counter(shaped).items():
            written = known[one].written
            if written is None:
                continue
            if written.currency:
                self.currencies[written.currency] += count
            if written.tax:
                self.taxes[written.tax] += count
            if "1" not in one:
                continue
            self.credits += count if written.side == "credit" else 0
            self.debits += count if written.side == "debit" else 0
            self.plain = self.plain or not written.side

    @property
    def has_sides(self) -> bool:
        """Whether sides are said at all."""
        return bool(self.credits or self.debits)

    def is_turned(self, positive: Side) -> bool:
        """Whether most numbers are on the side that is not the positive one, and all are on one.

        Then the column may be seen from the other side, where credits are sales.
        """
        same, other = self.credits, self.debits
        if positive == "debit":
            same, other = other, same
        return other > same and not self.plain

    def different_currencies(self) -> list[str]:
        """Return the currencies; a sign of several ones is the one that is named beside it."""
        named = sorted(self.currencies)
        return [one for one in named if not any(is_one_of(other, one) for other in named)]
