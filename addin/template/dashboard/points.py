"""The figures behind the charts: points of the turnover curve, accounts by completeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from addin.template.dashboard.board import BEHIND, COUNT, LINE, SHARE, SMALL, Board
from addin.template.figures import At, Calculation, Constant, calculate, ratio

THRESHOLDS: Final = 24
_FRACTION: Final = 0.72
"""Each threshold of the curve is this fraction of the one before: the last is 0.05 % of the first."""
_BANDS: Final = 5
_TITLES: Final = BEHIND + 1
_HEADERS: Final = BEHIND + 2
_FIRST: Final = BEHIND + 3
_THRESHOLD, X, Y, _ALL_ACCOUNTS, _ALL_TURNOVER = 2, 3, 4, 5, 6
BAND, _BAND_FROM, BAND_ACCOUNTS = 8, 9, 10
BOTTOM: Final = _FIRST + THRESHOLDS + 4
"""First free row below."""


@dataclass(frozen=True)
class Curve:
    """Rows of the first and last point of the curve and of the first point of the core line."""

    first: int
    last: int
    line: int


def curve(board: Board) -> Curve:
    """Write the points of the curve: how few accounts make how much of the turnover.

    Points are taken at turnovers that shrink by a constant fraction, since a
    count and a sum above a threshold work over several tables and in every
    program, where sorting does not.
    """
    board.write(_TITLES, _THRESHOLD, board.text("chart_curve"), bold=True, **SMALL)
    headers = ("threshold", "share_accounts", "share_turnover", "accounts", "turnover")
    for column, key in enumerate(headers, start=_THRESHOLD):
        board.write(_HEADERS, column, board.text(key), align="right", **SMALL, **LINE)
    share = board.styles(num_format="0.0%", **SMALL)
    whole = board.styles(num_format=COUNT, **SMALL)
    money = board.styles(num_format="#,##0.00", **SMALL)
    portfolio, page = board.portfolio, board.page
    positive = ("turnover", ">", 0.0)
    counted = board.place(_FIRST, _ALL_ACCOUNTS, portfolio.count(positive), whole)
    summed = board.place(_FIRST, _ALL_TURNOVER, portfolio.total("turnover", positive), whole)
    for column in (X, Y):
        page.put(_FIRST, column, 0.0, share)
    row = _FIRST + 1
    peak = board.place(row, _THRESHOLD, _rounded_down("MAX(0,{0})", portfolio.largest("turnover"), 0), money)
    for step in range(THRESHOLDS):
        row = _FIRST + 1 + step
        place = peak if step == 0 else board.place(row, _THRESHOLD, _rounded_down("{0}", peak, step), money)
        above = ("turnover", ">=", place)
        page.figure(row, X, ratio(portfolio.count(above, positive), counted), share)
        page.figure(row, Y, ratio(portfolio.total("turnover", above, positive), summed), share)
    last, line = row + 1, row + 2
    everyone = calculate("IF({0}=0,0,1)", lambda found: 0.0 if found == 0 else 1.0, counted)
    board.write(last, _THRESHOLD, "> 0", align="right", **SMALL)
    for column in (X, Y):
        page.figure(last, column, everyone, share)
    board.write(line, _THRESHOLD, board.text("core_line"), align="right", **SMALL)
    for offset, end in enumerate((0.0, 1.0)):
        page.put(line + offset, X, end, share)
        page.figure(line + offset, Y, At("CoreShare", Constant(0.8)), share)
    return Curve(_FIRST, last, line)


def bands(board: Board) -> tuple[int, int]:
    """Write the accounts by completeness and return the rows of the first and last band."""
    board.write(_TITLES, BAND, board.text("chart_completeness"), bold=True, **SMALL)
    for column, key in enumerate(("band", "band_from", "accounts"), start=BAND):
        board.write(
            _HEADERS, column, board.text(key), align="left" if column == BAND else "right", **SMALL, **LINE
        )
    limits = [At(f"$J${_FIRST + band + 1}", Constant(band / _BANDS)) for band in range(_BANDS)]
    for band, lower in enumerate(limits):
        row = _FIRST + band
        board.write(row, BAND, board.text("bands", f"b{band}"), **SMALL)
        board.page.put(row, _BAND_FROM, lower.value(), board.styles(num_format=SHARE, **SMALL))
        conditions = [("completeness", ">=", lower)]
        conditions += [("completeness", "<", upper) for upper in limits[band + 1 : band + 2]]
        figure = board.portfolio.count(*conditions)
        board.page.figure(row, BAND_ACCOUNTS, figure, board.styles(num_format=COUNT, **SMALL))
    return _FIRST, _FIRST + _BANDS - 1


def _rounded_down(pattern: str, most: Calculation | At, step: int) -> Calculation:
    """Return a threshold, rounded down so that no account lies beyond its own."""
    return calculate(
        f"ROUNDDOWN({pattern}*{{1}}^{{2}},2)",
        lambda amount, fraction, power: int(max(0.0, amount) * fraction**power * 100 + 1e-9) / 100,
        most,
        Constant(_FRACTION),
        Constant(float(step)),
    )
