"""A report as text for the screen, and as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from addin.catalogue import Catalogue
from addin.refresh.score_tables import LostSight, Report
from addin.uses import Result, plain, printed

__all__ = ["aligned", "lost_sight_line", "report_json", "report_lines", "tables_json", "told_json"]

_MOST_MOVES = 20


def report_lines(report: Report, book: str, words: Catalogue) -> list[str]:
    """What a refresh says: accounts and turnover by class, and the moves."""
    lines = [_say(words, "title", book=book, accounts=report.n_accounts, date=report.date), ""]
    lines += _class_table(report, words)
    lines.append("")
    unknown = report.classes[-1].accounts
    if report.lost_sight is not None:
        lines += [lost_sight_line(report.lost_sight, words), ""]
    elif 2 * unknown > report.n_accounts and report.has_weights:  # nobody means that: say the way out
        lines += [_say(words, "too_little", count=unknown), ""]
    if report.n_first:
        lines.append(_say(words, "first", count=report.n_first))
    if report.moves:
        lines.append(_say(words, "moves", count=len(report.moves)))
        for move in report.moves[:_MOST_MOVES]:
            details = {"before": move.before, "after": move.after, "account": move.account, "name": move.name}
            lines.append("  " + _say(words, "move", **details))
        if len(report.moves) > _MOST_MOVES:
            lines.append("  " + _say(words, "more", count=len(report.moves) - _MOST_MOVES))
    elif report.n_before:
        lines.append(_say(words, "no_moves"))
    lines += [note.what for note in report.notes]
    if report.n_skipped:
        lines.append(_say(words, "skipped", count=report.n_skipped))
    return lines


def lost_sight_line(lost: LostSight, words: Catalogue) -> str:
    """Say that many accounts lose their class, and for want of what."""
    details = {"count": lost.accounts, "classed": lost.classed, "criterion": lost.criterion}
    return _say(words, "lost_sight" if lost.criterion else "lost_sight_plain", **details)


def tables_json(results: Mapping[str, Result]) -> str:
    """Return the tables of some uses as JSON, by their names."""
    return json.dumps({"tables": printed(results)}, ensure_ascii=False, indent=2)


def told_json(told: Mapping[str, object]) -> str:
    """Return what a program is told of one thing as JSON: keys, ISO dates, null for empty."""
    return json.dumps(plain(told), ensure_ascii=False, indent=2)


def report_json(report: Report, book: str, *, written: bool) -> str:
    """Return the whole report as JSON, shares as fractions and dates in ISO form."""
    content = {
        "book": book,
        "language": report.language,
        "date": report.date.isoformat(),
        "model": report.model,
        "written": written,
        "accounts": report.n_accounts,
        "first_classed": report.n_first,
        "would_become_unknown": None
        if report.lost_sight is None
        else {"accounts": report.lost_sight.accounts, "criterion": report.lost_sight.criterion},
        "skipped_rows": report.n_skipped,
        "classes": [
            {"class": t.letter, "category": t.label, "accounts": t.accounts, "turnover": round(t.turnover, 2)}
            for t in report.classes
        ],
        "moves": [
            {"account": m.account, "name": m.name, "from": m.before, "to": m.after, "score": m.score}
            for m in report.moves
        ],
        "notes": [note.what for note in report.notes],
        "faults": [
            {
                "sheet": f.sheet,
                "cell": f.cell,
                "account": f.account,
                "what": f.what,
                "remedy": f.remedy,
                "stops": f.stops,
            }
            for f in report.findings
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("cli", "result", key, **details)


def _class_table(report: Report, words: Catalogue) -> list[str]:
    accounts = sum(total.accounts for total in report.classes)
    turnover = sum(total.turnover for total in report.classes)
    rows = [[_say(words, key) for key in ("class", "category", "accounts", "share", "turnover", "share")]]
    for total in report.classes:
        counts = _amounts(words, total.accounts, accounts, total.turnover, turnover)
        rows.append([total.letter, total.label, *counts])
    rows.append([_say(words, "total"), "", *_amounts(words, accounts, accounts, turnover, turnover)])
    return aligned(rows, left=2)


def _amounts(
    words: Catalogue, accounts: int, all_accounts: int, turnover: float, all_turnover: float
) -> list[str]:
    percent = str(words.surface("fields")["language"]["percent"])

    def share(part: float, whole: float) -> str:
        return percent.format(words.show(100 * part / whole, decimals=1)) if whole else ""

    return [
        words.show(accounts),
        share(accounts, all_accounts),
        words.show(round(turnover)),
        share(turnover, all_turnover),
    ]


def aligned(rows: Sequence[Sequence[str]], left: int) -> list[str]:
    """Return rows in columns, the first ones left-aligned and the others, numbers, right-aligned."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
