"""How a file was read, in words: encoding, separator, marks, columns; and what of it was guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from addin.catalogue import Phrase
from addin.imports.files.dates import Dates, moment
from addin.imports.files.numbers import Numbers
from addin.imports.files.sheet_file import SheetFile
from addin.imports.grouped_file import GroupedFile
from addin.imports.header_rows import Recognised, Unread
from addin.imports.headers import ROLES
from addin.imports.report import MOST_NAMED, FileReport, phrase
from addin.workbook.own_columns import header_of, is_own

__all__ = ["column_name", "describe"]

_NOTHING: Final[Mapping[str, str]] = {}
_SIGNS: Final = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}
_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO 8859-15",
    "mac_roman": "Mac OS Roman",
    "cp850": "CP850 (DOS)",
}


def column_name(target: str, own: Mapping[str, str] = _NOTHING) -> object:
    """Return what a target is called: a header of the account sheets, or what else a column can be.

    Parameters
    ----------
    target
        A field, a role, or the key of a column of the company's own.
    own
        Headers of such columns as they are written, by their folded selves.
    """
    if is_own(target):
        return own.get(header_of(target), header_of(target))
    return Phrase("fields", ("roles" if target in ROLES else "accounts", target))


def describe(
    report: FileReport,
    found: Recognised,
    dates: Dates | None = None,
    numbers: Mapping[str, Numbers] | None = None,
) -> None:
    """Say in the report of a file how it was read."""
    source = found.source
    if isinstance(source, GroupedFile):
        report.reading.append(phrase("reading", "grouped", count=source.n_groups))
        source = source.inner
    if isinstance(source, SheetFile):
        form = "web" if source.content == "web" else "sheet"
        report.reading.append(phrase("reading", form, line=found.header_line))
        hidden = sum(number > found.header_line for number in source.hidden_rows)
        if hidden:
            report.guesses.append(phrase("guess", "hidden_rows", count=hidden))
    else:
        written = source.encoding
        encoding = _ENCODINGS[written.name]
        sign = phrase("signs", _SIGNS[source.delimiter])
        report.reading.append(
            phrase("reading", "text", encoding=encoding, separator=sign, line=found.header_line)
        )
        if written.told != "plain":
            report.reading.append(phrase("reading", written.told, proof=written.proof))
        if written.n_stray:
            said = phrase("guess", "stray", count=written.n_stray, line=str(written.stray_line))
            report.guesses.append(said)
    if report.n_joined > MOST_NAMED:
        more = report.n_joined - MOST_NAMED
        report.guesses.append(phrase("guess", "more_lines_joined", count=more))
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
        if one.factor != 1:
            report.guesses.append(phrase("guess", "in_thousands", header=one.header, factor=one.factor))
        if one.around.has_sides:
            report.reading.append(phrase("reading", "sides", field=column_name(target)))
        if "with" in one.around.taxes:
            report.guesses.append(phrase("guess", "with_tax_cells", field=column_name(target)))


def _say_columns(report: FileReport, found: Recognised) -> None:
    for match in found.matches:
        field = column_name(match.target, found.own)
        report.columns.append(phrase("columns", match.how, header=match.header, field=field))
        if match.how == "likeness":
            said = phrase("guess", "alike", header=match.header, field=field)
            report.guesses.append(said)
    left = [header for _, header in found.left]
    if left and found.kind != "fec":
        report.columns.append(phrase("columns", "left", headers=left[:40]))
    if found.twice:
        report.guesses.append(phrase("guess", "twice", headers=sorted(set(found.twice))))
    _say_sheets(report, found.unread)
    if found.matches and found.position("account") is None and found.kind != "stock":
        report.guesses.append(phrase("guess", "by_name"))


def _say_sheets(report: FileReport, unread: Sequence[Unread]) -> None:
    """Name the sheets that are not read, with why: those that hold something are worth a look."""
    for reason in dict.fromkeys(one.reason for one in unread):
        names = [one.name for one in unread if one.reason == reason]
        said = phrase("sheets", reason, count=len(names), sheets=names)
        (report.notes if reason in ("empty", "chart") else report.guesses).append(said)


def _say_dates(report: FileReport, dates: Dates) -> None:
    if dates.guessed:
        report.guesses.append(phrase("guess", "day_first"))
    elif dates.decided:
        proof = dates.day_first or dates.month_first
        report.reading.append(phrase("reading", "day" if dates.day_first else "month", proof=proof))
    if dates.named:
        report.reading.append(phrase("reading", "names", proof=dates.named))
    for meaning in dict.fromkeys(column.meaning for column in dates.numbers):
        column = next(one for one in dates.numbers if one.meaning == meaning)
        days = column.day(column.proof) or 0
        told = "serials" if meaning == "serials" else f"figures_{meaning}"
        report.reading.append(phrase("reading", told, proof=column.proof, day=moment(days)))
    if dates.coarse:
        report.guesses.append(phrase("guess", "coarse"))
