"""One FEC: read into accounting entries, or diagnosed line by line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.imports.describe import describe
from addin.imports.fec_headers import FecColumns
from addin.imports.files.chunks import Broken, Chunk, Column
from addin.imports.files.dates import NO_DATE, UNREADABLE, Dates
from addin.imports.files.foreign_quotes import plain_text
from addin.imports.files.numbers import Numbers
from addin.imports.files.text_file import TextFile
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.refusals import Refusal
from scoring.text import fold

__all__ = ["FecFile", "named_both", "read_fec"]

_COLUMNS: Final = {
    "journal": "JournalCode",
    "journal_label": "JournalLib",
    "number": "EcritureNum",
    "account": "CompteNum",
    "account_label": "CompteLib",
    "aux": "CompAuxNum",
    "aux_label": "CompAuxLib",
    "piece": "PieceRef",
    "letter": "EcritureLet",
    "buyer": "IdClient",
}
_VARIED: Final = frozenset({"EcritureNum", "PieceRef", "Debit", "Credit", "Montant"})
"""Columns whose values repeat little."""
_DATE: Final = re.compile(r"(?:\d{8}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*)?")
_AMOUNT: Final = re.compile(r"[-+]?[\d\s.,]*")
_MOST_NAMED: Final = 8
_NAME: Final = re.compile(r"FEC(\d{4})(\d{2})(\d{2})", re.IGNORECASE)
_COMPANY: Final = re.compile(r"(\d{9,})[ _-]?FEC\d{8}", re.IGNORECASE)
_SIRET: Final = 14
_UNNEEDED: Final = frozenset(
    {"EcritureLib", "DateLet", "ValidDate", "Montantdevise", "Idevise", "DateRglt", "ModeRglt", "NatOp"}
)
_DEBIT: Final = frozenset({"d", "debit", "+1", "+", "1"})
_CREDIT: Final = frozenset({"c", "credit", "-1", "-"})


@dataclass(frozen=True, slots=True)
class FecFile:
    """A FEC that can be used.

    Attributes
    ----------
    entries
        Its lines, as :mod:`scoring.books.lines` has them, without the year; ``line`` is that of the file.
    named_end, company
        The end of the fiscal year and the SIREN according to the file's name, None and empty if it does not
        say.
    path
        Where it is.
    report
        What was read.
    """

    entries: pd.DataFrame
    named_end: dt.date | None
    company: str
    path: Path
    report: FileReport


def read_fec(found: Recognised, progress: Callable[[int], None]) -> FecFile:
    """Read the entries of a FEC.

    Raises
    ------
    Refusal
        If a line of it cannot be read or taken apart: its totals would be wrong.
    """
    columns, source = found.fec, found.source
    assert columns is not None
    assert isinstance(source, TextFile)
    report = FileReport(found.path.name, "fec")
    needed = {place: name not in _VARIED for name, place in columns.places.items() if _is_needed(name)}
    least = columns.width - (1 if not found.headers[-1].strip() else 0)
    repair = _rejoining(columns, source.delimiter)
    chunks = list(
        source.chunks(found.header_line, columns.width, needed, least=least, repair=repair, progress=progress)
    )
    broken = [one for chunk in chunks for one in chunk.broken]
    faults = [_named(one) for one in broken if not one.mended]
    entries, more = _entries(chunks, columns, found.path.name)
    faults += more
    if faults:
        shown = [text for _, text in sorted(faults, key=lambda fault: fault[0])[:_MOST_NAMED]]
        raise Refusal("fec_lines_wrong", file=found.path.name, count=len(faults), lines=shown)
    report.n_read = report.n_used = len(entries)
    report.guesses += [_rejoined(one) for one in broken[:_MOST_NAMED]]
    if len(broken) > _MOST_NAMED:
        report.guesses.append(phrase("fec", "more_rejoined", count=len(broken) - _MOST_NAMED))
    describe(report, found)
    if columns.spelled:
        report.guesses.append(phrase("fec", "spelled", headers=list(columns.spelled)))
    return FecFile(entries, _named_end(found.path.name), _company(found.path.name), found.path, report)


def named_both(one: FecFile, other: FecFile) -> tuple[str, str]:
    """Return the names of two files, with their folders where they are called the same."""
    if one.path.name != other.path.name:
        return one.path.name, other.path.name
    return f"{one.path.parent.name}/{one.path.name}", f"{other.path.parent.name}/{other.path.name}"


def _rejoined(one: Broken) -> Phrase:
    """Say which line was put together again, and of what."""
    if one.reason == "lines_joined":
        return phrase("fec", "lines_joined", line=str(one.line), lines=one.details["lines"])
    return phrase("fec", "rejoined", line=str(one.line))


def _is_needed(name: str) -> bool:
    return name not in _UNNEEDED


def _rejoining(columns: FecColumns, delimiter: str) -> Callable[[list[str]], list[str] | None]:
    """Return what puts a label together again that holds the separator."""
    label = columns.places["EcritureLib"]
    amounts = [columns.places[name] for name in ("Debit", "Credit", "Montant") if name in columns.places]
    dates = [columns.places[name] for name in ("EcritureDate", "PieceDate") if name in columns.places]

    def fits(cells: list[str]) -> bool:
        """Whether amounts and dates stand where they belong: else it was another text that was cut."""
        return all(_AMOUNT.fullmatch(cells[at].strip()) for at in amounts) and all(
            _DATE.fullmatch(cells[at].strip()) for at in dates
        )

    def rejoin(cells: list[str]) -> list[str] | None:
        extra = len(cells) - columns.width
        if fits(cells) and not any(cell.strip() for cell in cells[columns.width :]):
            return cells[: columns.width]
        whole = delimiter.join(cells[label : label + extra + 1])
        joined = [*cells[:label], whole, *cells[label + extra + 1 :]]
        return joined if fits(joined) else None

    return rejoin


def _named(broken: Broken) -> tuple[int, Phrase]:
    return broken.line, phrase(
        "fec", "line", line=str(broken.line), what=phrase("aside", broken.reason, **broken.details)
    )


def _entries(
    chunks: list[Chunk], columns: FecColumns, file: str
) -> tuple[pd.DataFrame, list[tuple[int, Phrase]]]:
    lines = np.concatenate([chunk.lines for chunk in chunks]) if chunks else np.empty(0, dtype=np.int64)
    faults: list[tuple[int, Phrase]] = []
    taken: dict[str, object] = {"line": lines}
    for key, name in _COLUMNS.items():
        taken[key] = _texts(chunks, columns.places.get(name))
    dates = Dates(file)
    days = {
        key: _days(chunks, columns.places.get(name), dates)
        for key, name in (("date", "EcritureDate"), ("piece_date", "PieceDate"))
    }
    wrong = (days["date"] == UNREADABLE) | (days["date"] == NO_DATE)
    faults += _faults(lines, wrong, _texts(chunks, columns.places["EcritureDate"]), "no_date")
    for key, found in days.items():
        known = (found != NO_DATE) & (found != UNREADABLE)
        stamps = np.where(known, found, 0).astype("datetime64[D]").astype("datetime64[s]")
        taken[key] = pd.Series(stamps).where(known)
    debit, credit, more = _sides(chunks, columns, lines, file)
    taken["debit"], taken["credit"] = debit, credit
    empty = np.array([not text for text in np.asarray(taken["account"], dtype=object)], dtype=bool)
    faults += more + _faults(lines, empty, np.full(len(lines), "", dtype=object), "no_entry_account")
    return pd.DataFrame(taken, index=pd.RangeIndex(len(lines))), faults


def _sides(
    chunks: list[Chunk], columns: FecColumns, lines: npt.NDArray[np.int64], file: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], list[tuple[int, Phrase]]]:
    """Debit and credit in cents, and the lines where they cannot be read."""
    places = columns.places
    names = ("Debit", "Credit") if {"Debit", "Credit"} <= places.keys() else ("Montant",)
    numbers = Numbers(file, positive="")  # the column is the side
    for name in names:
        for chunk in chunks:
            numbers.observe(chunk.columns[places[name]])
    numbers.settle("fr")
    read: dict[str, npt.NDArray[np.int64]] = {}
    faults: list[tuple[int, Phrase]] = []
    for name in names:
        amounts = [numbers.read(chunk.columns[places[name]]) for chunk in chunks]
        values = np.concatenate([one.numbers for one in amounts]) if amounts else np.empty(0)
        wrong = np.concatenate([one.unreadable for one in amounts]) if amounts else np.empty(0, dtype=bool)
        faults += _faults(lines, wrong, _texts(chunks, places[name]), "no_amount_readable")
        read[name] = np.rint(np.nan_to_num(values) * 100).astype(np.int64)
    if len(names) == 2:
        return read["Debit"], read["Credit"], faults
    side = np.array([fold(text) for text in _texts(chunks, places["Sens"])], dtype=object)
    is_debit, is_credit = np.isin(side, list(_DEBIT)), np.isin(side, list(_CREDIT))
    faults += _faults(lines, ~is_debit & ~is_credit, side, "no_side")
    return np.where(is_debit, read["Montant"], 0), np.where(is_credit, read["Montant"], 0), faults


def _texts(chunks: list[Chunk], place: int | None) -> npt.NDArray[np.object_]:
    n_rows = sum(chunk.n_rows for chunk in chunks)
    if place is None or not n_rows:
        return np.full(n_rows, "", dtype=object)
    return np.concatenate([_stripped(chunk.columns[place]) for chunk in chunks])


def _stripped(column: Column) -> npt.NDArray[np.object_]:
    codes, texts = column.coded()
    values = np.empty(len(texts), dtype=object)
    values[:] = [plain_text(str(text).strip()) for text in texts]
    return values[codes]


def _days(chunks: list[Chunk], place: int | None, dates: Dates) -> npt.NDArray[np.int64]:
    if place is None:
        return np.full(sum(chunk.n_rows for chunk in chunks), NO_DATE)
    for chunk in chunks:
        dates.observe(chunk.columns[place].coded()[1])
    dates.settle()
    parts = [dates.days(chunk.columns[place]) for chunk in chunks]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _faults(
    lines: npt.NDArray[np.int64],
    wrong: npt.NDArray[np.bool_],
    shown: npt.NDArray[np.object_],
    reason: str,
) -> list[tuple[int, Phrase]]:
    faults = []
    for row in np.flatnonzero(wrong).tolist():
        text = str(shown[row])[:40]
        what = phrase("aside", reason if text or reason != "no_date" else "date_empty", value=text)
        faults.append((int(lines[row]), phrase("fec", "line", line=str(lines[row]), what=what)))
    return faults


def _company(name: str) -> str:
    """Return the number of the company that a file's name begins with: of a SIRET the SIREN in it."""
    match = _COMPANY.search(name)
    number = match[1] if match else ""
    return number[:9] if len(number) == _SIRET else number


def _named_end(name: str) -> dt.date | None:
    match = _NAME.search(name)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
