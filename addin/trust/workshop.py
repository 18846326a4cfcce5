"""Weights workshop: the weights of each participant and of all, and what they do to named accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase, word_key
from addin.trust.workshop_accounts import differing_accounts
from addin.trust.workshop_votes import Seat, applies_by_status, seats
from addin.uses.result import Record, Result, Value
from addin.views.scored import Scored
from addin.workbook.typed_cells import read_text
from addin.workbook.uses.workshop import SEATS
from scoring.terms import STATUSES
from scoring.text import fold
from scoring.trust.votes import EVERY, Outcome, outcome
from scoring.trust.workshop import agreement, tenths

__all__ = ["Proposal", "WorkshopResult", "workshop"]

Floats = npt.NDArray[np.float64]

WEIGHINGS: Final = ("mean", "median", "pairs")
_DISPUTED: Final = 3
"""Criteria that are named as the most disputed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workshop proposes.

    Attributes
    ----------
    weights
        By the way of weighing: a weight for each row of the table Criteria, None for a row that keeps
        its own; they sum to 100.
    weighing
        The way that is chosen, or that is usual for what was given.
    approved_by
        Who approves, as typed.
    took_part
        Who counts, each with the role.
    """

    weights: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    weighing: str = ""
    approved_by: str = ""
    took_part: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WorkshopResult(Result):
    """The tables of a workshop, and what it proposes."""

    proposal: Proposal = field(default_factory=Proposal)


def workshop(scored: Scored) -> Result:
    """Put the sheets of the participants together."""
    return _Workshop(scored).result()


class _Workshop:
    """A workshop, part by part."""

    def __init__(self, scored: Scored) -> None:
        self._scored, self._model, self._words = scored, scored.model, scored.words
        self._layout = scored.intake.layout
        self._applies = applies_by_status(scored.model)
        self._seats = seats(self._layout, scored.model, scored.words)
        self._votes = [seat.vote for seat in self._seats if seat.vote is not None]
        self._found = (
            outcome(self._votes, self._applies) if self._votes else Outcome(None, None, None, {}, {})
        )

    def result(self) -> WorkshopResult:
        proposal = self._proposal()
        weights = self._weights()
        accounts = self._accounts(proposal)
        return WorkshopResult(
            {
                "participants": [self._seat(seat) for seat in self._seats],
                "workshopchoice": self._choice(),
                "workshopweights": weights,
                "workshopagreement": self._agreement(),
                "workshopvotes": self._places(),
                "workshopseats": [self._side_by_side()],
                "workshopaccounts": accounts,
            },
            notes=self._notes(),
            shown={"participants": self._rows_beside()},
            noted={
                "workshopweights": self._agreements() if weights else [_note("no_votes")],
                "workshopaccounts": [] if accounts else [_note("no_difference")],
            },
            proposal=proposal,
        )

    def _rows_beside(self) -> list[Record]:
        """Return a row for each row of the table of participants: blank ones stay blank."""
        located = self._layout.named.get("participants")
        rows: list[Record] = [{} for _ in range(located.table.n_rows if located is not None else 0)]
        for seat in self._seats:
            if seat.listed is not None:
                rows[seat.listed] = self._seat(seat)
        return rows

    def _seat(self, seat: Seat) -> Record:
        own = self._found.own.get(seat.name)
        names = [one.name for one in self._model.criteria]
        return {
            "participant": seat.name,
            "role": seat.role or None,
            "method": seat.ballot.method if seat.ballot is not None else None,
            "voice": seat.voice,
            "sheet": seat.ballot.sheet if seat.ballot is not None else None,
            "consistency": seat.ratio,
            "counted": " ".join(self._words.show(one) for one in seat.said),
            "counts": seat.vote is not None,
            "weights": dict(zip(names, own.tolist(), strict=True)) if own is not None else None,
        }

    def _choice(self) -> list[Record]:
        located = self._layout.named.get("workshopchoice")
        if located is None:
            return []
        weighing, approved_by = self._chosen()
        rows: list[Record] = [{} for _ in range(located.table.n_rows)]
        if rows:
            rows[0] = {"weighing": weighing or None, "approved_by": approved_by or None}
        return rows

    def _chosen(self) -> tuple[str, str]:
        """Return the way of weighing and who approves, as typed."""
        located = self._layout.named.get("workshopchoice")
        if located is None:
            return "", ""
        texts = [read_text((located.cells(key) or [None])[0]) for key in ("weighing", "approved_by")]
        weighing, approved_by = (text if isinstance(text, str) else "" for text in texts)
        return word_key("workshop_weighing", weighing, self._words.language) or "", approved_by

    def _weights(self) -> list[Record]:
        """Return a row a criterion: the weights in force, those of all, and who gives least and most."""
        if not self._votes:
            return []
        current = 100 * self._model.weights() / self._model.weights().sum()
        own = self._found.own
        names = list(own)
        given = np.stack(list(own.values())) if own else np.empty((0, len(current)))
        spread = np.ptp(given, axis=0) if len(given) > 1 else np.zeros(len(current))
        order = [at for at in np.argsort(-spread, kind="stable").tolist() if spread[at] > 1e-9][:_DISPUTED]
        rows: list[Record] = []
        for at, criterion in enumerate(self._model.criteria):
            row: dict[str, Value] = {"criterion": criterion.name, "current": float(current[at])}
            for key, weights in zip(WEIGHINGS, self._ways(), strict=True):
                row[key] = None if weights is None else float(weights[at])
            if len(given):
                least, most = int(given[:, at].argmin()), int(given[:, at].argmax())
                row |= {"lowest": float(given[least, at]), "lowest_by": names[least]}
                row |= {"highest": float(given[most, at]), "highest_by": names[most]}
            row["disputed"] = order.index(at) + 1 if at in order else None
            rows.append(row)
        return rows

    def _ways(self) -> tuple[Floats | None, Floats | None, Floats | None]:
        return self._found.mean, self._found.median, self._found.pairs

    def _proposal(self) -> Proposal:
        chosen, approved_by = self._chosen()
        ways = {key: one for key, one in zip(WEIGHINGS, self._ways(), strict=True) if one is not None}
        usual = "pairs" if ways and all(vote.judgements is not None for vote in self._votes) else "mean"
        weighing = chosen if chosen in ways else usual if usual in ways else ""
        took_part = [
            self._words.text("views", "workshop", "with_role", name=seat.name, role=seat.role)
            if seat.role
            else seat.name
            for seat in self._seats
            if seat.vote is not None
        ]
        rows = {key: self._rows_of(tenths(one)) for key, one in ways.items()}
        return Proposal(rows, weighing, approved_by, took_part)

    def _rows_of(self, weights: Sequence[float]) -> list[float | None]:
        """Return weights of the criteria of the model as the rows of the table Criteria have them."""
        known = dict(zip((fold(one.name) for one in self._model.criteria), weights, strict=True))
        cells = self._layout.named["criteria"].cells("criterion")
        return [known.get(fold(cell)) if isinstance(cell, str) else None for cell in cells]

    def _places(self) -> list[Record]:
        """Return where the points stand on each sheet: the same cell on all of them."""
        points = (seat.ballot for seat in self._seats if seat.ballot is not None)
        ballot = next((one for one in points if one.method == "points"), None)
        if ballot is None:
            return []
        return [
            {
                "status": status,
                "criterion": criterion.name,
                "place": ballot.cells.get((status, fold(criterion.name))),
                "points": {
                    seat.name: float(seat.vote.points[status][at])
                    for seat in self._seats
                    if seat.vote is not None and status in seat.vote.points
                },
            }
            for status in STATUSES
            for at, criterion in enumerate(self._model.criteria)
            if status in self._applies and self._applies[status][at]
        ]

    def _side_by_side(self) -> Record:
        """Return the sheets of points that are shown live."""
        shown = [one for one in self._seats if one.ballot is not None and one.ballot.method == "points"]
        row: dict[str, Value] = {}
        for place, seat in enumerate(shown[:SEATS], start=1):
            assert seat.ballot is not None
            row |= {f"seat_{place}": seat.name, f"sheet_{place}": seat.ballot.sheet}
            row[f"voice_{place}"] = seat.voice
        return row

    def _accounts(self, proposal: Proposal) -> list[Record]:
        """Return the accounts whose class differs most from one participant's weights to another's."""
        own = {name: self._rows_of(weights.tolist()) for name, weights in self._found.own.items()}
        return differing_accounts(self._scored, own, proposal.weights.get(proposal.weighing))

    def _agreement(self) -> list[Record]:
        """Return Kendall's W by status."""
        found = self._found.agreement
        return [
            {
                "status": status,
                "participants": sum(
                    vote.judgements is not None or status in vote.points for vote in self._votes
                ),
                "w": found[status],
                "agreement": agreement(found[status]),
            }
            for status in (*STATUSES, EVERY)
            if status in found
        ]

    def _agreements(self) -> list[Phrase]:
        """Say how far the participants agree, and on what they do not."""
        notes = []
        for status in (*STATUSES, EVERY):
            w = self._found.agreement.get(status)
            if w is None:
                continue
            label = self._words.word("applies_to", status)
            key = f"agreement_{agreement(w)}"
            notes.append(_note(key, status=label, w=self._words.show(w, decimals=2)))
        return notes

    def _notes(self) -> list[Phrase]:
        """Say who counts, and what keeps the workshop from an outcome."""
        if not self._seats:
            return [_note("nobody")]
        notes = [_note("counted", counted=len(self._votes), count=len(self._seats))]
        alone = [seat.name for seat in self._seats if seat.listed is None]
        if alone:
            notes.append(_note("not_listed", names=alone))
        if self._votes and self._found.mean is None:
            notes.append(_note("not_every_status"))
        without = [vote.name for vote in self._votes if vote.name not in self._found.own]
        if without and self._found.mean is not None:
            notes.append(_note("no_own", names=without))
        points = [seat for seat in self._seats if seat.ballot is not None and seat.ballot.method == "points"]
        if len(points) > SEATS:
            notes.append(_note("more_seats", count=SEATS))
        return notes


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("workshop", key), details)
