"""What a file is: accounts, invoices, visits or a FEC; said before anything is done with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NoReturn

from addin.imports.facts import code_text
from addin.imports.fec_columns import FecColumns, fec_columns, looks_like_entries
from addin.imports.headers import MATCHED, Match, matched
from addin.imports.sheet_file import SheetFile, sheet_files
from addin.imports.text_file import TextFile
from addin.refusals import Refusal
from scoring.text import fold

__all__ = ["Choices", "Recognised", "recognise"]

_MOST_BYTES: Final = 4 * 2**30
_TEXT: Final = (".csv", ".txt", ".tsv", ".asc")
_EXCEL: Final = (".xlsx", ".xlsm")
_HEADER_WITHIN: Final = 20
_LONGEST_HEADER: Final = 200
_SAMPLE_HEADERS: Final = 12
_VISITS: Final = re.compile(r"visit|tournee|rdv|rendez.?vous|call.?report", re.IGNORECASE)
_OF_ACCOUNTS_ALONE: Final = frozenset(
    {"status", "turnover", "turnover_1", "turnover_2", "potential", "potential_new", "solidity", "days_late"}
    | {"growth", "influence", "relationship", "last_visit", "first_purchase", "last_purchase", "orders"}
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about the columns, in the workbook or on the command line.

    Attributes
    ----------
    kind
        Kind of all files; None to look.
    told
        Target by folded header.
    remembered
        Target by kind and folded header.
    own
        Headers of columns that the company added to its account sheets, folded.
    """

    kind: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file and what it is.

    Attributes
    ----------
    path, kind
        The file, and ``accounts``, ``ledger``, ``fec`` or ``visits``.
    source
        Its rows.
    headers
        Its headers, each once: the second of two alike has (2) behind it.
    header_line
        The line in which its header ends.
    matches
        What its columns are; empty for a FEC.
    fec
        Where the columns of a FEC stand.
    twice
        Headers that stood there more than once.
    other_sheets
        Names of the sheets of the same workbook that are not read.
    """

    path: Path
    kind: str
    source: TextFile | SheetFile
    headers: Sequence[str]
    header_line: int
    matches: Sequence[Match] = ()
    fec: FecColumns | None = None
    twice: Sequence[str] = ()
    other_sheets: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Name of the file, with that of the sheet where there are several."""
        sheet = getattr(self.source, "name", "")
        return f"{self.path.name} [{sheet}]" if sheet else self.path.name

    @property
    def places(self) -> dict[str, int]:
        """Place of the column of each target; where there are no codes, names stand in for them."""
        found = {match.target: match.position for match in self.matches}
        return found if "account" in found else found | {"account": found["name"]}

    def position(self, target: str) -> int | None:
        """Return the place of the column that is a target, None if there is none."""
        return next((match.position for match in self.matches if match.target == target), None)


def recognise(path: Path, choices: Choices) -> list[Recognised]:
    """Look at a file and tell what it is: of a workbook, each of its sheets that has the same columns.

    Raises
    ------
    Refusal
        If it cannot be read, or is none of the kinds.
    """
    _check(path)
    return _sheets(path, choices) if path.suffix.lower() in _EXCEL else [_text(path, choices)]


def _sheets(path: Path, choices: Choices) -> list[Recognised]:
    sheets = sheet_files(path)
    for sheet in sheets:
        if any(fec_columns(row) is not None for row in sheet.head[:_HEADER_WITHIN]):
            raise Refusal("fec_in_excel", file=path.name)
    found = [one for one in (_best(sheet, choices) for sheet in sheets) if one is not None]
    if not found:
        _refuse(path, [header for sheet in sheets[:1] for header in _longest(sheet)])
    main = max(found, key=lambda one: len(one.matches))
    alike = [one for one in found if one.kind == main.kind and _same_headers(one, main)]
    names = [sheet.name for sheet in sheets if all(one.source is not sheet for one in alike)]
    return [replace(one, other_sheets=names if at == 0 else ()) for at, one in enumerate(alike)]


def _same_headers(one: Recognised, other: Recognised) -> bool:
    return [fold(header) for header in one.headers] == [fold(header) for header in other.headers]


def _text(path: Path, choices: Choices) -> Recognised:
    source = TextFile(path)
    if not source.head:
        raise Refusal("import_empty", file=path.name)
    if choices.kind in (None, "fec") and fec_columns(source.head[0]) is not None:
        return _fec(source.unquoted())
    if choices.kind == "fec":
        raise Refusal(
            "fec_columns_missing", file=path.name, columns=["JournalCode", "CompteNum", "EcritureDate"]
        )
    if choices.kind is None and looks_like_entries(source.head[0]):
        raise Refusal("entries_without_fec", file=path.name)
    best = _best(source, choices)
    return best or _refuse(path, _longest(source))


def _fec(source: TextFile) -> Recognised:
    columns = fec_columns(source.head[0])
    assert columns is not None
    if columns.missing:
        raise Refusal("fec_columns_missing", file=source.path.name, columns=list(columns.missing))
    return Recognised(source.path, "fec", source, source.head[0], source.head_lines[0], fec=columns)


def _check(path: Path) -> None:
    if path.is_dir():
        raise Refusal("import_of_folder", file=str(path))
    if not path.is_file():
        raise Refusal("not_found", file=str(path))
    if path.stat().st_size > _MOST_BYTES:
        raise Refusal("import_too_large", file=path.name)
    if path.suffix.lower() in (".gz", ".zip", ".7z", ".rar", ".bz2", ".xz"):
        raise Refusal("import_packed", file=path.name)
    if path.suffix.lower() not in (*_TEXT, *_EXCEL):
        raise Refusal("export_of_unknown_kind", file=path.name)


def _refuse(path: Path, headers: Sequence[str]) -> NoReturn:
    shown = list(headers[:_SAMPLE_HEADERS])
    raise Refusal("import_of_no_kind", file=path.name, headers=shown, first=next(iter(shown), "?"))


def _longest(source: TextFile | SheetFile) -> list[str]:
    rows = source.head[:_HEADER_WITHIN]
    return [cell.strip()[:40] for cell in max(rows, key=len, default=[]) if cell.strip()]


def _best(source: TextFile | SheetFile, choices: Choices) -> Recognised | None:
    """Return the reading of a file in which most of its columns are known."""
    best: Recognised | None = None
    for row, line in list(zip(source.head, source.head_lines, strict=True))[:_HEADER_WITHIN]:
        if sum(bool(cell.strip()) for cell in row) < 2:
            continue
        headers, twice = _once(row)
        kind, matches = _kind(headers, source.path, choices)
        if kind is not None and (best is None or len(matches) > len(best.matches)):
            last = line + sum(cell.count("\n") for cell in row)
            best = Recognised(source.path, kind, source, headers, last, matches, twice=twice)
    return best


def _kind(headers: Sequence[str], path: Path, choices: Choices) -> tuple[str | None, list[Match]]:
    """Return the kind of file that has these headers, and what its columns are then."""
    found: dict[str, list[Match]] = {}
    for kind in (choices.kind,) if choices.kind else MATCHED:
        matches = matched(headers, kind, choices.remembered.get(kind, {}), choices.told, choices.own)
        if kind == "visits" and _VISITS.search(path.name):
            matches = _with_date(headers, matches)
        if _complete(kind, {match.target for match in matches}):
            found[kind] = matches
    of_accounts = {match.target for match in found.get("accounts", ())} & _OF_ACCOUNTS_ALONE
    if "visits" in found and (choices.kind or len(of_accounts) < 2):
        return "visits", found["visits"]
    if "ledger" in found and len(of_accounts) < 2:
        return "ledger", found["ledger"]
    return next(((kind, found[kind]) for kind in ("accounts", "ledger") if kind in found), (None, []))


def _complete(kind: str, targets: Collection[str]) -> bool:
    who = "account" in targets or "name" in targets
    match kind:
        case "accounts":
            return who and len(targets) > 1
        case "ledger":
            return who and "date" in targets and ("amount" in targets or "number" in targets)
        case _:
            return who and "visit" in targets


def _with_date(headers: Sequence[str], matches: list[Match]) -> list[Match]:
    """In a file that is named after visits, the plain column Date is theirs."""
    if any(match.target == "visit" for match in matches):
        return matches
    at = next((at for at, header in enumerate(headers) if fold(header) == "date"), None)
    return matches if at is None else [*matches, Match(headers[at], at, "visit", "name")]


def _once(row: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return headers of which none is like another, and those that were."""
    seen: dict[str, int] = {}
    headers, twice = [], []
    for cell in row:
        header = code_text(cell)[:_LONGEST_HEADER]
        key = fold(header)
        seen[key] = seen.get(key, 0) + 1
        if header and seen[key] > 1:
            twice.append(header)
            header = f"{header} ({seen[key]})"
        headers.append(header)
    return headers, twice
