"""An import in words, for the screen and for message boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from addin.catalogue import Catalogue
from addin.imports.describe import column_name
from addin.imports.importing import Import, Recognition
from addin.imports.numbers import UNITS
from addin.imports.report import FileReport

__all__ = ["box_lines", "import_json", "recognised_lines", "report_lines"]

_MOST_ROWS: Final = 10
_MOST_CODES: Final = 10
_TALLEST: Final = 26
_WIDEST: Final = 150
"""What a message box shows of an import, in lines and signs."""


def recognised_lines(recognition: Recognition, words: Catalogue) -> list[str]:
    """Say what each file is."""
    return [
        _say(words, "recognised", file=file.path.name, kind=_kind(words, file.kind))
        for file in recognition.files
    ]


def report_lines(done: Import, words: Catalogue) -> list[str]:
    """Say what was read, what was guessed, and what becomes of the accounts."""
    lines: list[str] = []
    for report in done.reports:
        lines += [_say(words, "recognised", file=report.file, kind=_kind(words, report.kind))]
        lines += [f"  {line}" for line in _file_lines(report, words)]
    merged = done.merged
    counts = {key: len(getattr(merged, key)) for key in ("added", "changed", "unchanged")}
    lines += ["", _say(words, "accounts", **counts)]
    for key, items in (("fields", ("filled", "replaced")), ("kept", ("kept",))):
        numbers = {name: sum(getattr(count, item) for item in items) for name, count in merged.fields.items()}
        shown = [_say(words, "field", field=column_name(name), filled=n) for name, n in numbers.items() if n]
        if shown:
            lines.append(_say(words, key, fields=shown))
    for name, (before, after) in merged.totals.items():
        lines.append(_say(words, "total", field=column_name(name), before=before, after=after))
    for double in done.doubles[:_MOST_CODES]:
        what = words.text("imports", "say", f"double_{double.reason}", other=double.other, value=double.value)
        lines.append(_say(words, "double", code=double.code, what=what))
    lines += _lists(done, words)
    for name in sorted(merged.missing):
        lines.append(words.text("imports", "say", "missing", field=column_name(name)))
    return lines


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("imports", "screen", key, **details)


def _kind(words: Catalogue, kind: str) -> str:
    return words.text("imports", "kinds", kind)


def _file_lines(report: FileReport, words: Catalogue) -> list[str]:
    lines = [" ".join(words.show(said) for said in report.reading)]
    counts = {"count": report.n_read, "used": report.n_used, "aside": report.n_aside}
    if report.kind != "fec" and report.units_read is not None:
        amounts = {
            "read": report.units_read / UNITS,
            "used_amount": (report.units_used or 0) / UNITS,
            "aside_amount": (report.units_aside or 0) / UNITS,
        }
        lines.append(_say(words, "rows_amount", **counts, **amounts))
    else:
        lines.append(_say(words, "rows", **counts))
    listed = report.listed()[:_MOST_ROWS]
    lines += [_say(words, "aside", line=str(one.line), reason=one.reason) for one in listed]
    if report.n_aside > len(listed):
        lines.append(_say(words, "more_aside", count=report.n_aside - len(listed)))
    lines += [words.show(said) for said in (*report.columns, *report.guesses, *report.notes)]
    return lines


def _lists(done: Import, words: Catalogue) -> list[str]:
    lines = []
    for key in ("twice", "idle", "unknown", "promoted", "zero", "absent"):
        codes = getattr(done.merged, key)
        if codes:
            what = words.text("imports", "item", key)
            shown = list(codes[:_MOST_CODES])
            more = len(codes) - len(shown)
            lines.append(_say(words, "list_more" if more else "list", what=what, codes=shown, count=more))
    return lines


def n_to_look_at(done: Import) -> int:
    """Return how many guesses, duplicates and rows set aside there are."""
    return len(done.doubles) + sum(len(report.guesses) + report.n_aside for report in done.reports)


def box_lines(done: Import, words: Catalogue) -> list[str]:
    """Say in a few lines what the files are and what an import would do, for a message box."""
    lines = []
    for report in done.reports:
        lines.append(words.text("imports", "box", "is", file=report.file, kind=_kind(words, report.kind)))
        counts = {"count": report.n_read, "used": report.n_used, "aside": report.n_aside}
        lines.append(f"    {_say(words, 'rows', **counts)}")
        said: Sequence[object] = (*report.guesses, *report.notes)
        lines += [f"    {words.show(one)}" for one in said[:4]]
    counts = {key: len(getattr(done.merged, key)) for key in ("added", "changed", "unchanged")}
    lines += ["", _say(words, "accounts", **counts)]
    totals = list(done.merged.totals.items())[:3]
    lines += [_say(words, "total", field=column_name(name), before=b, after=a) for name, (b, a) in totals]
    return [line if len(line) <= _WIDEST else f"{line[:_WIDEST]}..." for line in lines[:_TALLEST]]


def import_json(done: Import, book: str, words: Catalogue, *, written: bool) -> str:
    """Return the whole report as JSON."""
    import json

    merged = done.merged
    content = {
        "book": book,
        "written": written,
        "files": [
            {
                "file": report.file,
                "kind": report.kind,
                "rows": {"read": report.n_read, "used": report.n_used, "set_aside": report.n_aside},
                "amounts": None
                if report.units_read is None
                else {
                    "read": report.units_read / UNITS,
                    "used": (report.units_used or 0) / UNITS,
                    "set_aside": (report.units_aside or 0) / UNITS,
                },
                "reasons": report.by_reason,
                "set_aside": [
                    {"line": one.line, "reason": words.show(one.reason)} for one in report.listed()
                ],
                "columns": [words.show(said) for said in report.columns],
                "guesses": [words.show(said) for said in report.guesses],
                "notes": [words.show(said) for said in report.notes],
            }
            for report in done.reports
        ],
        "accounts": {key: getattr(merged, key) for key in ("added", "changed", "unchanged")},
        "fields": {
            name: {key: getattr(count, key) for key in ("filled", "replaced", "kept", "same")}
            for name, count in merged.fields.items()
        },
        "totals": {
            name: {"before": before, "after": after} for name, (before, after) in merged.totals.items()
        },
        "possible_duplicates": [[double.code, double.other, double.reason] for double in done.doubles],
        "lists": {
            key: getattr(merged, key) for key in ("idle", "unknown", "twice", "promoted", "zero", "absent")
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
