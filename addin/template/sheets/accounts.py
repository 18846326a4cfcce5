"""The sheets of accounts: what people fill in, and beside it what a refresh fills in."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.book import column_letters
from addin.template import style
from addin.template.content import AccountSheet
from addin.template.page import LAST_ROW, Page, TableColumn
from addin.template.style import Styles
from addin.template.words import Words
from scoring.terms import FIELDS, FilledBy, Kind

HEADER_ROW: Final = 3
_GROUP_ROW: Final = 2
FIRST_ROW: Final = HEADER_ROW + 1

# Groups of columns under a common heading, with the width of each column. What
# everybody looks for comes first and stays in view.
_GROUPS: Final[dict[str, dict[str, float]]] = {
    "identity": {"account": 13, "name": 25},
    "result": {"class": 8, "label": 12, "score": 8, "reasons": 50},
    "profile": {"status": 11, "rep": 15, "sector": 14, "postcode": 10},
    "money": {"turnover": 12, "turnover_1": 12, "turnover_2": 12, "potential": 12, "potential_new": 17},
    "risk": {"solidity": 14, "days_late": 13},
    "notes": {"growth": 14, "influence": 15, "relationship": 14},
    "visit": {"last_visit": 12},
    "purchases": {
        "first_purchase": 13,
        "last_purchase": 13,
        "orders": 12,
        "open_amount": 13,
        "overdue": 13,
        "company_no": 18,
    },
    "forced": {"forced": 10, "forced_reason": 24, "forced_until": 12},
    "details": {
        "trend": 11,
        "state": 11,
        "computed": 11,
        "previous": 12,
        "completeness": 13,
        "rank": 8,
        "core": 9,
    },
}
ORDER: Final = tuple(key for group in _GROUPS.values() for key in group)
"""The columns of an account table, by field."""
_FROZEN: Final = len(_GROUPS["identity"]) + len(_GROUPS["result"])
_PRINTED: Final = ORDER.index("potential_new")
_BY_REFRESH: Final = frozenset({"result", "details"})
_IMPORTED: Final = frozenset(
    {"account", "name", "status", "rep", "sector", "postcode", "turnover", "turnover_1", "turnover_2"}
    | {"potential", "potential_new", "solidity", "days_late", "last_visit", *_GROUPS["purchases"]}
)
_TEXTS: Final = ("account", "postcode", "company_no")
"""Codes: text, so that leading zeros are kept."""
_CLASS_COLUMNS: Final = ("class", "forced", "computed", "previous")
_TITLED: Final = {"Clients": "clients", "Prospects": "prospects"}


def build(workbook: Workbook, styles: Styles, words: Words, accounts: AccountSheet, number: int) -> Page:
    """Add a sheet of accounts."""
    code_name = f"{accounts.table}Sheet" if accounts.table in _TITLED else f"AccountsSheet{number}"
    page = Page(workbook, styles, words, accounts.sheet, code_name, style.TAB_ACCOUNTS)
    columns = _columns(words, accounts)
    kind = _TITLED.get(accounts.table, "other")
    page.worksheet.set_default_row(18)
    page.band(
        words.text("accounts", f"title_{kind}", sheet=accounts.sheet),
        words.text("accounts", f"subtitle_{kind}"),
        len(columns) - 1,
        home=_FROZEN - 1,
    )
    _groups(page, columns)
    page.table(accounts.table, HEADER_ROW, 0, columns, accounts.rows, header_height=46)
    page.worksheet.freeze_panes(FIRST_ROW, _FROZEN)
    page.worksheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)
    _colours(page)
    _validations(page)
    text = " ".join(f"{letter}{FIRST_ROW + 1}:{letter}{LAST_ROW + 1}" for letter in _letters(*_TEXTS))
    page.worksheet.ignore_errors({"number_stored_as_text": text})
    page.printing(header_row=HEADER_ROW, last_column=_PRINTED)
    return page


def _columns(words: Words, accounts: AccountSheet) -> list[TableColumn]:
    own_note = words.text("notes", "accounts", "own")
    filled = {
        "person": words.text("page", "filled_by_person"),
        "import": words.text("page", "filled_by_import"),
        "refresh": words.text("page", "filled_by_refresh"),
    }
    known = []
    for group in _GROUPS.values():
        for key, width in group.items():
            by_refresh = FIELDS[key].filled_by is FilledBy.REFRESH
            who = "refresh" if by_refresh else "import" if key in _IMPORTED else "person"
            known.append(
                TableColumn(
                    key,
                    words.header("accounts", key),
                    _kind(key),
                    width,
                    f"{words.text('notes', 'accounts', key)}\n{filled[who]}",
                    by_refresh=by_refresh,
                    align="center" if key in (*_CLASS_COLUMNS, "core", "rank") else None,
                )
            )
    own = [
        TableColumn(header, header, "general", 16, f"{own_note}\n{filled['person']}")
        for header in accounts.extra
    ]
    return known + own


def _kind(key: str) -> str:
    if key in _TEXTS:
        return "text"
    if key in ("score", "trend"):
        return key
    shown = {
        Kind.MONEY: "money",
        Kind.SHARE: "share",
        Kind.DATE: "date",
        Kind.NOTE: "note",
        Kind.NUMBER: "number",
    }
    return shown.get(FIELDS[key].kind, "word")


def _groups(page: Page, columns: list[TableColumn]) -> None:
    """Write the names of the groups above their headers."""
    words, styles = page.words, page.styles
    position = 0
    sizes = {group: len(keys) for group, keys in _GROUPS.items()}
    sizes["own"] = len(columns) - len(ORDER)
    page.worksheet.set_row(_GROUP_ROW, 20)
    for group, size in sizes.items():
        by_refresh = group in _BY_REFRESH
        colours = {
            "bg_color": style.SAND_SOFT if by_refresh else style.PANEL,
            "font_color": style.SAND_INK if by_refresh else style.MUTED,
            "indent": 1,
        }
        for offset in range(size):
            edge = {"left": 1, "left_color": style.WHITE} if offset == 0 else {}
            page.worksheet.write_blank(_GROUP_ROW, position + offset, None, styles(**colours, **edge))
        if size:
            label = words.text("accounts", "groups", group)
            edge = {"left": 1, "left_color": style.WHITE}
            page.worksheet.write_string(
                _GROUP_ROW, position, label, styles(font_size=9, bold=True, **colours, **edge)
            )
        position += size


def _colours(page: Page) -> None:
    for key in _CLASS_COLUMNS:
        place = ORDER.index(key)
        page.colour_classes((FIRST_ROW, place), (LAST_ROW, place))
    score = ORDER.index("score")
    page.bars((FIRST_ROW, score), (LAST_ROW, score), 100, style.BAR)
    shade = page.styles.change(bg_color=style.SAND_SOFT)
    start = 0
    for group, keys in _GROUPS.items():
        if group in _BY_REFRESH:
            last = start + len(keys) - 1
            page.when((FIRST_ROW, start), (LAST_ROW, last), f'=$A{FIRST_ROW + 1}<>""', shade)
        start += len(keys)


def _validations(page: Page) -> None:
    words = page.words
    number: dict[str, Any] = {"validate": "decimal", "criteria": "between"}
    money = number | {"minimum": -1e15, "maximum": 1e15}
    date = {"validate": "date", "criteria": ">=", "value": dt.date(1990, 1, 1)}
    note = number | {"minimum": 0, "maximum": 10}
    positive = {"validate": "decimal", "criteria": ">=", "value": 0}
    rules: dict[str, tuple[str, dict[str, Any]]] = {
        "status": ("list", {"validate": "list", "source": words.listed("status")}),
        "turnover": ("number", money),  # a year of credit notes is negative
        "turnover_1": ("number", money),
        "turnover_2": ("number", money),
        "potential": ("positive", positive),
        "potential_new": ("positive", positive),
        # The scale may be changed to numbers: a warning leaves that open.
        "solidity": ("solidity", {"validate": "list", "source": "=SolidityRatings", "error_type": "warning"}),
        "days_late": ("days", number | {"minimum": -365, "maximum": 3650}),
        "growth": ("note", note),
        "influence": ("note", note),
        "relationship": ("note", note),
        "last_visit": ("date", date),
        "first_purchase": ("date", date),
        "last_purchase": ("date", date),
        "orders": ("positive", positive),
        "open_amount": ("number", money),  # a credit note that is still open is negative
        "overdue": ("positive", positive),
        "forced": ("class", {"validate": "list", "source": "=ClassLetters"}),
        "forced_until": ("date", date),
    }
    for key, (message, rule) in rules.items():
        place = ORDER.index(key)
        page.allow((FIRST_ROW, place), (LAST_ROW, place), message, rule)


def _letters(*keys: str) -> list[str]:
    return [column_letters(ORDER.index(key) + 1) for key in keys]
