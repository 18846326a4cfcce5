"""The upgrade of a workbook: what it lacks of today's, and the file with all of that in it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from addin.catalogue import catalogue
from addin.package import PackageBook, write_atomically
from addin.package.archive import Archive
from addin.package.contents import Contents, read_contents
from addin.package.relations import Sheet, one_of_kind, sheets
from addin.package.table_part import TablePart
from addin.refusals import Refusal
from addin.upgrade.columns import NewColumn, add_columns, first_taken, like_cell
from addin.upgrade.macros import with_macros
from addin.upgrade.package_parts import Parts
from addin.upgrade.settings_rows import missing_settings, with_settings
from addin.upgrade.sheets import Donor, take_sheet
from addin.upgrade.styles import TakenStyles
from addin.upgrade.upgraded import Upgraded
from addin.workbook.definitions import Role, Table
from addin.workbook.located_tables import Layout, Located
from addin.workbook.own_results import CAME_TOGETHER
from addin.workbook.port import column_letters
from addin.workbook.settings import SETTINGS
from addin.workbook.tables import ACCOUNTS, BY_KEY, TABLES

__all__ = ["upgrade_file"]

_LONGEST_NAME: Final = 31
"""Letters of the name of a sheet."""
_WIDTH: Final = 13.0


def upgrade_file(book: Path, output: Path | None = None) -> Upgraded:
    """Bring a workbook to today's sheets, tables, columns and settings.

    Parameters
    ----------
    book
        The workbook.
    output
        Where the result goes; into the book itself if None.

    Raises
    ------
    Refusal
        If it is no workbook of ours, or cannot be written.

    Notes
    -----
    What it holds stays as it is: sheets come behind the last one, columns to the
    right end of their tables, settings below those there are. Nothing is scored.
    """
    from addin.template import build_workbook, empty_content

    package = PackageBook(book)
    package.check_writable(output)
    archive = package.archive
    layout, contents = Layout(package.tables()), read_contents(archive)
    styles_part = one_of_kind(archive, contents.workbook, "styles")
    if styles_part is None or not ("settings" in layout.named or layout.accounts):
        raise Refusal("not_ours", file=book.name)
    donor = Donor.of(build_workbook(layout.language, empty_content(layout.language), macro_enabled=False))
    done, parts = Upgraded(layout.language), Parts.of_archive(archive)
    parts.check_kind(contents.workbook)
    parts.know_endings(donor.parts)
    styles = TakenStyles(donor.parts["xl/styles.xml"], archive.xml(styles_part))
    upgrade = _Upgrade(archive, contents, layout, donor, parts, styles, done)
    upgrade.add_columns()
    upgrade.add_sheets()
    content = upgrade.packed(archive.name(styles_part), book.suffix)
    if done.any or output is not None:
        target = (output or book).resolve()
        read = archive.raw if target == book.resolve() else None
        write_atomically(target, [content if done.any else archive.raw], read=read, rights=package.rights())
    return done


class _Upgrade:
    """The parts of a package as they become."""

    def __init__(
        self,
        archive: Archive,
        contents: Contents,
        layout: Layout,
        donor: Donor,
        parts: Parts,
        styles: TakenStyles,
        done: Upgraded,
    ) -> None:
        self._archive, self._contents, self._layout = archive, contents, layout
        self._donor, self._parts, self._styles, self._done = donor, parts, styles, done
        self._words = catalogue(layout.language)
        self._donor_tables = _tables_of(donor)

    def add_columns(self) -> None:
        """Give tables of ours, and the account tables, the columns that they lack."""
        for sheet, tables in self._contents.sheets:
            for table, _ in tables:
                located = self._located(table)
                missing = _missing_columns(located) if located is not None else []
                if located is not None and located.called_like_ours:
                    # Without the three together the next refresh still sees whose column it is.
                    missing = [key for key in missing if key not in CAME_TOGETHER]
                    headers = located.table.headers
                    self._done.own[table.name] = [
                        headers[located.columns[own]] for own in located.called_like_ours
                    ]
                if located is None or not missing:
                    continue
                others = [other for other, _ in tables]
                cell = first_taken(self._archive, sheet.part, table, len(missing), others)
                if cell is not None or self._parts[sheet.part] != self._archive.read(sheet.part):
                    self._done.blocked[table.name] = cell or sheet.name
                    continue
                self._add(sheet, table, located, missing)

    def add_sheets(self) -> None:
        """Put sheets behind the last one for the tables that are missing."""
        by_sheet: dict[str, list[Table]] = {}
        for table in TABLES:
            by_sheet.setdefault(table.sheet, []).append(table)
        for key, tables in by_sheet.items():
            of_model = any(table.role is Role.MODEL for table in tables)
            # With part of its tables there, somebody took the others out; the model is the company's own.
            if not of_model and not any(table.key in self._layout.named for table in tables):
                self._take(key, tables)

    def packed(self, styles_part: str, suffix: str) -> bytes:
        """Return the package, with the settings and the macros of today."""
        missing = missing_settings(self._layout)
        sheet, table, headers = self._donor_tables[BY_KEY["settings"].name]
        letters = column_letters(table.area.left + headers.index(self._words.header("settings", "value")))
        keys = [setting.key for setting in SETTINGS]
        like = [f"{letters}{table.top + keys.index(setting.key)}" for setting in missing]
        model = self._donor.parts[sheet]
        looks = [self._styles.cell(like_cell(model, cell)) for cell in like]
        self._done.settings = [self._words.header("setting_names", setting.key) for setting in missing]
        self._parts[styles_part] = self._styles.result()
        if self._done.any:
            self._done.macros = with_macros(self._parts, self._layout.language)
        content = self._parts.packed()
        return with_settings(content, suffix, missing, looks, model, like) if missing else content

    def _located(self, table: TablePart) -> Located | None:
        every = (*self._layout.accounts, *self._layout.named.values())
        return next((one for one in every if one.table.name == table.name), None)

    def _add(self, sheet: Sheet, table: TablePart, located: Located, missing: Sequence[str]) -> None:
        kind = located.kind
        name = "Clients" if kind == ACCOUNTS.key else BY_KEY[kind].name
        donor_sheet, area, headers = self._donor_tables[name]
        columns = []
        for key in missing:
            column, header = BY_KEY[kind][key], self._words.header(kind, key)
            place = headers.index(header) + area.area.left
            like = (column_letters(place), area.area.top)
            columns.append(NewColumn(header, column.width or _WIDTH, column.hidden, like))
        add_columns(
            self._archive, self._parts, sheet.part, table, columns, self._donor, donor_sheet, self._styles
        )
        self._done.columns[table.name] = [column.header for column in columns]

    def _take(self, key: str, tables: Sequence[Table]) -> None:
        name = self._words.sheet(key)
        taken = {sheet.name.casefold() for sheet in sheets(self._archive, self._contents.workbook)}
        taken |= {one.casefold() for one in self._done.sheets}
        new_name = _free(name, taken, " ({})", _LONGEST_NAME)
        names = {table.name.casefold() for table in self._layout.tables}
        renamed = {table.name: _free(table.name, names, "_{}", 255) for table in tables}
        self._done.renamed |= {old: new for old, new in renamed.items() if old != new}
        shown = all(table.role not in (Role.LIST, Role.PERSON) for table in tables)
        take_sheet(
            self._donor,
            name,
            new_name,
            self._parts,
            self._contents.workbook,
            self._styles,
            renamed,
            shown=shown,
            with_code_name=new_name == name,  # else an older sheet has it
        )
        self._done.sheets.append(new_name)


def _missing_columns(located: Located) -> list[str]:
    table = BY_KEY[located.kind]
    return [column.key for column in table.columns if column.key not in located.columns]


def _tables_of(donor: Donor) -> Mapping[str, tuple[str, TablePart, tuple[str, ...]]]:
    """Return for each table of today the part of its sheet, the table and its headers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "today.xlsx"
        path.write_bytes(donor.parts.packed())
        found = read_contents(Archive(path))
    return {
        table.name: (sheet.part, table, table.headers)
        for sheet, bodies in found.sheets
        for table, _ in bodies
    }


def _free(name: str, taken: set[str], form: str, longest: int) -> str:
    """Return a name that is not taken, whatever its case."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        ending = form.format(number)
        free = name[: longest - len(ending)] + ending
    return free
