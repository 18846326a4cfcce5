"""Why an account has its class, and what would raise it: the text of the button Explain account."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from addin.account_tables import Portfolio
from addin.book import Table
from addin.catalogue import Catalogue, catalogue
from addin.intake import Intake, take_in
from addin.layout import Layout
from addin.live_values import cell_of
from addin.refusals import Refusal
from addin.values import read_text
from addin.why import reason_texts
from scoring.explanation import Explanation, explain
from scoring.model import Model
from scoring.terms import FIELDS, UNKNOWN_CLASS, Kind
from scoring.text import entry

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["explain_account", "selected_account"]

_MOST_LEVERS: Final = 4


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
    sheet, row = selection.sheet.name, selection.row
    for located in Layout(tables).accounts:
        table = located.table
        if table.sheet == sheet and table.top <= row < table.top + table.n_rows:
            code = read_text(located.cells("account")[row - table.top])
            if isinstance(code, str):
                return code
    code = read_text(cell_of(selection.sheet.range((row, selection.column)).value))
    if not isinstance(code, str):
        raise Refusal("no_account_selected")
    return code


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
        _way_up(intake, model, found, letter, words),
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
            lines.append(_say(words, "unknown", **details))
            continue
        value = _shown(part.value, criterion.column, words)
        points = {"points": part.points, "contribution": part.contribution}
        lines.append(_say(words, "part", value=value, **points, **details))
    return "\n".join(lines)


def _way_up(intake: Intake, model: Model, found: Explanation, letter: str, words: Catalogue) -> str:
    """What would raise the class: a gate to be lifted, or a value of one criterion."""
    if letter == UNKNOWN_CLASS or not found.next_class:
        return ""
    if found.gate >= 0:
        return _say(words, "gate", letter=found.next_class, reason=model.gates[found.gate].reason)
    if math.isnan(found.target):
        return ""
    if not found.levers:
        return _say(words, "no_lever", letter=found.next_class, target=found.target)
    key = "levers_margin" if found.with_margin else "levers"
    lines = [_say(words, key, letter=found.next_class, target=found.target)]
    for one in found.levers[:_MOST_LEVERS]:
        criterion = model.criteria[one.criterion]
        target = _listed(intake).get(one.value, one.value) if criterion.scale == "list" else one.value
        value = _shown(target, criterion.column, words)
        current = (
            _say(words, "not_known") if one.current is None else _shown(one.current, criterion.column, words)
        )
        lines.append(_say(words, "lever", criterion=criterion.name, value=value, current=current))
    return "\n".join(lines)


def _listed(intake: Intake) -> dict[float | str, str]:
    """Return the entries of list scales as they are written on the sheet Scales."""
    values = intake.layout.named["scales"].cells("value")
    return {entry(value): value for value in values if isinstance(value, str)}


def _shown(value: Any, column: str, words: Catalogue) -> str:
    """Return a value as a reader of the language writes it."""
    field = FIELDS.get(column)
    if field is not None and field.kind is Kind.WORD and isinstance(value, str):
        kind = "yes_no" if column == "core" else column
        return words.words(kind).get(value, value)
    if isinstance(value, np.generic):
        value = value.item()
    if field is not None and field.kind is Kind.SHARE and isinstance(value, float):
        return words.percent(value)
    return words.show(round(value, 2) if isinstance(value, float) else value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("ribbon", "explained", key, **details)
