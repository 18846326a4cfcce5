"""The one use case: read the workbook, score the portfolio, write the results back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from addin.catalogue import Catalogue, catalogue
from addin.refresh.located_faults import locate
from addin.refresh.reason_texts import reason_texts
from addin.refresh.result_cells import cells_of, column_fills, moves
from addin.uses import Result, columns_for, faults_of, results_of, shown_uses, uses_changes
from addin.views import Scored, fills
from addin.views.checks import check_rows
from addin.views.scored import midnight
from addin.workbook.finding import Finding
from addin.workbook.formulas import ANSWER_FIELDS
from addin.workbook.kept_rows import rewritten
from addin.workbook.located_tables import Layout
from addin.workbook.port import Cell, Changes, Table
from addin.workbook.read_workbook import Intake, take_in
from scoring import Assessment, Fault, Model, assess
from scoring.terms import UNKNOWN_CLASS

__all__ = [
    "AnswerColumns",
    "ClassTotal",
    "Move",
    "Report",
    "Scoring",
    "check_tables",
    "score_answers",
    "score_tables",
]

Progress = Callable[[str], None]

_NOTES = frozenset(
    {
        *("not_in_use", "risk_unknown", "risk_by_days"),
        *("notes_above", "notes_below", "criteria_alike", "criteria_opposed"),
    }
)
"""What needs nothing done."""
_MANY_LOST = 0.1
"""Of the classed accounts: beyond it a refresh asks before it takes their class away."""
AnswerColumns = Mapping[str, Sequence[Cell]]


def _silent(step: str) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """Accounts and turnover of a class."""

    letter: str
    label: str
    accounts: int
    turnover: float


@dataclass(frozen=True, slots=True)
class Move:
    """An account whose class changed since the last scoring; before is empty for one never classed."""

    account: str
    name: str
    before: str
    after: str
    score: float | None


@dataclass(frozen=True, slots=True)
class LostSight:
    """More than a tenth of the classed accounts would become ``?``.

    Attributes
    ----------
    accounts, classed
        How many would, of how many that have a class.
    criterion
        The one that most of them lack.
    """

    accounts: int
    classed: int
    criterion: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a scoring found.

    Attributes
    ----------
    language
        Language of the workbook.
    date
        The day of the scoring.
    model
        Fingerprint of the model; empty where a fault stopped the scoring.
    classes
        Totals by class, best first, ``"?"`` last.
    moves
        Changes of class among accounts that had one.
    n_accounts, n_before, n_first, n_skipped
        Accounts, those scored before, those classed for the first time, rows without a code.
    n_criteria
        Criteria that count.
    lost_sight
        What turns many classed accounts into ``?``; None where nothing does.
    notes
        What is worth knowing and needs nothing done.
    findings
        What is wrong, those that stop first.
    has_checks
        Whether there is a sheet to list them on.
    """

    language: str
    date: dt.date
    model: str
    classes: Sequence[ClassTotal]
    moves: Sequence[Move]
    n_accounts: int
    n_before: int
    n_first: int
    n_skipped: int
    n_criteria: int
    lost_sight: LostSight | None
    notes: Sequence[Finding]
    findings: Sequence[Finding]
    has_checks: bool

    @property
    def has_weights(self) -> bool:
        """Whether any criterion counts."""
        return self.n_criteria > 0

    @property
    def stopped(self) -> bool:
        """Whether a fault kept the portfolio from being scored."""
        return any(finding.stops for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Scoring:
    """A report, and what there is to write; nothing where a fault stops.

    Attributes
    ----------
    report, changes
        What was found, and what there is to write.
    uses
        What the uses come to that are shown or were asked for, by their keys.
    """

    report: Report
    changes: Changes = field(default_factory=Changes)
    uses: Mapping[str, Result] = field(default_factory=dict)


def score_tables(
    tables: Sequence[Table],
    today: dt.date,
    *,
    language: str | None = None,
    progress: Progress = _silent,
    asked: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
) -> Scoring:
    """Score the portfolio that some tables hold.

    Parameters
    ----------
    tables
        All tables of the workbook.
    today
        The day of the scoring where Settings names none.
    language
        Of the findings in the report; that of the workbook if None. What is
        written to the workbook is always in its own.
    progress
        Called with the name of each step: ``"reading"``, ``"scoring"``.
    asked
        Keys of the uses whose sheets are to be filled and shown, each with what was asked of it;
        those that are shown already are filled anyway.
    """
    progress("reading")
    layout = Layout(tables)
    uses = {*shown_uses(layout), *asked}
    intake = take_in(layout, today, columns_for(uses))
    own_words = catalogue(layout.language)
    words = catalogue(language or layout.language)
    if intake.model is None:
        return Scoring(_report(intake, None, _said(intake, intake.faults, words)))

    progress("scoring")
    assessment = assess(
        intake.portfolio.accounts, intake.model, intake.reference_date, period_end=intake.period_end
    )
    scored = _scored(intake, intake.model, assessment, own_words)
    results = results_of(scored, uses, asked)
    faults = [*intake.faults, *assessment.faults, *faults_of(results)]
    report = _report(intake, assessment, _said(intake, faults, words))
    said = _Said(report.notes, report.findings) if words is own_words else _said(intake, faults, own_words)
    scored = replace(
        scored,
        notes=said.notes,
        findings=said.findings,
        summary=_summary(report, intake.model.subjective_share(), own_words),
    )
    changes = Changes(column_fills(intake.portfolio, scored.cells), fills(scored))
    changes.add(uses_changes(scored, results, asked))
    return Scoring(report, changes, results)


def _scored(intake: Intake, model: Model, assessment: Assessment, words: Catalogue) -> Scored:
    """Return what the uses look at; what is wrong in their own tables is not known yet."""
    return Scored(
        intake,
        model,
        assessment,
        cells=cells_of(assessment, reason_texts(intake, assessment, words), words),
        moving=moves(intake, assessment),
        notes=(),
        findings=(),
        summary="",
        words=words,
    )


def check_tables(tables: Sequence[Table], today: dt.date) -> Scoring:
    """Look for faults as a scoring would, and list them on the sheet Checks; no result is written."""
    layout = Layout(tables)
    uses = shown_uses(layout)
    intake = take_in(layout, today, columns_for(uses))
    words = catalogue(layout.language)
    faults = list(intake.faults)
    if intake.model is not None:
        assessment = assess(
            intake.portfolio.accounts,
            intake.model,
            intake.reference_date,
            period_end=intake.period_end,
            explain=bool(uses),
        )
        faults += assessment.faults
        if uses:
            faults += faults_of(results_of(_scored(intake, intake.model, assessment, words), uses, {}))
    report = _report(intake, None, _said(intake, faults, words))
    summary = words.text("report", "checked", accounts=report.n_accounts, findings=len(report.findings))
    checks = layout.named.get("checks")
    rows = check_rows(midnight(report.date), summary, [*report.notes, *report.findings])
    fill = rewritten(checks, rows) if checks is not None else None
    return Scoring(report, Changes(rows=[fill] if fill is not None else []))


def score_answers(tables: Sequence[Table], today: dt.date) -> tuple[AnswerColumns, list[Finding]]:
    """Score the portfolio that some tables hold, for formulas.

    Returns
    -------
    answers
        What formulas answer of each account, by the keys of
        :data:`addin.workbook.formulas.ANSWER_FIELDS`.
    findings
        What keeps it from being scored, in the workbook's language; no
        answers then.
    """
    layout = Layout(tables)
    intake = take_in(layout, today)
    words = catalogue(layout.language)
    if intake.model is None:
        return {}, [finding for finding in locate(intake, intake.faults, words) if finding.stops]
    assessment = assess(intake.portfolio.accounts, intake.model, intake.reference_date)
    cells = cells_of(assessment, reason_texts(intake, assessment, words), words)
    known = cells | {"account": intake.portfolio.accounts["account"].to_numpy(dtype=object)}
    return {key: list(known[key]) for key in ANSWER_FIELDS}, []


class _Said(NamedTuple):
    """What is worth knowing, and what is wrong."""

    notes: Sequence[Finding]
    findings: Sequence[Finding]


def _said(intake: Intake, faults: Sequence[Fault], words: Catalogue) -> _Said:
    """Put what was found into words."""
    notes = [fault for fault in faults if fault.what in _NOTES]
    return _Said(
        locate(intake, notes, words),
        locate(intake, [fault for fault in faults if fault.what not in _NOTES], words),
    )


def _report(intake: Intake, assessment: Assessment | None, said: _Said) -> Report:
    accounts = intake.portfolio.accounts
    totals: list[ClassTotal] = []
    changed: list[Move] = []
    n_before = n_first = 0
    lost_sight = None
    if assessment is not None and intake.model is not None:
        totals = _totals(intake, assessment)
        changed, n_first = _moves(intake, assessment)
        n_before = int((assessment.before.in_force() != "").sum())
        lost_sight = _lost_sight(intake.model, assessment)
    return Report(
        language=intake.layout.language,
        date=intake.reference_date,
        model=intake.model.fingerprint() if intake.model else "",
        classes=totals,
        moves=changed,
        n_accounts=len(accounts),
        n_before=n_before,
        n_first=n_first,
        n_skipped=intake.portfolio.n_skipped,
        n_criteria=len(intake.model.criteria) if intake.model else 0,
        lost_sight=lost_sight,
        notes=said.notes,
        findings=said.findings,
        has_checks="checks" in intake.layout.named,
    )


def _totals(intake: Intake, assessment: Assessment) -> list[ClassTotal]:
    assert intake.model is not None
    accounts, classes = intake.portfolio.accounts, assessment.results["class"].astype(object)
    turnover = accounts.get("turnover", pd.Series(np.nan, index=accounts.index)).fillna(0.0)
    counts, sums = classes.value_counts(), turnover.groupby(classes.to_numpy()).sum()
    labels = {score_class.letter: score_class.label for score_class in intake.model.classes}
    return [
        ClassTotal(letter, labels.get(letter, ""), int(counts.get(letter, 0)), float(sums.get(letter, 0.0)))
        for letter in (*intake.model.letters(), UNKNOWN_CLASS)
    ]


def _moves(intake: Intake, assessment: Assessment) -> tuple[list[Move], int]:
    """Changes of class, worst fall last, and how many accounts are classed for the first time."""
    accounts, results = intake.portfolio.accounts, assessment.results
    empty = pd.Series("", index=accounts.index, dtype=object)
    before = assessment.before.in_force()
    after = results["class"].astype(object).to_numpy()
    names = accounts.get("name", empty).astype(object).fillna("").to_numpy()
    scores = results["score"].to_numpy()
    rows = np.flatnonzero((before != "") & (before != after)).tolist()
    found = [
        Move(
            str(accounts["account"].iat[row]),
            str(names[row]),
            str(before[row]),
            str(after[row]),
            None if np.isnan(scores[row]) else float(scores[row]),
        )
        for row in rows
    ]
    n_first = int(((before == "") & (after != UNKNOWN_CLASS)).sum())
    return sorted(found, key=lambda move: (move.after, move.before, move.account)), n_first


def _lost_sight(model: Model, assessment: Assessment) -> LostSight | None:
    """Tell whether many accounts lose their class for want of values, and of which."""
    classed = np.isin(assessment.before.in_force(), model.letters())
    now = assessment.results["class"].astype(object).to_numpy()
    lost = np.flatnonzero(classed & (now == UNKNOWN_CLASS))
    if assessment.reasons is None or len(lost) <= _MANY_LOST * classed.sum():
        return None
    lacking = assessment.reasons.unknown[lost, 0]
    lacking = lacking[lacking >= 0]
    criterion = model.criteria[int(np.bincount(lacking).argmax())].name if len(lacking) else ""
    return LostSight(len(lost), int(classed.sum()), criterion)


def _summary(report: Report, subjective: float, words: Catalogue) -> str:
    unknown = report.classes[-1].accounts
    said = words.text(
        "report",
        "summary",
        accounts=report.n_accounts,
        scored=report.n_accounts - unknown,
        unknown=unknown,
        skipped=report.n_skipped,
        model=report.model,
    )
    share = words.text("report", "subjective", share=subjective) if subjective else ""
    return f"{said} {share}".strip()
