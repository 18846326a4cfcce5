"""Files of a folder, each told what it is before any of them is imported."""

from __future__ import annotations

import datetime as dt
import filecmp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from addin.imports.header_rows import Recognised
from addin.imports.importing import Options, look_at
from addin.imports.recognise import ENDINGS, PACKED
from addin.package import PackageBook
from addin.refusals import Refusal
from addin.workbook.located_tables import Layout
from addin.workbook.port import Table

__all__ = ["Candidate", "candidates", "files_within", "is_ours"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be imported.

    Attributes
    ----------
    path
        The file.
    found
        What it is: itself, or each of its sheets that is understood.
    refusal
        Why it cannot be imported, where it cannot.
    """

    path: Path
    found: Sequence[Recognised] = ()
    refusal: Refusal | None = None


def files_within(places: Sequence[Path]) -> tuple[list[Path], int]:
    """Return the files to look at, those of folders by name, and how much else there is in these.

    Parameters
    ----------
    places
        Folders, of which no folder within is looked at, nor a hidden file; and files, which are meant.

    Raises
    ------
    Refusal
        If one of them is not there, or may not be read.
    """
    files: list[Path] = []
    n_others = 0
    for place in places:
        if not place.exists():
            raise Refusal("no_folder", folder=str(place))
        if not place.is_dir():
            files.append(place)
            continue
        try:
            inside = sorted(place.iterdir(), key=lambda path: (path.stem, path.suffix))
        except OSError as error:
            raise Refusal("read_failed", file=str(place), reason=error.strerror or str(error)) from error
        seen = [path for path in inside if not path.name.startswith((".", "~$"))]
        exports = [path for path in seen if path.is_file() and path.suffix.lower() in (*ENDINGS, *PACKED)]
        files += exports
        n_others += len(seen) - len(exports)
    return list(dict.fromkeys(files)), n_others


def candidates(
    tables: Sequence[Table], files: Sequence[Path], today: dt.date, options: Options
) -> list[Candidate]:
    """Tell of each file by itself what it is, or why it cannot be imported.

    Parameters
    ----------
    tables
        Those of the workbook that the files are for.
    files
        The files.
    today
        The day of the import.
    options
        What a person says of the files.
    """
    looked_at: list[Candidate] = []
    for path in files:
        try:
            found = _look_at(tables, path, today, options)
        except Refusal as refusal:
            looked_at.append(Candidate(path, refusal=refusal))
            continue
        copied = next((one.path for one in looked_at if one.found and _are_equal(one.path, path)), None)
        if copied is not None:
            copy = Refusal("start_copy", file=path.name, other=copied.name)
            looked_at.append(Candidate(path, refusal=copy))
        else:
            looked_at.append(Candidate(path, found))
    return looked_at


def _look_at(tables: Sequence[Table], path: Path, today: dt.date, options: Options) -> Sequence[Recognised]:
    if is_ours(path):
        raise Refusal("start_own_book", file=path.name)
    columns: Mapping[str, str] = options.columns
    while True:
        try:
            return look_at(tables, [path], today, replace(options, columns=columns)).files
        except Refusal as refusal:
            other = refusal.details.get("header")
            if refusal.code != "import_no_header" or other not in columns:
                raise
            # a column of another one of the files
            columns = {header: goes_to for header, goes_to in columns.items() if header != other}


def is_ours(path: Path) -> bool:
    """Whether a file is a workbook of ClientScore, which holds accounts and is no export."""
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not path.is_file():
        return False
    try:
        layout = Layout(PackageBook(path).tables())
    except Refusal:
        return False
    return "criteria" in layout.named and bool(layout.accounts)


def _are_equal(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and filecmp.cmp(one, other, shallow=False)
