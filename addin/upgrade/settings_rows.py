"""Settings that came after a workbook was made: their rows, below those there are."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from addin.catalogue import field_key
from addin.package import PackageBook
from addin.package.archive import Archive
from addin.package.contents import read_contents
from addin.template import defaults
from addin.template.words import Words
from addin.upgrade.columns import with_rule
from addin.upgrade.package_parts import Parts
from addin.workbook.definitions import Setting
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, column_letters, rows_below
from addin.workbook.settings import SETTINGS

__all__ = ["missing_settings", "with_settings"]

_NAME: Final = "settings"


def missing_settings(layout: Layout) -> list[Setting]:
    """Return the settings of today that a workbook has no row for."""
    located = layout.named.get(_NAME)
    if located is None:
        return []
    names = (name for name in located.cells("setting") if isinstance(name, str))
    known = {field_key("setting_names", name, layout.language) for name in names}
    return [setting for setting in SETTINGS if setting.key not in known]


def with_settings(
    package: bytes,
    suffix: str,
    missing: Sequence[Setting],
    looks: Sequence[int],
    model: bytes,
    like: Sequence[str],
) -> bytes:
    """Return a package with rows for some settings, with the values that ship.

    Parameters
    ----------
    package, suffix
        The workbook, and how its file is called.
    missing
        The settings.
    looks
        The number of the format of each value, as the workbook has it.
    model, like
        The sheet of today, and the cell there of each value.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"book{suffix}"
        path.write_bytes(package)
        book = PackageBook(path)
        layout = Layout(book.tables())
        located = layout.named[_NAME]
        shipped = dict(
            zip((one.key for one in SETTINGS), defaults.settings(Words(layout.language), None), strict=True)
        )
        rows = located.tuples([shipped[setting.key] for setting in missing])
        first = located.table.top + located.table.n_filled
        book.apply(Changes(rows=[rows_below(located.table, rows)]))
        archive = Archive(path)
        sheet = next(
            sheet.part
            for sheet, tables in read_contents(archive).sheets
            for table, _ in tables
            if table.name == located.table.name
        )
        parts = Parts.of_archive(archive)
    letters = column_letters(located.table.left + located.columns["value"])
    content = parts[sheet]
    for row, (look, cell) in enumerate(zip(looks, like, strict=True), start=first):
        address = f"{letters}{row}"
        opening = rb'(<(?:\w+:)?c r="%b")(?: s="\d+")?' % address.encode()
        content = re.sub(opening, rb'\g<1> s="%d"' % look, content, count=1)
        content = with_rule(content, model, cell, address)
    parts[sheet] = content
    return parts.packed()
