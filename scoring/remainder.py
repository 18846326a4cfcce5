"""Splitting a whole amount so that the parts add up.

References
----------
Hare, T. (1859), *The Election of Representatives*: the largest remainder.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["shared_out"]


def shared_out(amount: int, weights: Sequence[int]) -> list[int]:
    """Split an amount in proportion to weights by largest remainder: the parts add up exactly.

    Parameters
    ----------
    amount
        Whole amount [cents], of either sign.
    weights
        Weights >= 0, not all 0; the earlier one wins a tie.

    Examples
    --------
    >>> shared_out(100, [1, 1, 1]), shared_out(-100, [1, 1, 1])
    ([34, 33, 33], [-34, -33, -33])
    """
    total = sum(weights)
    quotas = [divmod(abs(amount) * weight, total) for weight in weights]
    parts = [whole for whole, _ in quotas]
    by_remainder = sorted(range(len(weights)), key=lambda position: -quotas[position][1])
    for position in by_remainder[: abs(amount) - sum(parts)]:
        parts[position] += 1
    return parts if amount >= 0 else [-part for part in parts]
