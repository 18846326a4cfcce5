"""A chart of columns beside a list, in the colours of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import Page

__all__ = ["add_column_chart"]

_FILLS: Final = (style.CLASS_FILLS[1], style.TAB_RULES)


def add_column_chart(
    workbook: Workbook,
    page: Page,
    title: str,
    rows: tuple[int, int],
    names: int,
    values: Sequence[int],
    *,
    headers: int,
    number_format: str,
    at: tuple[int, int],
    size: tuple[int, int],
) -> None:
    """Add a chart of some columns of a table.

    Parameters
    ----------
    workbook, page
        The workbook, and the sheet that has the table and gets the chart.
    title
        What stands above it.
    rows
        First and last row that it shows.
    names, values
        Column of the names below the chart, and columns of figures, two at most.
    headers
        Row of the headers, which name the figures.
    number_format
        How the figures are written.
    at, size
        Cell of the upper left corner; width and height [pixels].
    """
    chart = workbook.add_chart({"type": "column"})
    first, last = rows
    for column, fill in zip(values, _FILLS, strict=False):
        chart.add_series(
            {
                "name": [page.name, headers, column],
                "categories": [page.name, first, names, last, names],
                "values": [page.name, first, column, last, column],
                "fill": {"color": fill},
                "gap": 60,
                "overlap": -5,
                "data_labels": {
                    "value": True,
                    "num_format": number_format,
                    "font": {"size": 8, "color": style.INK},
                },
            }
        )
    font = {"name": style.FONT, "size": 12, "bold": True, "color": style.NAVY}
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    axis: dict[str, Any] = {
        "num_font": {"name": style.FONT, "size": 9, "color": style.MUTED},
        "line": {"color": style.LINE},
    }
    chart.set_x_axis(axis)
    grid = {"visible": True, "line": {"color": style.LINE}}
    chart.set_y_axis(axis | {"num_format": number_format, "min": 0, "major_gridlines": grid})
    if len(values) > 1:
        chart.set_legend({"position": "bottom", "font": {"name": style.FONT, "size": 9, "color": style.INK}})
    else:
        chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": style.LINE}})
    chart.show_hidden_data()  # a filter on the list beside it hides rows of both
    chart.set_size({"width": size[0], "height": size[1]})
    # It neither moves nor shrinks with rows that a filter hides.
    page.worksheet.insert_chart(*at, chart, {"object_position": 3, "description": title})
