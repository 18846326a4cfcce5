"""How the workbook looks: one palette, one font, one format for each role of a cell."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from addin.workbook.definitions import NUMBERS, Holds

FONT: Final = "Calibri"

INK: Final = "#1F2D3A"
MUTED: Final = "#6A7885"
NAVY: Final = "#15384F"
NAVY_SOFT: Final = "#B9CEDC"
"""Text of second rank on navy."""
LINE: Final = "#DDE4E9"
PANEL: Final = "#F3F6F8"
WHITE: Final = "#FFFFFF"
DASHES: Final = "#7D8B97"
"""Outline and hatching of what is not classed."""
SAND: Final = "#EADFC8"
SAND_INK: Final = "#5B4A26"
SAND_SOFT: Final = "#FAF6EC"
"""Cells that Refresh fills in."""
AMBER: Final = "#B4690E"
"""Asks for attention."""
BAR: Final = "#E3D6B8"

CLASS_FILLS: Final = ("#15384F", "#2F7199", "#7FB3D3", "#C6DFEE", "#E1EEF6", "#F1F7FB")
"""Single hue, best class darkest: it holds in grey print and for colour-blind readers."""
CLASS_INKS: Final = (WHITE, WHITE, INK, INK, INK, INK)

TAB_HOME: Final = NAVY
TAB_ACCOUNTS: Final = "#2F7199"
TAB_RULES: Final = "#C9B27C"
TAB_RESULTS: Final = "#9FB4C2"

NUMBER_FORMATS: Final[dict[Holds, str | int]] = {
    Holds.CODE: "@",
    Holds.CONDITION: "@",
    Holds.MONEY: "#,##0",
    Holds.AMOUNT: "#,##0.00",
    Holds.COUNT: "#,##0",
    Holds.SCORE: "0.0",
    Holds.DECIMAL: "#,##0.0",
    Holds.FACTOR: "0.00",
    Holds.SHARE: "0%",
    Holds.TREND: "+0%;-0%;0%",
    Holds.DATE: 14,  # the short date of the reader's own system
    Holds.WEEKDAY: "ddd d mmm yyyy",
    Holds.MOMENT: 22,  # the same with the time of day
}
"""Number formats by what a column holds; all others show a value as it is."""

_RIGHT: Final[dict[str, Any]] = {"align": "right"}
_CENTRE: Final[dict[str, Any]] = {"align": "center"}
_LEFT: Final[dict[str, Any]] = {"align": "left", "indent": 1}
_ALIGNED: Final[dict[Holds, dict[str, Any]]] = {
    **dict.fromkeys(NUMBERS, _RIGHT),
    Holds.NOTE: _CENTRE,
    Holds.DATE: _CENTRE,
    Holds.WEEKDAY: _LEFT,
    Holds.MOMENT: _CENTRE,
    Holds.ANYTHING: {},
}

THEME: Final = {
    "dk2": NAVY,
    "lt2": PANEL,
    "accent1": CLASS_FILLS[1],
    "accent2": "#C9B27C",
    "accent3": CLASS_FILLS[2],
    "accent4": AMBER,
    "accent5": "#5E7F6B",
    "accent6": MUTED,
    "hlink": CLASS_FILLS[1],
    "folHlink": CLASS_FILLS[1],
}
"""Colours of the theme, so that the colour picker and new charts offer the same palette."""


class Styles:
    """Cell formats by their properties, each made once.

    Parameters
    ----------
    workbook
        The workbook that the formats belong to.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """Return the format of a cell, vertically centred and in ink unless told otherwise."""
        return self._format({"valign": "vcenter", "font_color": INK} | properties)

    def change(self, **properties: Any) -> Format:
        """Return the format of a conditional format: nothing but the change."""
        return self._format(properties)

    def body(self, **properties: Any) -> Format:
        """Return the format of a cell in the body of a table."""
        return self(**{"bottom": 1, "bottom_color": LINE} | properties)

    def column(self, holds: Holds) -> dict[str, Any]:
        """Return what the values of a column ask of the whole column."""
        return {"num_format": NUMBER_FORMATS.get(holds, "General")} | _ALIGNED.get(holds, _LEFT)

    def header(self, align: dict[str, Any], *, by_refresh: bool, tall: bool) -> Format:
        """Return the format of a column header, by who fills in the column.

        Where headers run over two lines they start at the top, clear of the
        filter button at the bottom.
        """
        colours = (
            {"bg_color": SAND, "font_color": SAND_INK}
            if by_refresh
            else {"bg_color": NAVY, "font_color": WHITE}
        )
        place = {"valign": "top"} if tall else {}
        return self(bold=True, text_wrap=True, border=1, border_color=WHITE, **(colours | align | place))

    def _format(self, properties: dict[str, Any]) -> Format:
        if "indent" in properties and "align" not in properties:
            properties = properties | {"align": "left"}  # at the top of a cell an indent would push down
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
