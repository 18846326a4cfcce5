"""One more account sheet: an empty copy of one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from addin.catalogue import LANGUAGES, catalogue
from addin.excel.busy import is_busy, patiently
from addin.excel.cells import is_protected
from addin.excel.front import to_front
from addin.excel.live_book import LiveBook
from addin.refusals import Refusal
from addin.workbook.located_tables import Layout

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["add_account_sheet"]

_TITLE: Final = (1, 1)
"""Where a sheet of the template has its title."""


def add_account_sheet(book: xw.Book) -> str:
    """Add an empty account sheet behind the one in front, or behind the last one, and return its name.

    Raises
    ------
    Refusal
        If the workbook has no account sheet to copy, or Excel does not copy it.
    """
    layout = Layout(LiveBook(book).tables())
    words = catalogue(layout.language)
    if not layout.accounts:
        raise Refusal("no_account_sheet")
    in_front = book.sheets.active.name
    sheets = [located.table.sheet for located in layout.accounts]
    source = book.sheets[in_front if in_front in sheets else sheets[-1]]
    table = next(located.table.name for located in layout.accounts if located.table.sheet == source.name)
    place = [listed.name for listed in source.tables].index(table)
    taken = {sheet.name.casefold() for sheet in book.sheets}
    numbers = (f"{words.text('ribbon', 'sheet_name')} {number}" for number in range(2, len(taken) + 3))
    name = next(name for name in numbers if name.casefold() not in taken)
    if is_protected(source):
        raise Refusal("sheet_protected", sheet=str(source.name))
    if source.tables[table].show_totals:
        address = source.tables[table].range.get_address(row_absolute=False, column_absolute=False)
        raise Refusal("totals_row", table=table, sheet=str(source.name), cell=address.rpartition(":")[2])
    before = {sheet.name for sheet in book.sheets}
    try:
        added = source.copy(after=source, name=name)
        _emptied(added, place, name)
    except Exception as failure:  # whatever Excel throws on this system: no half-made sheet may stay
        patiently(lambda: _remove_all_but(before, book))
        code = "excel_busy" if is_busy(failure) else "excel_declines"
        raise Refusal(code, sheet=patiently(lambda: str(source.name))) from failure
    patiently(lambda: to_front(added))
    return name


def _remove_all_but(names: set[str], book: xw.Book) -> None:
    for sheet in [sheet for sheet in book.sheets if sheet.name not in names]:
        sheet.delete()


def _emptied(added: xw.Sheet, place: int, name: str) -> None:
    """Empty the copy of a sheet: one blank row, no filter, its name as its title."""
    listed = list(added.tables)[place]
    if listed.show_autofilter:
        listed.autofilter.clear()
    body = listed.data_body_range
    if body is not None:
        body.clear_contents()
        head = listed.header_row_range
        assert head is not None
        listed.resize(added.range((head.row, head.column), (head.row + 1, head.column + head.shape[1] - 1)))
    titles = {
        catalogue(language).text("template", "accounts", f"title_{kind}")
        for language in LANGUAGES
        for kind in ("clients", "prospects")
    }
    if added.range(_TITLE).value in titles:
        added.range(_TITLE).value = name
