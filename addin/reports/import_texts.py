"""An import in words, for the screen and for message boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from addin.catalogue import Catalogue
from addin.fresh import Filled
from addin.imports.describe import column_name
from addin.imports.files.numbers import UNITS
from addin.imports.fitting import fitted_lines
from addin.imports.importing import Import, Recognition
from addin.imports.report import FileReport
from addin.imports.report_rows import gives_way
from addin.refresh.score_tables import Report
from addin.reports.console import report_json

__all__ = [
    "absent_question",
    "box_lines",
    "brief_lines",
    "filled_lines",
    "import_json",
    "list_lines",
    "new_lines",
    "recognised_lines",
    "replaced_lines",
    "report_lines",
]

_MOST_ROWS: Final = 10
_MOST_CODES: Final = 10
_MOST_SAID: Final = 4
_TALLEST: Final = 26
_WIDEST: Final = 150
"""What a message box shows of an import, in lines and signs."""
_COUNTS: Final = (
    ("fields", ("filled", "replaced")),
    *((why, (why,)) for why in ("emptied", "kept", "left", "fresher")),
)
_LISTS: Final = ("twice", "idle", "unknown", "promoted", "outdone", "joined", "zero", "absent")


def recognised_lines(recognition: Recognition, words: Catalogue) -> list[str]:
    """Say what each file is."""
    return [
        _say(words, "recognised", file=file.name, kind=_kind(words, file.kind)) for file in recognition.files
    ]


def report_lines(done: Import, words: Catalogue) -> list[str]:
    """Say what was read, what was guessed, and what becomes of the accounts."""
    words = words.with_currency(done.currency)
    lines: list[str] = []
    for report in done.reports:
        lines += [_say(words, "recognised", file=report.file, kind=_kind(words, report.kind))]
        lines += [f"  {line}" for line in _file_lines(report, words)]
    merged, own = done.merged, done.recognition.rules.own
    counts = {key: len(getattr(merged, key)) for key in ("added", "changed", "unchanged")}
    lines += ["", *_days(done, words), _say(words, "accounts", **counts), *listed_lines(done, words)]
    lines += replaced_lines(done, words)
    for key, items in _COUNTS:
        numbers = {name: sum(getattr(count, item) for item in items) for name, count in merged.fields.items()}
        shown = [
            _say(words, "field", field=column_name(name, own), filled=n) for name, n in numbers.items() if n
        ]
        if shown:
            lines.append(_say(words, key, fields=shown))
    for name, (before, after) in merged.totals.items():
        lines.append(_say(words, "total", field=column_name(name, own), before=before, after=after))
    lines += fitted_lines(done.fits, words)
    for double in done.doubles[:_MOST_CODES]:
        what = words.text("imports", "say", f"double_{double.reason}", other=double.other, value=double.value)
        lines.append(_say(words, "double", code=double.code, what=what))
    lines += list_lines(done, words)
    for name in sorted(merged.missing):
        lines.append(words.text("imports", "say", "missing", field=column_name(name, own)))
    return lines


def filled_lines(filled: Filled, words: Catalogue) -> list[str]:
    """Say what a new workbook was filled with: what an import says, and what only a new one has."""
    return [*report_lines(filled.done, words), *new_lines(filled, words)]


def new_lines(filled: Filled, words: Catalogue) -> list[str]:
    """Say what of an import only a new workbook has."""
    lines = [
        words.text("cli", "new", "all_clients", file=file.name)
        for file in filled.done.recognition.files
        if file.kind == "accounts" and file.position("status") is None
    ]
    if filled.own:
        lines.append(words.text("cli", "new", "own", columns=[column.header for column in filled.own]))
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
            "aside_amount": report.weight_aside(UNITS),
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


def list_lines(done: Import, words: Catalogue) -> list[str]:
    """Say of which accounts there is something to know."""
    lines = []
    for key in _LISTS:
        codes = getattr(done.merged, key)
        if codes:
            what = words.text("imports", "item", key)
            shown = list(codes[:_MOST_CODES])
            more = len(codes) - len(shown)
            lines.append(_say(words, "list_more" if more else "list", what=what, codes=shown, count=more))
    return lines


def box_lines(done: Import, words: Catalogue) -> list[str]:
    """Say in a few lines what the files are and what an import would do, for a message box."""
    lines = brief_lines(done, words, most=_MOST_SAID)
    return [line if len(line) <= _WIDEST else f"{line[:_WIDEST]}..." for line in lines[:_TALLEST]]


def brief_lines(done: Import, words: Catalogue, most: int | None = None) -> list[str]:
    """Say what the files are, what of them was guessed, and what becomes of the accounts.

    Parameters
    ----------
    done
        The import.
    words
        The language.
    most
        How many guesses and notes of a file are said; all if None.
    """
    words = words.with_currency(done.currency)
    lines = replaced_lines(done, words)
    for report in done.reports:
        lines.append(words.text("imports", "box", "is", file=report.file, kind=_kind(words, report.kind)))
        counts = {"count": report.n_read, "used": report.n_used, "aside": report.n_aside}
        lines.append(f"    {_say(words, 'rows', **counts)}")
        said: Sequence[object] = (*report.guesses, *report.notes)
        lines += [f"    {words.show(one)}" for one in said[:most]]
    counts = {key: len(getattr(done.merged, key)) for key in ("added", "changed", "unchanged")}
    lines += ["", *_days(done, words), _say(words, "accounts", **counts), *listed_lines(done, words)]
    for name, (before, after) in list(done.merged.totals.items())[:3]:  # of money: no column of their own
        lines.append(_say(words, "total", field=column_name(name), before=before, after=after))
    return [*lines, *fitted_lines(done.fits, words)]


def listed_lines(done: Import, words: Catalogue) -> list[str]:
    """Say what becomes of the lists of orders and of stock."""
    return [
        words.text(
            "imports",
            "say",
            "listed",
            sheet=one.located.table.sheet,
            added=one.added,
            replaced=one.replaced,
            removed=one.removed,
        )
        for one in done.lists.values()
    ]


def replaced_lines(done: Import, words: Catalogue) -> list[str]:
    """Say which turnover of another source, or of an older period, gives way to the import."""
    return [gives_way(one, words) for one in done.merged.replaced]


def absent_question(done: Import, words: Catalogue) -> str:
    """Ask about accounts that the files do not mention; ``done`` is the import that sets them to 0."""
    codes = done.merged.zero
    shown = ", ".join(codes[:_MOST_CODES]) + (" ..." if len(codes) > _MOST_CODES else "")
    question = words.text("imports", "box", "absent", count=len(codes), accounts=shown)
    return f"{question}\n\n{words.text('imports', 'box', 'absent_answers')}"


def _days(done: Import, words: Catalogue) -> list[str]:
    """Say which reference date the workbook gets, or that the files end long before the one it has."""
    if done.reference is not None:
        return [_say(words, "reference", date=done.reference)]
    return [_say(words, "ends_early", date=done.last)] if done.ends_early else []


def import_json(
    done: Import, book: str, words: Catalogue, *, written: bool, report: Report | None = None
) -> str:
    """Return the whole report as JSON, with that of the refresh that followed."""
    import json

    merged, words = done.merged, words.with_currency(done.currency)
    content: dict[str, object] = {
        "book": book,
        "written": written,
        "reference_date": None if done.reference is None else done.reference.isoformat(),
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
                    "unreadable": report.n_unreadable,
                },
                "other_currencies": {
                    currency: {"rows": n_rows, "set_aside": units / UNITS}
                    for currency, (n_rows, units) in sorted(report.foreign.items())
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
        "listed": {
            kind: {key: getattr(one, key) for key in ("added", "replaced", "removed")}
            for kind, one in done.lists.items()
        },
        "fields": {
            name: {
                key: getattr(count, key)
                for key in ("filled", "replaced", "emptied", "kept", "left", "fresher", "same")
            }
            for name, count in merged.fields.items()
        },
        "totals": {
            name: {"before": before, "after": after} for name, (before, after) in merged.totals.items()
        },
        "scales": [scale.column for scale in done.fits.scales],
        "possible_duplicates": [[double.code, double.other, double.reason] for double in done.doubles],
        "lists": {key: getattr(merged, key) for key in _LISTS},
        "gives_way": [
            {
                "field": one.field,
                "from": {"kind": one.before.kind, "until": one.before.until.isoformat()},
                "replaced": one.replaced,
                "emptied": one.emptied,
            }
            for one in merged.replaced
        ],
    }
    if report is not None:
        content["refresh"] = json.loads(report_json(report, book, written=not report.stopped))
    return json.dumps(content, ensure_ascii=False, indent=2)
