"""The charts of the Dashboard: native ones that a person can restyle."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.dashboard import by_class
from addin.template.page import Page

CURVE_TEXTS: Final = ("chart_curve", "curve_x", "curve_y", "curve_name", "curve_line")
_FONT: Final[dict[str, Any]] = {"name": style.FONT, "size": 9, "color": style.MUTED}
_LABEL: Final[dict[str, Any]] = {"name": style.FONT, "size": 9, "color": style.INK}
_NO_LINE: Final = {"none": True}
_GRID: Final = {"visible": True, "line": {"color": style.LINE, "width": 0.75}}


def classes(
    workbook: Workbook, page: Page, title: str, column: int, place: tuple[int, int], width: int
) -> None:
    """Draw a column for each class, in the colour of the class."""
    first, last = by_class.FIRST, by_class.UNKNOWN
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": title,
            "categories": [page.name, first, by_class.LETTER, last, by_class.LETTER],
            "values": [page.name, first, column, last, column],
            "points": [_point(row - first) for row in range(first, last + 1)],
            "gap": 45,
            "data_labels": {"value": True, "num_format": "#,##0", "font": _LABEL, "position": "outside_end"},
        }
    )
    _plain(chart, title)
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_x_axis(
        {
            "num_font": _LABEL | {"bold": True, "size": 11},
            "line": {"color": style.LINE},
            "major_tick_mark": "none",
        }
    )
    _insert(page, chart, title, place, (width, 270))


def bands(
    workbook: Workbook, page: Page, title: str, rows: tuple[int, int], left: int, place: tuple[int, int]
) -> None:
    """Draw a bar for each band of completeness, which stand in a column with their accounts beside them."""
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [page.name, rows[0], left, rows[1], left],
            "values": [page.name, rows[0], left + 1, rows[1], left + 1],
            "fill": {"color": style.TAB_RULES},
            "border": _NO_LINE,
            "gap": 40,
            "data_labels": {"value": True, "num_format": "#,##0", "font": _LABEL},
        }
    )
    _plain(chart, title)
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis(
        {"num_font": _LABEL, "line": {"color": style.LINE}, "major_tick_mark": "none", "reverse": True}
    )
    _insert(page, chart, title, place, (_pixels(4) - 18, 266), left=18)


def curve(
    workbook: Workbook,
    page: Page,
    texts: dict[str, str],
    rows: tuple[int, int],
    left: int,
    place: tuple[int, int],
    mark: tuple[int, int],
) -> None:
    """Draw the turnover curve, the line of the core and the mark where the core ends.

    Accounts, turnover and core stand side by side, and so do the mark and what it says, the title.
    """
    first, last = rows
    share = [page.name, first, left, last, left]
    chart = workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    chart.add_series(
        {
            "name": texts["curve_name"],
            "categories": share,
            "values": [page.name, first, left + 1, last, left + 1],
            "line": {"color": style.CLASS_FILLS[1], "width": 2.25},
            "marker": {
                "type": "circle",
                "size": 4,
                "fill": {"color": style.CLASS_FILLS[1]},
                "border": {"color": style.WHITE},
            },
        }
    )
    chart.add_series(
        {
            "name": texts["curve_line"],
            "categories": share,
            "values": [page.name, first, left + 2, last, left + 2],
            "line": {"color": style.AMBER, "width": 1.25, "dash_type": "dash"},
            "marker": {"type": "none"},
            "data_labels": {
                "value": True,
                "num_format": "0%",
                "position": "above",
                "font": {"name": style.FONT, "size": 9, "color": style.AMBER, "bold": True},
                "custom": [{"delete": True}] * (last - first) + [{}],
            },
        }
    )
    chart.add_series(_mark(page, texts["curve_line"], mark))
    said = xl_rowcol_to_cell(mark[0], mark[1] + 2, row_abs=True, col_abs=True)
    sheet = page.name.replace("'", "''")
    _plain(chart, f"='{sheet}'!{said}")
    axis = {
        "min": 0,
        "max": 1,
        "major_unit": 0.2,
        "num_format": "0%",
        "num_font": _FONT,
        "name_font": _FONT | {"bold": False},
        "major_gridlines": _GRID,
        "line": {"color": style.LINE},
        "major_tick_mark": "none",
    }
    chart.set_x_axis(axis | {"name": texts["curve_x"]})
    chart.set_y_axis(axis | {"name": texts["curve_y"]})
    _insert(page, chart, texts["chart_curve"], place, (_pixels(10), 400))


def _mark(page: Page, name: str, mark: tuple[int, int]) -> dict[str, Any]:
    """Return the series of one point."""
    row, column = mark
    return {
        "name": name,
        "categories": [page.name, row, column, row, column],
        "values": [page.name, row, column + 1, row, column + 1],
        "line": _NO_LINE,
        "marker": {
            "type": "circle",
            "size": 10,
            "fill": {"color": style.AMBER},
            "border": {"color": style.WHITE},
        },
    }


def _point(place: int) -> dict[str, Any]:
    # Programs number the points of a chart with or without the rows that are hidden.
    if place in (len(defaults.CLASS_LETTERS), by_class.UNKNOWN - by_class.FIRST):
        pattern = {"pattern": "light_upward_diagonal", "fg_color": style.DASHES, "bg_color": style.WHITE}
        return {"pattern": pattern, "border": {"color": style.DASHES, "width": 0.75}}
    return {"fill": {"color": style.CLASS_FILLS[place]}, "border": _NO_LINE}


def _plain(chart: Any, title: str) -> None:
    chart.set_title(
        {
            "name": title,
            "overlay": False,
            "name_font": {"name": style.FONT, "size": 12, "bold": True, "color": style.NAVY},
        }
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": style.LINE}, "fill": {"color": style.WHITE}})
    chart.set_plotarea({"fill": {"none": True}})


def _pixels(n_columns: int) -> int:
    """Width of some of the equal columns of the sheet; each pair is 206 pixels wide."""
    return n_columns * 103


def _insert(
    page: Page,
    chart: Any,
    title: str,
    place: tuple[int, int],
    size: tuple[int, int],
    *,
    left: int = 0,
) -> None:
    chart.set_size({"width": size[0], "height": size[1]})
    page.worksheet.insert_chart(
        *place, chart, {"object_position": 2, "description": title, "x_offset": left, "y_offset": 2}
    )
