"""Charts of a page: columns as inline SVG, coloured by its style sheet."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from typing import Final

from addin.reports.page.html import el

__all__ = ["columns"]

_WIDTH: Final = 460
_HEIGHT: Final = 230
_TOP: Final = 24
_BOTTOM: Final = 178
_LEGEND: Final = 218
_GAP: Final = 0.3
"""Share of the room of a name that stays free."""


def columns(
    title: str,
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    written: Callable[[float], str],
) -> ET.Element:
    """Return a chart of columns with the figure above each.

    Parameters
    ----------
    title
        What it shows, for who cannot see it.
    names
        What stands below the columns.
    series
        What is shown, two at most: a name and a figure for each of the names, None where unknown.
    written
        How a figure is written.
    """
    known = [value for _, values in series for value in values if value is not None]
    most = max([*known, 0.0]) or 1.0
    room = _WIDTH / max(len(names), 1)
    wide = room * (1 - _GAP) / max(len(series), 1)
    drawn: list[ET.Element] = [
        el("line", x1=0, y1=_BOTTOM, x2=_WIDTH, y2=_BOTTOM, class_="axis"),
    ]
    for at, name in enumerate(names):
        middle = (at + 0.5) * room
        drawn.append(el("text", name, x=_number(middle), y=_BOTTOM + 18, class_="name"))
        for place, (_, values) in enumerate(series):
            value = values[at]
            if value is None:
                continue
            left = at * room + room * _GAP / 2 + place * wide
            height = max(value, 0.0) / most * (_BOTTOM - _TOP)
            top = _BOTTOM - height
            drawn.append(
                el(
                    "rect",
                    x=_number(left),
                    y=_number(top),
                    width=_number(wide * 0.94),
                    height=_number(height),
                    class_=f"bar{place + 1}",
                )
            )
            drawn.append(
                el("text", written(value), x=_number(left + wide / 2), y=_number(top - 5), class_="figure")
            )
    if len(series) > 1:
        drawn += _legend([name for name, _ in series])
    return el("svg", el("title", title), drawn, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", class_="chart")


def _legend(names: Sequence[str]) -> list[ET.Element]:
    found = []
    for place, name in enumerate(names):
        left = place * _WIDTH / 2
        found.append(
            el("rect", x=_number(left), y=_LEGEND - 9, width=10, height=10, class_=f"bar{place + 1}")
        )
        found.append(el("text", name, x=_number(left + 16), y=_LEGEND, class_="legend"))
    return found


def _number(value: float) -> str:
    return f"{value:.1f}"
