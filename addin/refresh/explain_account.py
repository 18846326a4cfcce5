"""Why an account has its class, and what would raise it: the text of the button Explain account."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from addin.catalogue import Catalogue, catalogue
from addin.excel.values import cell_of
from addin.refresh.reason_texts import reason_texts
from addin.refusals import Refusal
from addin.trust.lever_texts import way_up
from addin.trust.shown_values import shown
from addin.workbook.account_tables import Portfolio
from addin.workbook.located_tables import Layout
from addin.workbook.port import Table
from addin.workbook.read_workbook import Intake, take_in
from addin.workbook.typed_cells import read_text
from scoring.explanation import Explanation, explain
from scoring.model import Model

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["account_in_selected_row", "explain_account", "selected_account"]


def selected_account(book: xw.Book, tables: Sequence[Table]) -> str:
    """Return the code of the account that a person has selected.

    It is the account in whose row the selection stands; elsewhere, the cell
    may hold a code.

    Raises
    ------
    Refusal
        If it is neither.
    """
    selection = book.app.selection
    if selection is None or selection.sheet.book.name != book.name:
        raise Refusal("no_account_selected")
    code = account_in_selected_row(book, Layout(tables))
    if code is not None:
        return code
    text = read_text(cell_of(selection.sheet.range((selection.row, selection.column)).value))
    if not isinstance(text, str):
        raise Refusal("no_account_selected")
    return text


def account_in_selected_row(book: xw.Book, layout: Layout) -> str | None:
    """Return the code of the account in whose row the selection stands, None where it stands elsewhere."""
    selection = book.app.selection
    if selection is None or selection.sheet.book.name != book.name:
        return None
    sheet, row = selection.sheet.name, selection.row
    for located in layout.accounts:
        table = located.table
        if table.sheet == sheet and table.top <= row < table.top + table.n_rows:
            code = read_text(located.cells("account")[row - table.top])
            if isinstance(code, str):
                return code
    return None


def explain_account(tables: Sequence[Table], code: str, today: dt.date) -> str:
    """Return everything about the score of an account, as the workbook stands now.

    Raises
    ------
    Refusal
        If there is no such account, or a fault keeps the portfolio from being scored.
    """
    layout = Layout(tables)
    intake = take_in(layout, today)
    words = catalogue(layout.language)
    row = _row_of(intake.portfolio, code)
    if intake.model is None:
        raise Refusal("not_explained", account=code)
    found = explain(intake.portfolio.accounts, intake.model, intake.reference_date, row)
    return "\n\n".join(filter(None, _paragraphs(intake, intake.model, found, words)))


def _row_of(portfolio: Portfolio, code: str) -> int:
    codes = [str(other).casefold() for other in portfolio.accounts["account"]]
    if code.casefold() not in codes:
        raise Refusal("no_such_account", account=code)
    return codes.index(code.casefold())


def _paragraphs(intake: Intake, model: Model, found: Explanation, words: Catalogue) -> list[str]:
    results, row = found.assessment.results, found.row
    accounts = intake.portfolio.accounts
    letter, score = str(results["class"].iat[row]), float(results["score"].to_numpy(dtype=np.float64)[row])
    name = accounts["name"].iat[row] if "name" in accounts else None
    title = _say(words, "title", account=accounts["account"].iat[row], name=_text(name)).strip()
    label = _text(results["label"].iat[row])
    if math.isnan(score):
        head = _say(words, "unscored", letter=letter)
    else:
        n_scored = int(results["score"].notna().sum())
        details = {"letter": letter, "label": label, "score": score, "rank": results["rank"].iat[row]}
        head = _say(words, "scored", n_scored=n_scored, **details).replace(" ()", "")
    why = reason_texts(intake, found.assessment, words)[row]
    return [
        "\n".join([title, head, *_stale(accounts, letter, row, words)]),
        why,
        _criteria(model, found, words),
        way_up(intake, model, found, str(results["computed"].iat[row]), words),
    ]


def _stale(accounts: pd.DataFrame, letter: str, row: int, words: Catalogue) -> list[str]:
    shown = _text(accounts["class"].iat[row]) if "class" in accounts else ""
    return [] if shown == letter else [_say(words, "stale", shown=shown or "-")]


def _criteria(model: Model, found: Explanation, words: Catalogue) -> str:
    lines = [_say(words, "criteria")] if found.parts else []
    for part in found.parts:
        criterion = model.criteria[part.criterion]
        details = {"criterion": criterion.name, "weight": part.weight}
        if part.value is None:
            key = "unknown_part" if part.contribution else "unknown"
            lines.append(_say(words, key, **details, contribution=part.contribution))
            continue
        value = shown(part.value, criterion.column, words, decimals=2)
        points = {"points": part.points, "contribution": part.contribution}
        lines.append(_say(words, "part", value=value, **points, **details))
    return "\n".join(lines)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("ribbon", "explained", key, **details)
