"""The models by which the workbook was scored, each kept so that it can be read again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from addin.views.scored import Scored
from addin.views.view import How, View
from addin.workbook.kept_rows import Row
from addin.workbook.port import Cell
from addin.workbook.typed_cells import read_text
from scoring.model import Model
from scoring.trust.kept_model import packed, unpacked

__all__ = ["VIEWS", "kept_model"]

_PART: Final = 32_000
"""Signs of a cell; Excel's most is 32,767."""
_MOST_PARTS: Final = 10
"""Cells of a model: a longer one is kept by its mark alone."""


def kept_model(scored: Scored, mark: str) -> Model | None:
    """Return the model with a mark as the workbook keeps it; None where it does not, or was changed."""
    if scored.model.fingerprint() == mark:
        return scored.model
    parts = _parts(scored).get(mark, {})
    text = "".join(parts[place] for place in sorted(parts))
    model = unpacked(text) if text else None
    return model if model is not None and model.fingerprint() == mark else None


def _parts(scored: Scored) -> dict[str, dict[float, str]]:
    """Return the texts of each kept model by mark and place; of a mark that stands twice the last ones."""
    found: dict[str, dict[float, str]] = {}
    for row in _kept(scored):
        mark, text, place = read_text(row.get("model")), read_text(row.get("content")), row.get("part")
        if isinstance(mark, str) and isinstance(text, str) and isinstance(place, float):
            found.setdefault(mark, {})[place] = text
    return found


def _kept(scored: Scored) -> list[dict[str, Cell]]:
    located = scored.intake.layout.named.get("models")
    return located.rows() if located is not None else []


def _rows(scored: Scored) -> list[Row]:
    """Return the model of this refresh, if it is another than the one kept last."""
    mark = scored.model.fingerprint()
    marks = [text for row in _kept(scored) if isinstance(text := read_text(row.get("model")), str)]
    if marks and marks[-1] == mark:
        return []
    head: Mapping[str, Cell] = {"date": scored.day, "model": mark, "approved_by": _approved(scored)}
    text = packed(scored.model)
    parts = [text[start : start + _PART] for start in range(0, len(text), _PART)]
    if mark in _parts(scored) or len(parts) > _MOST_PARTS:
        return [head]
    return [{**head, "part": float(at), "content": part} for at, part in enumerate(parts, start=1)]


def _approved(scored: Scored) -> str | None:
    """Return who approved a model last, as the method sheet has it."""
    located = scored.intake.layout.named.get("approvals")
    names = [read_text(cell) for cell in located.cells("approved_by")] if located is not None else []
    signed = [name for name in names if isinstance(name, str)]
    return signed[-1] if signed else None


VIEWS: Final = (View("models", How.BELOW, _rows, always=True),)
