"""Fresh workbooks: empty, filled from exports, or scored from the sample portfolio."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from addin.book import Cell, Table
from addin.catalogue import Catalogue, catalogue, word_key
from addin.layout import OWN, Layout, Located
from addin.package import PackageBook, write_atomically
from addin.refresh import Report, score_tables
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.template import Content

__all__ = ["check_new_path", "demo_workbook", "new_workbook"]

Rows = Sequence[Mapping[str, Cell]]


def check_new_path(path: Path) -> None:
    """Refuse a path that is no place for a new workbook.

    Raises
    ------
    Refusal
        If something is there, the folder is not, or it does not end like a workbook.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise Refusal("new_book_name", file=str(path))
    if path.exists():
        raise Refusal("book_exists", file=str(path))
    if not path.parent.is_dir():
        raise Refusal("no_folder", folder=str(path.parent))


def new_workbook(path: Path, language: str, rows: Rows = (), own: Sequence[str] = ()) -> None:
    """Write a fresh workbook, its account sheets filled with rows.

    Parameters
    ----------
    path
        Where; nothing may be there.
    language
        ``"en"`` or ``"fr"``.
    rows
        Accounts by field key, and by header for the columns in ``own``.
    own
        Headers of columns beside those of the template.
    """
    check_new_path(path)
    write_atomically(path, [_built(_content(language, rows, own), language, path)])


def demo_workbook(path: Path, language: str, today: dt.date) -> Report:
    """Write the sample portfolio, scored, to a path where nothing is yet."""
    from addin.sample import read_sample

    rows = [_sample_words(row, catalogue(language)) for row in read_sample(language, today)]
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        new_workbook(draft, language, rows)
        book = PackageBook(draft)
        scoring = score_tables(book.tables(), today)
        book.apply(scoring.changes)
        scored = _content_of(PackageBook(draft).tables(), language)
    # Built once more from the scored tables, so that every chart and figure is right before Excel
    # recalculates: Protected View and previews show what is stored.
    check_new_path(path)
    write_atomically(path, [_built(scored, language, path)])
    return scoring.report


def _built(content: Content, language: str, path: Path) -> bytes:
    from addin.template import build_workbook  # XlsxWriter takes its time to load

    return build_workbook(language, content, macro_enabled=path.suffix.lower() == ".xlsm")


def _sample_words(row: Mapping[str, Cell], words: Catalogue) -> dict[str, Cell]:
    """A row of the sample with its list words in the language; those of no list stay."""
    lists = {"status": words.words("status"), "solidity": words.surface("template")["solidity"]}
    return dict(row) | {key: listed.get(row.get(key), row.get(key)) for key, listed in lists.items()}


def _content(language: str, rows: Rows, own: Sequence[str]) -> Content:
    from addin.template import AccountSheet, empty_content

    empty = empty_content(language)
    if not rows:
        return empty
    parts: dict[str, list[Mapping[str, Cell]]] = {"Clients": [], "Prospects": []}
    for row in rows:
        status = row.get("status")
        key = word_key("status", status, language) if isinstance(status, str) else None
        if status is None:  # a list of clients rarely says that they are
            row = {**row, "status": catalogue(language).word("status", "client")}  # noqa: PLW2901
        parts["Prospects" if key in ("prospect", "suspect") else "Clients"].append(row)
    sheets = tuple(
        AccountSheet(sheet.table, sheet.sheet, parts[sheet.table], tuple(own)) for sheet in empty.accounts
    )
    return replace(empty, accounts=sheets)


def _content_of(tables: Sequence[Table], language: str) -> Content:
    from addin.template import AccountSheet, empty_content

    layout = Layout(tables)
    accounts = tuple(
        AccountSheet(located.table.name, located.table.sheet, _rows(located)) for located in layout.accounts
    )
    names = ("history", "checks", "imports", "importcolumns")
    history, checks, imports, columns = (_rows(layout.named[name]) for name in names)
    return replace(
        empty_content(language),
        accounts=accounts,
        history=history,
        checks=checks,
        imports=imports,
        import_columns=columns,
    )


def _rows(located: Located) -> list[dict[str, Cell]]:
    keys = [key for key in located.columns if not key.startswith(OWN)]
    columns = [located.cells(key) for key in keys]
    return [dict(zip(keys, cells, strict=True)) for cells in zip(*columns, strict=True)]
