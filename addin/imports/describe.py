"""How a file was read, in words: encoding, separator, marks, columns; and what of it was guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from addin.catalogue import Phrase
from addin.imports.dates import Dates
from addin.imports.headers import ROLES, Match
from addin.imports.numbers import Numbers
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.imports.sheet_file import SheetFile

__all__ = ["column_name", "describe"]

_SIGNS: Final = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}
_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO 8859-15",
}


def column_name(target: str) -> object:
    """Return what a target is called: a header of the account sheets, or what else a column can be."""
    if target.startswith("+"):
        return target[1:]
    return Phrase("fields", ("roles" if target in ROLES else "accounts", target))


def describe(
    report: FileReport,
    found: Recognised,
    dates: Dates | None = None,
    numbers: Mapping[str, Numbers] | None = None,
) -> None:
    """Say in the report of a file how it was read."""
    if isinstance(found.source, SheetFile):
        report.reading.append(phrase("reading", "sheet", line=found.header_line))
    else:
        encoding = _ENCODINGS[found.source.encoding]
        sign = phrase("signs", _SIGNS[found.source.delimiter])
        report.reading.append(
            phrase("reading", "text", encoding=encoding, separator=sign, line=found.header_line)
        )
    if dates is not None:
        _say_dates(report, dates)
    _say_numbers(report, numbers or {})
    _say_columns(report, found)


def _say_numbers(report: FileReport, numbers: Mapping[str, Numbers]) -> None:
    for mark in sorted({one.decimal for one in numbers.values() if one.decided}):
        report.reading.append(phrase("reading", "comma" if mark == "," else "point"))
    for target, one in numbers.items():
        if one.guessed:
            report.guesses.append(phrase("guess", "thousands", field=column_name(target)))
        elif one.comma and one.point:
            report.guesses.append(phrase("guess", "both_marks", field=column_name(target)))


def _say_columns(report: FileReport, found: Recognised) -> None:
    for match in found.matches:
        report.columns.append(_said(match))
        if match.how == "likeness":
            said = phrase("guess", "alike", header=match.header, field=column_name(match.target))
            report.guesses.append(said)
    taken = {match.position for match in found.matches}
    left = [header for at, header in enumerate(found.headers) if at not in taken and header]
    if left and found.kind != "fec":
        report.columns.append(phrase("columns", "left", headers=left[:40]))
    if found.twice:
        report.guesses.append(phrase("guess", "twice", headers=sorted(set(found.twice))))
    if found.other_sheets:
        report.guesses.append(phrase("guess", "other_sheets", sheets=list(found.other_sheets)))
    if found.matches and found.position("account") is None:
        report.guesses.append(phrase("guess", "by_name"))


def _say_dates(report: FileReport, dates: Dates) -> None:
    if dates.guessed:
        report.guesses.append(phrase("guess", "day_first"))
    elif dates.decided:
        proof = dates.day_first or dates.month_first
        report.reading.append(phrase("reading", "day" if dates.day_first else "month", proof=proof))
    if dates.coarse:
        report.guesses.append(phrase("guess", "coarse"))


def _said(match: Match) -> Phrase:
    return phrase("columns", match.how, header=match.header, field=column_name(match.target))
