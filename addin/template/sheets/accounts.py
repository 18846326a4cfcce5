"""The sheets of accounts: what people fill in, and beside it what a refresh fills in."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.content import AccountSheet
from addin.template.page import LAST_ROW, Page, TableColumn, table_columns
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.account_columns import GROUPS, GROUPS_OF_REFRESH
from addin.workbook.definitions import Column, Holds
from addin.workbook.port import column_letters
from addin.workbook.tables import ACCOUNTS

HEADER_ROW: Final = 3
_GROUP_ROW: Final = 2
FIRST_ROW: Final = HEADER_ROW + 1

ORDER: Final = ACCOUNTS.keys
"""The columns of an account table, by field."""
_SHOWN_FIRST: Final = len(GROUPS["identity"]) + len(GROUPS["result"])
_FROZEN: Final = ORDER.index("score") + 1
"""Columns that stay in view: who it is and its class, which leave most of a small screen to the others."""
_PRINTED: Final = ORDER.index("potential_new")
_OWN_WIDTH: Final = 16
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
        home=_SHOWN_FIRST - 1,
    )
    _groups(page, columns)
    page.table(accounts.table, HEADER_ROW, 0, columns, accounts.rows, header_height=46)
    page.worksheet.freeze_panes(FIRST_ROW, _FROZEN)
    page.worksheet.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)
    _colours(page)
    page.check(ACCOUNTS, FIRST_ROW, LAST_ROW)
    codes = [column_letters(ORDER.index(one.key) + 1) for one in ACCOUNTS.columns if one.holds is Holds.CODE]
    text = " ".join(f"{letter}{FIRST_ROW + 1}:{letter}{LAST_ROW + 1}" for letter in codes)
    page.worksheet.ignore_errors({"number_stored_as_text": text})
    page.printing(header_row=HEADER_ROW, last_column=_PRINTED)
    return page


def _columns(words: Words, accounts: AccountSheet) -> list[TableColumn]:
    note = "\n".join([words.text("notes", "accounts", "own"), words.text("page", "filled_by_person")])
    own = [
        TableColumn(
            Column(header, Holds.DATE if header in accounts.dates else Holds.ANYTHING, _OWN_WIDTH),
            header,
            note,
        )
        for header in accounts.extra
    ]
    return table_columns(words, ACCOUNTS) + own


def _groups(page: Page, columns: list[TableColumn]) -> None:
    """Write the names of the groups above their headers."""
    words, styles = page.words, page.styles
    position = 0
    sizes = {group: len(keys) for group, keys in GROUPS.items()}
    sizes["own"] = len(columns) - len(ORDER)
    page.worksheet.set_row(_GROUP_ROW, 20)
    for group, size in sizes.items():
        by_refresh = group in GROUPS_OF_REFRESH
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
    for column in ACCOUNTS.columns:
        if column.holds is Holds.CLASS:
            place = ORDER.index(column.key)
            page.colour_classes((FIRST_ROW, place), (LAST_ROW, place))
    score = ORDER.index("score")
    page.bars((FIRST_ROW, score), (LAST_ROW, score), 100, style.BAR)
    shade = page.styles.change(bg_color=style.SAND_SOFT)
    start = 0
    for group, columns in GROUPS.items():
        if group in GROUPS_OF_REFRESH:
            last = start + len(columns) - 1
            page.when((FIRST_ROW, start), (LAST_ROW, last), f'=$A{FIRST_ROW + 1}<>""', shade)
        start += len(columns)
