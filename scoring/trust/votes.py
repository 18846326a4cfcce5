"""What the participants of a workshop gave, put together: shares by status, and one weight a criterion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scoring.trust.workshop import geometric_mean, kendall_w, mean, median, one_weighting, priorities

__all__ = ["EVERY", "Outcome", "Vote", "outcome", "weights_of"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

EVERY = "all"
"""Stands for the statuses where criteria were compared in pairs, whatever they apply to."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a participant gave that counts.

    Attributes
    ----------
    name
        Who it is.
    voice
        Weight of the voice, > 0.
    points
        By status: array of shape (n_criteria,) that sums to 100, 0 where a criterion does not apply.
        Statuses that were left out are not there.
    judgements
        The reciprocal matrix of who compared pairs, else None.
    """

    name: str
    voice: float = 1.0
    points: Mapping[str, Floats] = field(default_factory=dict)
    judgements: Floats | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all together say.

    Attributes
    ----------
    mean, median, pairs
        Weights of shape (n_criteria,) that sum to 100: by mean and median of the votes, and by the
        group's judgements of pairs; None where nobody gave what they are made of.
    own
        By participant: the weights that the vote alone would give; only of those who weighed every
        criterion.
    agreement
        By status: Kendall's W of those who gave points to it.
    """

    mean: Floats | None
    median: Floats | None
    pairs: Floats | None
    own: Mapping[str, Floats]
    agreement: Mapping[str, float]


def outcome(votes: Sequence[Vote], applies: Mapping[str, Bools]) -> Outcome:
    """Put the votes of a workshop together.

    Parameters
    ----------
    votes
        Those that count.
    applies
        By status, the one with most criteria first: bool array of shape (n_criteria,).
    """
    paired = [vote for vote in votes if vote.judgements is not None]
    if paired and len(paired) == len(votes):
        n = len(next(iter(applies.values())))
        applies = {EVERY: np.ones(n, dtype=bool)}
    shares = {vote.name: _shares(vote, applies) for vote in votes}
    group = [vote.judgements for vote in votes if vote.judgements is not None]
    by_pairs = None
    if group:
        voices = np.array([vote.voice for vote in paired])
        by_pairs = 100 * priorities(geometric_mean(group, voices)).weights
    own = {}
    for vote in votes:
        weights = weights_of(shares[vote.name], applies)
        if weights is not None:
            own[vote.name] = weights
    return Outcome(
        mean=weights_of(_together(votes, shares, applies, mean), applies),
        median=weights_of(_together(votes, shares, applies, median), applies),
        pairs=by_pairs,
        own=own,
        agreement={
            status: kendall_w(np.stack([given[status][mask] for given in shares.values() if status in given]))
            for status, mask in applies.items()
            if any(status in given for given in shares.values())
        },
    )


def weights_of(given: Mapping[str, Floats], applies: Mapping[str, Bools]) -> Floats | None:
    """Return one weight a criterion, None where some criterion was weighed by nobody."""
    reached = [applies[status] for status in given]
    if not reached or not np.logical_or.reduce(reached)[np.logical_or.reduce(list(applies.values()))].all():
        return None
    ordered = {status: given[status] for status in applies if status in given}
    return one_weighting(ordered, applies)


def _shares(vote: Vote, applies: Mapping[str, Bools]) -> dict[str, Floats]:
    """Return what a vote gives each status: points as they are, judgements as the shares they come to."""
    if vote.judgements is None:
        return dict(vote.points)
    weights = priorities(vote.judgements).weights
    return {
        status: np.where(mask, weights, 0.0) * (100 / weights[mask].sum())
        for status, mask in applies.items()
        if mask.any()
    }


def _together(
    votes: Sequence[Vote],
    shares: Mapping[str, Mapping[str, Floats]],
    applies: Mapping[str, Bools],
    how: Callable[[Floats, Floats], Floats],
) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for status in applies:
        counted = [vote for vote in votes if status in shares[vote.name]]
        if counted:
            given = np.stack([shares[vote.name][status] for vote in counted])
            found[status] = how(given, np.array([vote.voice for vote in counted]))
    return found
