"""What a button says at its end: short enough for a message box, whole enough to act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from addin.catalogue import Catalogue
from addin.refresh.located_faults import fault_line
from addin.refresh.score_tables import Report
from addin.workbook.finding import Finding
from scoring.terms import UNKNOWN_CLASS

__all__ = ["checked", "refreshed", "stopped"]

_MOST_MOVES: Final = 8
_MOST_FINDINGS: Final = 6


def refreshed(report: Report, words: Catalogue) -> str:
    """Say what a refresh did: accounts by class, moves, and what needs a look."""
    if not report.n_accounts:
        return _say(words, "no_accounts")
    unknown = report.classes[-1].accounts
    scored = {"scored": report.n_accounts - unknown, "accounts": report.n_accounts}
    parts = [_say(words, "refreshed", **scored), _by_class(report, words)]
    if report.lost_sight is None and 2 * unknown > report.n_accounts and report.has_weights:
        parts.append(words.text("cli", "result", "too_little", count=unknown))
    if report.n_first:
        parts.append(words.text("cli", "result", "first", count=report.n_first))
    if report.moves:
        parts.append(_moves(report, words))
    elif report.n_before:
        parts.append(words.text("cli", "result", "no_moves"))
    if report.findings:
        key = "faults" if report.has_checks else "faults_dry"
        parts.append(words.text("cli", "result", key, count=len(report.findings)))
    return "\n\n".join(parts)


def stopped(report: Report, words: Catalogue) -> str:
    """Say what keeps the portfolio from being scored."""
    stops = [finding for finding in report.findings if finding.stops]
    said = words.text("cli", "result", "stopped", count=len(stops))
    return "\n\n".join([said, *_lines(stops, words)])


def checked(report: Report, words: Catalogue) -> str:
    """Say what a check found."""
    if not report.findings:
        return words.text("cli", "result", "clean")
    stops = sum(finding.stops for finding in report.findings)
    said = words.text("cli", "result", "counted", count=len(report.findings), stops=stops)
    if report.has_checks:
        return f"{said}\n\n{_say(words, 'listed')}"
    return "\n\n".join([said, *_lines(report.findings, words)])


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("ribbon", key, **details)


def _by_class(report: Report, words: Catalogue) -> str:
    lines = []
    for total in report.classes:
        if total.letter == UNKNOWN_CLASS and not total.accounts:
            continue
        label = total.label or _say(words, "unknown_class")
        lines.append(_say(words, "class_line", letter=total.letter, label=label, count=total.accounts))
    return "\n".join(lines)


def _moves(report: Report, words: Catalogue) -> str:
    lines = [words.text("cli", "result", "moves", count=len(report.moves))]
    for move in report.moves[:_MOST_MOVES]:
        details = {"before": move.before, "after": move.after, "account": move.account, "name": move.name}
        lines.append(words.text("cli", "result", "move", **details))
    if len(report.moves) > _MOST_MOVES:
        lines.append(words.text("cli", "result", "more", count=len(report.moves) - _MOST_MOVES))
    return "\n".join(lines)


def _lines(findings: Sequence[Finding], words: Catalogue) -> list[str]:
    lines = [fault_line(finding, words) for finding in findings[:_MOST_FINDINGS]]
    if len(findings) > _MOST_FINDINGS:
        lines.append(_say(words, "more_findings", count=len(findings) - _MOST_FINDINGS))
    return lines
