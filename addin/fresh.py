"""Fresh workbooks: empty, filled from exports, or scored from the sample portfolio."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from addin.catalogue import Catalogue, catalogue, word_key
from addin.package import PackageBook, write_atomically
from addin.package.locks import check_name
from addin.refresh.score_tables import Report, score_tables
from addin.refusals import Refusal
from addin.workbook.definitions import Role
from addin.workbook.located_tables import Layout
from addin.workbook.port import Cell, Table
from addin.workbook.tables import by_role
from scoring.books.periods import years_before

if TYPE_CHECKING:
    from addin.imports.importing import Import, Options
    from addin.imports.own_columns import OwnColumn
    from addin.template import Content

__all__ = ["Filled", "check_new_path", "demo_workbook", "empty_tables", "filled_workbook", "new_workbook"]

Rows = Sequence[Mapping[str, Cell]]


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook made of exports.

    Attributes
    ----------
    done
        The import that filled it.
    own
        The columns of the files that became columns of the company's own.
    """

    done: Import
    own: Sequence[OwnColumn]


def check_new_path(path: Path) -> None:
    """Refuse a path that is no place for a new workbook.

    Raises
    ------
    Refusal
        If something is there, the folder is not, or its name is none for a workbook.
    """
    check_name(path)
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise Refusal("new_book_name", file=str(path))
    if path.exists():
        raise Refusal("book_exists", file=str(path))
    if not path.parent.is_dir():
        raise Refusal("no_folder", folder=str(path.parent))


def empty_tables(language: str, suffix: str) -> Sequence[Table]:
    """Return the tables of a fresh workbook, ``.xlsx`` or ``.xlsm``, that holds no account yet."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"draft{suffix}"
        new_workbook(draft, language)
        return PackageBook(draft).tables()


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
    fresh = _built(_content(language, rows, own), language, path) if rows or own else _empty(language, path)
    write_atomically(path, [fresh], new=True)


def filled_workbook(
    path: Path,
    language: str,
    files: Sequence[Path],
    today: dt.date,
    options: Options | None = None,
    review: Callable[[Import], Import] | None = None,
) -> Filled:
    """Write a fresh workbook with all that an import of files makes of it.

    Parameters
    ----------
    path
        Where; nothing may be there.
    language
        ``"en"`` or ``"fr"``.
    files
        The exports.
    today
        The day of the import.
    options
        What a person says of the files.
    review
        Is shown what the import found before anything is written, and returns that, or another one.

    Raises
    ------
    Refusal
        If the path is no place for a workbook or a file cannot be imported; nothing is written then.

    Notes
    -----
    The files are recognised first, so that columns of theirs that no field
    takes stand in the workbook before it is filled. It is filled beside its
    place, and put there once it is complete.
    """
    from addin.imports.importing import Options, look_at, plan_import
    from addin.imports.own_columns import own_columns
    from addin.imports.sheets import import_changes

    check_new_path(path)
    options = options or Options()
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / f"draft{path.suffix.lower()}"
        new_workbook(draft, language)
        book = PackageBook(draft)
        recognition = look_at(book.tables(), files, today, options)
        own = own_columns(recognition.files)
        if own:
            content = _with_own(_content(language, (), ()), own)
            write_atomically(draft, [_built(content, language, draft)])
            book = PackageBook(draft)
            beside = {column.source: column.header for column in own}
            recognition = look_at(book.tables(), files, today, replace(options, beside=beside))
        done = plan_import(recognition)
        if review is not None:
            done = review(done)
        book.apply(import_changes(done, catalogue(language), today))
        check_new_path(path)
        write_atomically(path, [draft.read_bytes()], new=True)
    return Filled(done, own)


def _with_own(content: Content, own: Sequence[OwnColumn]) -> Content:
    headers = tuple(column.header for column in own)
    dates = frozenset(column.header for column in own if column.holds_dates)
    return replace(
        content,
        accounts=tuple(replace(sheet, extra=headers, dates=dates) for sheet in content.accounts),
    )


def demo_workbook(path: Path, language: str, today: dt.date) -> Report:
    """Write the sample portfolio to a path where nothing is yet: scored a year ago, and again today.

    The scoring of a year ago is made up of the turnover of then and all else as it is today, so that
    there are changes of class to look at.
    """
    from addin.sample import read_orders, read_requests, read_sample, read_stock

    rows = [_sample_words(row, catalogue(language)) for row in read_sample(language, today)]
    content = _content(language, rows, ())
    before = _content(language, [_a_year_ago(row) for row in rows], ())
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        _, then = _scored(before, language, draft, years_before(today, 1))
        report, scored = _scored(_with_results(content, then), language, draft, today)
    # Built once more from the scored tables, so that every chart and figure is right before Excel
    # recalculates: Protected View and previews show what is stored.
    check_new_path(path)
    lists: Mapping[str, Rows] = {
        "requests": read_requests(language, today),
        "orders": read_orders(today),
        "stock": read_stock(),
    }
    shown = replace(scored, kept={**scored.kept, **lists})
    write_atomically(path, [_built(shown, language, path)], new=True)
    return report


def _a_year_ago(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return a row of the sample with the turnover that it had a year ago, and no class forced yet."""
    forced = dict.fromkeys(("forced", "forced_reason", "forced_until"))
    turnovers = {"turnover": row["turnover_1"], "turnover_1": row["turnover_2"], "turnover_2": None}
    return {**row, **turnovers, **forced}


def _with_results(content: Content, scored: Content) -> Content:
    """Return the facts of a workbook with the results and the history of another, row by row."""
    accounts = tuple(
        replace(sheet, rows=[{**old, **row} for old, row in zip(other.rows, sheet.rows, strict=True)])
        for sheet, other in zip(content.accounts, scored.accounts, strict=True)
    )
    return replace(content, accounts=accounts, kept={key: scored.kept[key] for key in ("history", "models")})


def _scored(content: Content, language: str, draft: Path, day: dt.date) -> tuple[Report, Content]:
    """Return what a scoring on a day reports and makes of a workbook, written to a draft."""
    draft.write_bytes(_built(content, language, draft))
    book = PackageBook(draft)
    scoring = score_tables(book.tables(), day)
    book.apply(scoring.changes)
    return scoring.report, _content_of(PackageBook(draft).tables(), language)


def _empty(language: str, path: Path) -> bytes:
    return _empty_of(language, path.suffix.lower())


@functools.cache
def _empty_of(language: str, suffix: str) -> bytes:
    """Return a workbook without accounts, which the files are looked at for and then brought into."""
    return _built(_content(language, (), ()), language, Path(f"empty{suffix}"))


def _built(content: Content, language: str, path: Path) -> bytes:
    from addin.template import build_workbook  # XlsxWriter takes its time to load

    return build_workbook(language, content, macro_enabled=path.suffix.lower() == ".xlsm")


def _sample_words(row: Mapping[str, Cell], words: Catalogue) -> dict[str, Cell]:
    """A row of the sample with its list words in the language; those of no list stay."""
    lists = {
        "status": words.words("status"),
        "solidity": words.surface("template")["solidity"],
        "target": words.words("yes_no"),
    }
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
        AccountSheet(located.table.name, located.table.sheet, located.rows()) for located in layout.accounts
    )
    kept = {table.key: layout.named[table.key].rows() for table in by_role(Role.KEPT)}
    kept["models"] = layout.named["models"].rows()
    return replace(empty_content(language), accounts=accounts, kept=kept)
