"""The sheet Settings: the choices that hold for the whole workbook."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.page import Page, TableColumn
from addin.template.style import Styles
from addin.template.words import Words

_WIDTHS: Final = {"setting": 32, "value": 18, "help": 100}
_TOP: Final = 3
_VALUE: Final = tuple(_WIDTHS).index("value")
_SHARES: Final = ("min_completeness", "max_subjective", "core_share")


def build(workbook: Workbook, styles: Styles, words: Words, reference_date: dt.date | None) -> Page:
    """Add the sheet Settings."""
    page = Page(workbook, styles, words, words.sheet("settings"), "SettingsSheet", style.TAB_RULES)
    page.worksheet.set_default_row(24)
    last = len(_WIDTHS) - 1
    page.band(words.text("settings", "title"), words.text("settings", "subtitle"), last, home=last)
    page.worksheet.set_row(2, 10)
    rows = defaults.settings(words, reference_date)
    columns = [
        TableColumn(
            key,
            words.header("settings", key),
            "note" if key == "value" else "word",
            width,
            words.text("notes", "settings", key),
        )
        for key, width in _WIDTHS.items()
    ]
    page.table("Settings", _TOP, 0, columns, rows, filters=False)
    rules = _rules(words)
    for row, (key, cells) in enumerate(zip(defaults.SETTING_KEYS, rows, strict=True), start=_TOP + 1):
        kind = "share" if key in _SHARES else "date" if key == "reference_date" else "note"
        value = {"num_format": style.NUMBER_FORMATS[kind], "align": "center", "bg_color": style.PANEL}
        page.put(row, 0, cells["setting"], page.styles.body(bold=True, indent=1))
        page.put(row, _VALUE, cells["value"], page.styles.body(bold=True, **value))
        page.put(row, last, cells["help"], page.styles.body(font_color=style.MUTED, indent=1))
        if key in rules:
            message, rule = rules[key]
            page.allow((row, _VALUE), (row, _VALUE), message, rule)
    page.worksheet.freeze_panes(_TOP + 1, 0)
    page.printing(header_row=_TOP)
    return page


def _rules(words: Words) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return which values each setting takes; the currency is free text."""
    between: dict[str, Any] = {"validate": "decimal", "criteria": "between", "minimum": 0}
    whole: dict[str, Any] = {"validate": "integer", "criteria": "between"}
    positive = {"validate": "decimal", "criteria": ">=", "value": 0}
    rules: dict[str, tuple[str, dict[str, Any]]] = {
        "language": ("list", {"validate": "list", "source": words.listed("language"), "ignore_blank": False}),
        "reference_date": ("date", {"validate": "date", "criteria": ">=", "value": dt.date(1990, 1, 1)}),
        "method": ("list", {"validate": "list", "source": words.listed("method"), "ignore_blank": False}),
        "margin": ("score", between | {"maximum": 100}),
        "review_months": ("positive", positive),
        "weeks": ("weeks", between | {"maximum": 53}),
        "visit_days": ("weekdays", between | {"maximum": 7}),
        "visits_per_day": ("positive", positive),
        "periods": ("list", {"validate": "list", "source": words.listed("periods"), "ignore_blank": False}),
        "year_end": ("month", whole | {"minimum": 1, "maximum": 12}),
        "payment_terms": ("terms", whole | {"minimum": 0, "maximum": 365}),
    }
    return rules | {key: ("share", between | {"maximum": 1}) for key in _SHARES}
