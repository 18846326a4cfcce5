"""A model as one text, so that a workbook can keep the models by which it was scored."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import zlib
from dataclasses import asdict
from typing import Any, Final

from scoring.model import Criterion, Gate, Model, Points, ScoreClass, Settings

__all__ = ["packed", "unpacked"]

_MARK: Final = "m1:"
"""How the text begins: a letter, so that no program takes it for a formula, and the number of its form."""
_LARGEST: Final = 4_000_000
"""Signs of a model that is unpacked: a text that swells beyond is none of ours."""


def packed(model: Model) -> str:
    """Return a model as one compressed text of plain letters, which :func:`unpacked` reads back."""
    plain = asdict(model)
    for criterion in plain["criteria"]:
        if criterion["applies_to"] is not None:
            criterion["applies_to"] = sorted(criterion["applies_to"])
    for gate in plain["gates"]:
        if isinstance(gate["value"], dt.date):
            gate["value"] = {"date": gate["value"].isoformat()}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return _MARK + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(text: str) -> Model | None:
    """Return the model of a text; None for a text that is none, or was changed."""
    if not text.startswith(_MARK):
        return None
    try:
        inflated = zlib.decompressobj().decompress(
            base64.urlsafe_b64decode(text.removeprefix(_MARK)), _LARGEST
        )
        return _model(json.loads(inflated))
    except (ValueError, TypeError, KeyError, binascii.Error, zlib.error):
        return None


def _model(plain: dict[str, Any]) -> Model:
    return Model(
        tuple(_criterion(one) for one in plain["criteria"]),
        tuple(ScoreClass(**one) for one in plain["classes"]),
        tuple(_gate(one) for one in plain["gates"]),
        Settings(**plain["settings"]),
    )


def _criterion(plain: dict[str, Any]) -> Criterion:
    rows = plain["scale_points"]
    points = None
    if rows is not None:
        points = Points(tuple(rows["thresholds"]), tuple(rows["points"]), rows["entries"])
    applies_to = plain["applies_to"]
    return Criterion(
        **plain
        | {
            "scale_points": points,
            "applies_to": None if applies_to is None else frozenset(applies_to),
        }
    )


def _gate(plain: dict[str, Any]) -> Gate:
    value = plain["value"]
    if isinstance(value, dict):
        value = dt.datetime.fromisoformat(value["date"])
    return Gate(**plain | {"value": value})
