"""Fitted scales in words, and as JSON: rows now and then, and what they do to the classes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from addin.catalogue import Catalogue
from addin.workbook.money_scales import Fit, Fits, rows_text

__all__ = ["fit_lines", "fits_json"]


def fit_lines(fits: Fits, now: Counter[str], then: Counter[str], words: Catalogue) -> list[str]:
    """Say which scales would change and how, and how many accounts each class would have.

    Parameters
    ----------
    fits
        The scales.
    now, then
        Accounts by class as the scales are, and with these rows.
    words
        The language of the reader.
    """
    lines: list[str] = []
    for scale in fits.scales:
        lines.append(_say(words, "scale", criterion=scale.criterion))
        lines.append("  " + _say(words, "now", rows=rows_text(scale.now, words)))
        lines.append("  " + _say(words, "fitted", rows=rows_text(scale.fitted, words)))
    lines += [_say(words, "too_few", criterion=name) for name in fits.too_few]
    if not fits.scales:
        return [*lines, _say(words, "nothing")]
    lines.append(_say(words, "classes"))
    lines += [
        "  " + _say(words, "class", letter=letter, before=now[letter], after=then[letter]) for letter in now
    ]
    return lines


def fits_json(fits: Fits, now: Counter[str], then: Counter[str], book: str, *, written: bool) -> str:
    """Return the proposal as JSON."""
    content = {
        "book": book,
        "written": written,
        "scales": [_plain(scale) for scale in fits.scales],
        "too_few": list(fits.too_few),
        "classes": [{"class": letter, "now": now[letter], "proposed": then[letter]} for letter in now],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _plain(scale: Fit) -> dict[str, object]:
    def rows(listed: Sequence[tuple[float, float]]) -> list[dict[str, float]]:
        return [{"value": value, "points": points} for value, points in listed]

    return {
        "criterion": scale.criterion,
        "column": scale.column,
        "now": rows(scale.now),
        "proposed": rows(scale.fitted),
    }


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("scales", key, **details)
