"""What the formulas ask Python for: one scoring run over the workbook's tables and those given instead.

The workbook's VBA asks once a recalculation, keeps the answers for all
accounts, and gives each cell its own (addin/template/vba/ClientScoreAnswers.bas).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xlwings import arg, func, ret

from addin.refresh.formula_answers import PlacedTable, answers
from addin.workbook.formulas import ANSWER_FIELDS, PLACE_FIELDS

__all__ = ["score_portfolio"]

Block = list[list[Any]]


@func(call_in_wizard=False)
@arg("places", ndim=2)
@arg("tables", ndim=2, err_to_str=True)
@ret(index=False, header=False)
# xlwings would take a type hint for a converter.
def score_portfolio(places, *tables):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN201
    """Score the portfolio that some tables hold.

    Parameters
    ----------
    places
        One row a table, as :data:`addin.workbook.formulas.PLACE_FIELDS` says:
        its name, its sheet, the row and the column of its first header, and
        whether it was given to the formula rather than found in the workbook.
    *tables
        The values of each, headers first.

    Returns
    -------
    Rows as wide as :data:`addin.workbook.formulas.ANSWER_FIELDS`. The first
    says ``"ok"``, or ``"fault"`` and what keeps the tables from being used;
    then an account a row.
    """
    return _asked(places, tables)


def _asked(places: Block, tables: Sequence[Block]) -> Block:
    """One border for formulas: what goes wrong becomes a sentence, its traceback goes to the log."""
    try:
        placed = [_placed(place, values) for place, values in zip(places, tables, strict=True)]
        found = answers(placed, dt.date.today())  # noqa: DTZ011 - the day at the keyboard
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        from addin.log import log_failure

        return _rows("fault", f"{type(failure).__name__}: {log_failure(failure)}", [])
    if found.fault:
        return _rows("fault", found.fault, [])
    return _rows("ok", "", found.rows())


def _placed(place: Sequence[Any], values: Block) -> PlacedTable:
    told = dict(zip(PLACE_FIELDS, place, strict=True))
    return PlacedTable(
        name=_text(told["name"]),
        sheet=_text(told["sheet"]),
        row=int(told["row"]),
        column=int(told["column"]),
        given=bool(told["given"]),
        values=values,
    )


def _rows(state: str, text: str, rows: Block) -> Block:
    blank = [None] * len(ANSWER_FIELDS)
    # Never a single row: xlwings would hand it to VBA as a list without rows.
    return [[state, text, *blank[2:]], *(rows or [blank])]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
