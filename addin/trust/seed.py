"""The seed of what is drawn by lot."""

from __future__ import annotations

from typing import Final

from addin.views.scored import Scored

__all__ = ["seed_of"]

_SEED: Final = 1
"""Where the workbook does not have the setting yet."""


def seed_of(scored: Scored) -> int:
    """Return the seed that Settings names: the same draws the same again."""
    seed = scored.intake.settings.get("seed")
    return int(seed) if isinstance(seed, float) else _SEED
