"""The one use case: read the workbook, score the portfolio, write the results back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from addin.book import Cell, Changes, Table
from addin.catalogue import Catalogue, catalogue
from addin.findings import Finding, locate
from addin.intake import Intake, take_in
from addin.layout import Layout
from addin.outcome import cells_of, changes, listed, moves
from addin.why import reason_texts
from scoring import Assessment, assess
from scoring.terms import UNKNOWN_CLASS

__all__ = ["ClassTotal", "Move", "Report", "Scoring", "check_tables", "score_answers", "score_tables"]

Progress = Callable[[str], None]


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
    n_accounts, n_first, n_skipped
        Accounts, those classed for the first time, rows without a code.
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
    n_first: int
    n_skipped: int
    findings: Sequence[Finding]
    has_checks: bool

    @property
    def stopped(self) -> bool:
        """Whether a fault kept the portfolio from being scored."""
        return any(finding.stops for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Scoring:
    """A report, and what there is to write; nothing where a fault stops."""

    report: Report
    changes: Changes = field(default_factory=Changes)


def score_tables(
    tables: Sequence[Table],
    today: dt.date,
    *,
    language: str | None = None,
    progress: Progress = _silent,
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
    """
    progress("reading")
    layout = Layout(tables)
    intake = take_in(layout, today)
    own_words = catalogue(layout.language)
    words = catalogue(language or layout.language)
    if intake.model is None:
        return Scoring(_report(intake, None, locate(intake, intake.faults, words)))

    progress("scoring")
    assessment = assess(intake.portfolio.accounts, intake.model, intake.reference_date)
    faults = intake.faults + assessment.faults
    report = _report(intake, assessment, locate(intake, faults, words))
    cells = cells_of(assessment, reason_texts(intake, assessment, own_words), own_words)
    written = changes(
        intake,
        cells,
        moves(intake, assessment),
        report.findings if words is own_words else locate(intake, faults, own_words),
        _summary(report, own_words),
    )
    return Scoring(report, written)


def check_tables(tables: Sequence[Table], today: dt.date) -> Scoring:
    """Look for faults as a scoring would, and list them on the sheet Checks; no result is written."""
    layout = Layout(tables)
    intake = take_in(layout, today)
    words = catalogue(layout.language)
    faults = list(intake.faults)
    if intake.model is not None:
        faults += assess(intake.portfolio.accounts, intake.model, intake.reference_date, explain=False).faults
    report = _report(intake, None, locate(intake, faults, words))
    summary = words.text("report", "checked", accounts=report.n_accounts, findings=len(report.findings))
    return Scoring(report, listed(intake, report.findings, summary))


def score_answers(tables: Sequence[Table], today: dt.date) -> tuple[list[tuple[Cell, ...]], list[Finding]]:
    """Score the portfolio that some tables hold, for formulas.

    Returns
    -------
    rows
        Code, score, class, rank and reasons of each account.
    findings
        What keeps it from being scored, in the workbook's language; no rows
        then.
    """
    layout = Layout(tables)
    intake = take_in(layout, today)
    words = catalogue(layout.language)
    if intake.model is None:
        return [], [finding for finding in locate(intake, intake.faults, words) if finding.stops]
    assessment = assess(intake.portfolio.accounts, intake.model, intake.reference_date)
    cells = cells_of(assessment, reason_texts(intake, assessment, words), words)
    codes = intake.portfolio.accounts["account"]
    columns = [cells[key] for key in ("score", "class", "rank", "reasons")]
    return list(zip(codes, *columns, strict=True)), []


def _report(intake: Intake, assessment: Assessment | None, findings: list[Finding]) -> Report:
    accounts = intake.portfolio.accounts
    totals: list[ClassTotal] = []
    changed: list[Move] = []
    n_first = 0
    if assessment is not None and intake.model is not None:
        totals = _totals(intake, assessment)
        changed, n_first = _moves(intake, assessment)
    return Report(
        language=intake.layout.language,
        date=intake.reference_date,
        model=intake.model.fingerprint() if intake.model else "",
        classes=totals,
        moves=changed,
        n_accounts=len(accounts),
        n_first=n_first,
        n_skipped=intake.portfolio.n_skipped,
        findings=findings,
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
    before = accounts.get("class", empty).astype(object).fillna("").to_numpy()
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
    return sorted(found, key=lambda move: (move.after, move.before, move.account)), int((before == "").sum())


def _summary(report: Report, words: Catalogue) -> str:
    unknown = report.classes[-1].accounts
    return words.text(
        "report",
        "summary",
        accounts=report.n_accounts,
        scored=report.n_accounts - unknown,
        unknown=unknown,
        skipped=report.n_skipped,
        model=report.model,
    )
