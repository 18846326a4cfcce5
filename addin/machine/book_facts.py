"""What a workbook tells of how it reaches Python: its settings sheet, its VBA, where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from addin.machine.places import PROJECT
from addin.machine.vba_source import module_sources
from addin.machine.view import Machine
from addin.package import lexer, text
from addin.package.archive import Archive
from addin.package.relations import one_of_kind, sheets, workbook_part

__all__ = ["BookFacts", "Settings", "book_facts", "file_settings"]

_VERSION: Final = re.compile(r'^\s*Public Const XLWINGS_VERSION As String = "([^"]*)"', re.MULTILINE)
_DLL: Final = re.compile(r'"xlwings64-([\d.]+)\.dll"')
_OLD_CALL: Final = re.compile(r"\bPy\.CallUDF\b")
_LINE: Final = re.compile(r'^\s*"([^"]*)"\s*,\s*"([^"]*)"')
_ZONE: Final = re.compile(r"^\s*ZoneId\s*=\s*(\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Settings:
    """What one sheet or file sets.

    Attributes
    ----------
    rows
        Key in capitals and value, in their order.
    """

    rows: Sequence[tuple[str, str]]

    def get(self, key: str) -> str | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.rows if name == key), None)

    @property
    def keys(self) -> list[str]:
        """The keys in their order."""
        return [key for key, _ in self.rows]


@dataclass(frozen=True)
class BookFacts:
    """What a workbook tells.

    Attributes
    ----------
    path
        Its full path.
    settings
        Its settings sheet, or None.
    folder_settings
        The settings file beside it, or None.
    xlwings
        Version that its VBA is made for, or None without such VBA.
    outdated_calls
        Whether its VBA calls Python the way that xlwings gave up.
    zone
        Zone that Windows noted for it when it came from elsewhere, or None.
    """

    path: PurePath
    settings: Settings | None
    folder_settings: Settings | None
    xlwings: str | None
    outdated_calls: bool
    zone: int | None


def book_facts(machine: Machine, path: PurePath) -> BookFacts:
    """Read what a workbook tells.

    Raises
    ------
    Refusal
        If it is no workbook, or damaged.
    ValueError
        If its VBA is damaged.
    """
    archive = Archive(machine.at(path))
    workbook = workbook_part(archive)
    vba = one_of_kind(archive, workbook, "vbaProject")
    sources = module_sources(archive.read(vba)) if vba else []
    versions = [found[1] for source in sources for found in _VERSION.finditer(source)]
    versions += [found[1] for source in sources for found in _DLL.finditer(source)]
    return BookFacts(
        path=path,
        settings=_sheet_settings(archive, workbook),
        folder_settings=file_settings(machine, path.with_name(f"{PROJECT}.conf")),
        xlwings=versions[0] if versions else None,
        outdated_calls=any(_OLD_CALL.search(source) for source in sources),
        zone=_zone(machine, path),
    )


def file_settings(machine: Machine, path: PurePath) -> Settings | None:
    """Return what a settings file of xlwings sets, or None if there is no such file."""
    try:
        content = machine.at(path).read_text(encoding="utf-8", errors="replace")
    except OSError:  # none, or none that this person may read
        return None
    found = [_LINE.match(line) for line in content.splitlines()]
    return Settings([(line[1].upper(), line[2]) for line in found if line])


def _zone(machine: Machine, path: PurePath) -> int | None:
    """Read the stream that Windows hangs on a file from the internet."""
    if not machine.windows:
        return None
    stream = path.with_name(f"{path.name}:Zone.Identifier") if machine.root else None
    where = machine.at(stream) if stream else f"{path}:Zone.Identifier"
    try:
        with open(where, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - pathlib splits at the colon
            found = _ZONE.search(file.read())
    except OSError:
        return None
    return int(found[1]) if found else None


def _sheet_settings(archive: Archive, workbook: str) -> Settings | None:
    name = f"{PROJECT}.conf".casefold()
    part = next((sheet.part for sheet in sheets(archive, workbook) if sheet.name.casefold() == name), None)
    if part is None:
        return None
    listed = one_of_kind(archive, workbook, "sharedStrings")
    strings = text.shared_strings(archive.xml(listed)) if listed else []
    cells = dict(_cells(lexer.masked(archive.xml(part)), strings))
    return Settings(list(_rows(cells)))


def _rows(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the rows as xlwings reads them: from A1 down to the first empty cell."""
    row = 1
    while key := cells.get(f"A{row}", ""):
        yield key.upper(), cells.get(f"B{row}", "")
        row += 1


def _cells(content: bytes, strings: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    tags = [tag for tag in lexer.tags(content) if tag.name in ("c", "v")]
    for at, tag in enumerate(tags):
        if tag.name != "c" or tag.closing or tag.empty:
            continue
        end = next(later for later in tags[at:] if later.name == "c" and later.closing)
        inner = content[tag.end : end.start]
        values = [later for later in tags[at:] if later.name == "v" and later.end <= end.start]
        raw = content[values[0].end : values[1].start] if len(values) == 2 else b""
        kind, where = tag.get("t"), tag.get("r") or ""
        if kind == "s":
            yield where, strings[int(raw)] or ""
        elif kind == "inlineStr":
            yield where, text.joined(inner)
        elif kind == "b":
            yield where, "True" if raw == b"1" else "False"
        else:
            yield where, text.decoded(raw)
