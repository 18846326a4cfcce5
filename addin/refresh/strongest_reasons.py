"""What raises and lowers each score most, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from addin.catalogue import Catalogue
from scoring import Model
from scoring.reasons import NEGLIGIBLE, Reasons

__all__ = ["criterion_name", "strongest_reasons"]


def criterion_name(model: Model, position: int, words: Catalogue, *, one_year: bool) -> str:
    """Return what a criterion is called; a trend over one year only says so."""
    criterion = model.criteria[position]
    if one_year and criterion.column == "trend":
        return words.text("reasons", "one_year", criterion=criterion.name)
    return criterion.name


def strongest_reasons(model: Model, reasons: Reasons, words: Catalogue) -> list[str]:
    """Return the criteria that raise and lower the score of each account most, one text an account."""
    return _Strongest(model, reasons, words).texts()


class _Strongest:
    def __init__(self, model: Model, reasons: Reasons, words: Catalogue) -> None:
        self._model, self._reasons, self._words = model, reasons, words
        self._surface = words.surface("reasons")
        self._shown: dict[tuple[int, float, bool], str] = {}

    def texts(self) -> list[str]:
        reasons, surface = self._reasons, self._surface
        ups, downs = self._sides("raising", reasons.raising), self._sides("lowering", reasons.lowering)
        between, average = str(surface["between"]), str(surface["average"])
        texts = [
            f"{up}{between}{down}" if up and down else up or down or average
            for up, down in zip(ups, downs, strict=True)
        ]
        # What no known value explains lies with those that are left out.
        far = np.abs(reasons.distance) >= NEGLIGIBLE
        named = np.where(reasons.distance > 0, reasons.raising[:, 0], reasons.lowering[:, 0]) >= 0
        for row in np.flatnonzero(far & ~named).tolist():
            unknown = self._words.text("reasons", "unknown_part", points=reasons.unknown_part[row])
            key = "raising" if reasons.distance[row] > 0 else "lowering"
            other = (
                texts[row] if (reasons.raising[row] >= 0).any() or (reasons.lowering[row] >= 0).any() else ""
            )
            texts[row] = self._join(str(surface[key]).format(reasons=unknown), other)
        return texts

    def _join(self, *parts: str) -> str:
        return str(self._surface["between"]).join(part for part in parts if part)

    def _sides(self, key: str, positions: npt.NDArray[np.int16]) -> list[str]:
        """Return what raises, or lowers, the score of each account; what is said alike is made once."""
        reasons = self._reasons
        if not reasons.contributions.shape[1]:  # no criterion counts
            return [""] * len(positions)
        points = np.take_along_axis(reasons.contributions, np.maximum(positions, 0).astype(np.intp), axis=1)
        shown = np.where(positions < 0, 0.0, np.rint(points))
        small = (np.abs(points) < 1) & (positions >= 0)
        shown[small] = [round(value, 1) for value in points[small].tolist()]
        said = zip(*positions.T.tolist(), *shown.T.tolist(), reasons.one_year.tolist(), strict=True)
        known: dict[tuple[float, ...], str] = {}
        texts = []
        for row, one in enumerate(said):
            if one not in known:
                listed, contributions = positions[row].tolist(), reasons.contributions[row].tolist()
                known[one] = self._side(key, listed, contributions, one_year=bool(reasons.one_year[row]))
            texts.append(known[one])
        return texts

    def _side(
        self, key: str, positions: Sequence[int], contributions: Sequence[float], *, one_year: bool
    ) -> str:
        listed = ", ".join(
            self._reason(at, contributions[at], one_year=one_year) for at in positions if at >= 0
        )
        return str(self._surface[key]).format(reasons=listed) if listed else ""

    def _reason(self, position: int, points: float, *, one_year: bool) -> str:
        key = (position, round(points) if abs(points) >= 1 else round(points, 1), one_year)
        if key not in self._shown:
            name = criterion_name(self._model, position, self._words, one_year=one_year)
            self._shown[key] = self._words.text("reasons", "reason", criterion=name, points=points)
        return self._shown[key]
