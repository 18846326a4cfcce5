"""The scored workbook, as views take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from addin.catalogue import Catalogue
from addin.workbook.finding import Finding
from addin.workbook.read_workbook import Intake
from scoring import Assessment, Model

__all__ = ["Scored", "midnight"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scored:
    """All that a refresh knows.

    Attributes
    ----------
    intake
        What the workbook said.
    model
        The company's model.
    assessment
        The outcome of the scoring.
    cells
        Cells by field that refresh fills, one entry an account.
    moving
        Bool array of shape (n_accounts,): accounts whose class changed or whose score moved.
    notes, findings
        What is worth knowing, and what is wrong, in the language of the workbook.
    summary
        What was scored, in one sentence.
    words
        The language of the workbook.
    """

    intake: Intake
    model: Model
    assessment: Assessment
    cells: Mapping[str, npt.NDArray[np.object_]]
    moving: npt.NDArray[np.bool_]
    notes: Sequence[Finding]
    findings: Sequence[Finding]
    summary: str
    words: Catalogue
    _known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, work_out: Callable[[Scored], T]) -> T:
        """Return what several views look at, worked out by the first of them."""
        if name not in self._known:
            self._known[name] = work_out(self)
        found: T = self._known[name]
        return found

    def forget(self) -> None:
        """Let go of what views worked out: it holds on to these accounts, and they to it."""
        self._known.clear()

    @property
    def day(self) -> dt.datetime:
        """The day of the scoring, as a cell holds it."""
        return midnight(self.intake.reference_date)

    @property
    def remembers(self) -> bool:
        """Whether Score history takes what moves, so that a second scoring of the day finds it there."""
        located = self.intake.layout.named.get("history")
        return located is not None and {"date", "account", "class"} <= located.columns.keys()


def midnight(day: dt.date) -> dt.datetime:
    """Return a day as a cell holds it."""
    return dt.datetime.combine(day, dt.time())
