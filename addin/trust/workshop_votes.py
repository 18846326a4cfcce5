"""Which sheets of a workshop count, with which voice, and why others do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from addin.catalogue import Catalogue, Phrase
from addin.workbook.ballots import Ballot, read_ballots
from addin.workbook.definitions import Holds
from addin.workbook.located_tables import Layout
from addin.workbook.model_cells import CellReader
from addin.workbook.typed_cells import is_blank, read_text
from scoring import Model
from scoring.terms import STATUSES
from scoring.text import fold
from scoring.trust.votes import Vote
from scoring.trust.workshop import CONSISTENT, priorities, widest_pair

__all__ = ["Seat", "applies_by_status", "seats"]

Bools = npt.NDArray[np.bool_]

_FULL = 100.0


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant.

    Attributes
    ----------
    name, role
        Who it is.
    voice
        Weight of the voice.
    ballot
        The sheet; None where there is none yet.
    vote
        What counts of it; None where nothing does.
    ratio
        Consistency ratio of who compared pairs.
    said
        Which statuses count, and what does not and why.
    listed
        The row of the table of participants; None of who has a sheet alone.
    """

    name: str
    role: str
    voice: float = 1.0
    ballot: Ballot | None = None
    vote: Vote | None = None
    ratio: float | None = None
    said: Sequence[Phrase] = ()
    listed: int | None = None


def applies_by_status(model: Model) -> dict[str, Bools]:
    """Return to which criteria the points of each status go, the status with most of them first."""
    found = {}
    for status in STATUSES:
        mask = np.array([one.applies_to is None or status in one.applies_to for one in model.criteria])
        if mask.any():
            found[status] = mask
    return dict(sorted(found.items(), key=lambda one: -int(one[1].sum())))


def seats(layout: Layout, model: Model, words: Catalogue) -> list[Seat]:
    """Return the participants: those of the table first, in its order, then who has a sheet alone."""
    ballots: dict[str, list[Ballot]] = {}
    for ballot in read_ballots(layout):
        ballots.setdefault(fold(ballot.participant), []).append(ballot)
    judge = _Judge(model, words)
    found = []
    for row, name, role, voice in _listed(layout):
        found.append(judge.seat(name, role, voice, ballots.pop(fold(name), []), row))
    found += [judge.seat(one[0].participant, one[0].role, 1.0, one, None) for one in ballots.values()]
    return found


def _listed(layout: Layout) -> Iterator[tuple[int, str, str, float | None]]:
    """Yield the participants of the table: row, name, role and voice, None for one that cannot be read."""
    located = layout.named.get("participants")
    if located is None:
        return
    reader = CellReader(layout)
    seen: set[str] = set()
    for row, cells in enumerate(located.rows()):
        name, role = read_text(cells.get("participant")), read_text(cells.get("role"))
        if not isinstance(name, str) or fold(name) in seen:
            continue
        seen.add(fold(name))
        cell = cells.get("voice")
        voice = 1.0 if is_blank(cell) else reader.read(cell, Holds.NOTE)
        good = isinstance(voice, float) and 0 <= voice <= _FULL
        yield row, name, role if isinstance(role, str) else "", voice if good else None  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says what of a sheet counts."""

    model: Model
    words: Catalogue
    names: Sequence[str] = field(init=False)
    applies: Mapping[str, Bools] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", [fold(one.name) for one in self.model.criteria])
        object.__setattr__(self, "applies", applies_by_status(self.model))

    def seat(
        self, name: str, role: str, voice: float | None, ballots: Sequence[Ballot], row: int | None
    ) -> Seat:
        if not ballots:
            return Seat(name, role, voice or 0.0, said=[_said("no_sheet")], listed=row)
        ballot = ballots[0]
        role = role or ballot.role

        def without(why: Phrase) -> Seat:
            return Seat(name, role, voice or 0.0, ballot, said=[why], listed=row)

        if len(ballots) > 1:
            return without(_said("two_sheets", sheets=[one.sheet for one in ballots]))
        if voice is None or voice == 0:
            return without(_said("no_voice" if voice is None else "voice_0"))
        if ballot.wrong:
            return without(ballot.wrong[0])
        if ballot.method == "pairs":
            return self._paired(name, role, voice, ballot, row)
        points, said = self._points(ballot)
        vote = Vote(name, voice, points) if points else None
        return Seat(name, role, voice, ballot, vote, None, said, row)

    def _points(self, ballot: Ballot) -> tuple[dict[str, npt.NDArray[np.float64]], list[Phrase]]:
        counted, said = {}, []
        for status, mask in self.applies.items():
            given = ballot.points.get(status, {})
            wanted = [name for name, inside in zip(self.names, mask.tolist(), strict=True) if inside]
            label = self.words.word("status", status)
            total = sum(points or 0.0 for points in given.values())
            if not any(points is not None for points in given.values()):
                said.append(_said("nothing_given", status=label))
            elif set(wanted) != set(given):
                said.append(_said("other_criteria", status=label))
            elif abs(total - _FULL) > 1e-6:
                key = "too_few" if total < _FULL else "too_many"
                said.append(
                    _said(key, status=label, total=round(total, 6), rest=round(abs(_FULL - total), 6))
                )
            else:
                counted[status] = np.array(
                    [(given[name] or 0.0) if name in given else 0.0 for name in self.names], dtype=np.float64
                )
        labels = [self.words.word("status", status) for status in STATUSES if status in counted]
        return counted, [*([_said("counts", statuses=labels)] if labels else []), *said]

    def _paired(self, name: str, role: str, voice: float, ballot: Ballot, row: int | None) -> Seat:
        n = len(self.names)
        matrix = np.eye(n)
        missing = 0
        for first in range(n):
            for second in range(first + 1, n):
                value = self._judgement(ballot, first, second)
                missing += value is None
                matrix[first, second] = value or 1.0
                matrix[second, first] = 1 / matrix[first, second]
        named = {one for pair in ballot.judgements for one in pair}
        if named != set(self.names):
            why = _said("other_pairs")
        elif missing == n * (n - 1) // 2:
            why = _said("no_pairs")
        elif missing:
            why = _said("pairs_missing", count=missing, pairs=n * (n - 1) // 2)
        else:
            found = priorities(matrix)
            said = [_said("counts_pairs")]
            if found.ratio > CONSISTENT:
                said.append(self._contradiction(matrix, found.weights, found.ratio))
            vote = Vote(name, voice, judgements=matrix)
            return Seat(name, role, voice, ballot, vote, found.ratio, said, row)
        return Seat(name, role, voice, ballot, said=[why], listed=row)

    def _judgement(self, ballot: Ballot, first: int, second: int) -> float | None:
        there = ballot.judgements.get((self.names[first], self.names[second]))
        back = ballot.judgements.get((self.names[second], self.names[first]))
        return there if there is not None else 1 / back if back else None

    def _contradiction(
        self, matrix: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], ratio: float
    ) -> Phrase:
        row, column, fitting = widest_pair(matrix, weights)
        first, second = (self.model.criteria[at].name for at in (row, column))
        details = {"first": first, "second": second, "ratio": self.words.show(ratio, decimals=2)}
        given = _times(float(matrix[row, column]))
        return _said("contradiction", **details, given=given, fitting=_times(fitting))


def _times(value: float) -> str:
    """Return a judgement as the scale writes it, 1/9 to 9."""
    return f"{min(9, round(value))}" if value >= 1 else f"1/{min(9, round(1 / value))}"


def _said(key: str, **details: object) -> Phrase:
    return Phrase("views", ("workshop", key), details)
