"""The method sheet: criteria, scales, classes and rules in sentences, with their sources and limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Final

from addin.trust.lever_texts import written_entries
from addin.trust.shown_values import shown
from addin.uses import past
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from addin.workbook.own_columns import header_of, is_own
from addin.workbook.typed_cells import read_date, read_text
from scoring.model import PRESENCE, Criterion, Gate
from scoring.terms import STATUSES

__all__ = ["approvals", "method"]

_LONGEST: Final = 190
"""Signs that two lines of the sheet hold: what is longer goes on in the next row."""
_FILES: Final = 4
"""Imports that are named."""


def method(scored: Scored) -> Result:
    """Put the model into sentences, and who approved it."""
    rows: list[Record] = []
    for topic, text, weight in _Method(scored).rows():
        for place, part in enumerate(_parts(text)):
            rows.append(
                {"topic": None if place else topic, "text": part, "weight": None if place else weight}
            )
    kept = approvals(scored)
    return Result({"method": rows, "approvals": kept})


def approvals(scored: Scored) -> list[Record]:
    """Return who approved the model, who took part and when, a row for each row of the table."""
    located = scored.intake.layout.named.get("approvals")
    if located is None:
        return []
    found: list[Record] = []
    for row in located.rows():
        day = read_date(row.get("date"), scored.words.language)
        texts = {key: read_text(row.get(key)) for key in ("approved_by", "took_part", "note")}
        found.append(
            {
                "date": day.date() if isinstance(day, dt.datetime) else None,
                **{key: text if isinstance(text, str) else None for key, text in texts.items()},
            }
        )
    return found


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that fit into a row, cut behind a sentence, else where it pauses."""
    while len(text) > _LONGEST:
        cuts = (text.rfind(pause, 0, _LONGEST) + 1 for pause in (". ", "; ", ", "))
        cut = next((cut for cut in cuts if cut), _LONGEST)
        yield text[:cut].strip()
        text = text[cut:].strip()
    yield text


class _Method:
    """The sentences, in the language of the workbook."""

    def __init__(self, scored: Scored) -> None:
        self._scored, self._model, self._words = scored, scored.model, scored.words
        self._settings = scored.model.settings

    def rows(self) -> Iterator[tuple[str, str, float | None]]:
        """Yield topic, text and share of the weights."""
        for topic in ("purpose", "score"):
            yield self._topic(topic), self._say(topic), None
        yield from self._criteria()
        yield self._topic("unknown"), self._say("unknown", least=self._settings.min_completeness), None
        yield from self._classes()
        yield from ((self._topic("gate"), self._gate(gate), None) for gate in self._model.gates)
        for topic in ("override", "active"):
            yield self._topic(topic), self._say(topic), None
        yield self._topic("sources"), self._sources(), None
        share, most = self._model.subjective_share(), self._settings.max_subjective
        yield self._topic("limits"), self._say("limits", share=share, most=most), None
        yield self._topic("personal"), self._say("personal"), None
        mark = self._model.fingerprint()
        on = self._scored.intake.reference_date
        yield self._topic("version"), self._say("version", mark=mark, date=on), None
        yield self._topic("approval"), self._approval(), None

    def _criteria(self) -> Iterator[tuple[str, str, float | None]]:
        weight = sum(criterion.weight for criterion in self._model.criteria)
        for criterion in self._model.criteria:
            yield criterion.name, self._criterion(criterion), criterion.weight / weight

    def _criterion(self, criterion: Criterion) -> str:
        column = header_of(criterion.column) if is_own(criterion.column) else None
        column = column or self._words.header("accounts", criterion.column)
        statuses = [status for status in STATUSES if status in (criterion.applies_to or STATUSES)]
        every = len(statuses) == len(STATUSES)
        whom = self._words.word("applies_to", "all")
        if not every:
            whom = ", ".join(self._words.word("applies_to", status) for status in statuses)
        details = {
            "column": column,
            "whom": whom,
            "nature": self._say("subjective" if criterion.subjective else "objective"),
            "missing": self._say(f"missing_{criterion.missing}"),
            "scale": self._scale(criterion),
        }
        return self._say("criterion", **details)

    def _scale(self, criterion: Criterion) -> str:
        if criterion.scale == "rank":
            return self._say("scale_rank_low" if criterion.low_is_better else "scale_rank")
        rows = criterion.scale_points
        if rows is None:
            return self._say("scale_note")
        written = written_entries(self._scored.intake)
        if criterion.scale == "list":
            best_first = sorted(rows.entries.items(), key=lambda pair: -pair[1])
            pairs = [(written.get(text, text), earned) for text, earned in best_first]
        else:
            pairs = [
                (shown(value, criterion.column, self._words), earned)
                for value, earned in zip(rows.thresholds, rows.points, strict=True)
            ]
        listed = "; ".join(self._say("point", value=value, points=earned) for value, earned in pairs)
        return self._say(f"scale_{criterion.scale}", rows=listed)

    def _classes(self) -> Iterator[tuple[str, str, float | None]]:
        key = self._settings.method
        details = {"margin": self._settings.margin}
        text = self._say(f"method_{key}", **details)
        if key == "cutoffs" and self._settings.margin > 0:
            text = f"{text} {self._say('margin', **details)}"
        yield self._topic("classes"), text, None
        for one in self._model.classes:
            said = {"label": one.label, "score": one.min_score, "share": one.share}
            kind = "class_breaks" if key == "breaks" else f"class_{key}"
            yield one.letter, self._say(kind, **said), None

    def _gate(self, gate: Gate) -> str:
        column = (
            header_of(gate.column) if is_own(gate.column) else self._words.header("accounts", gate.column)
        )
        condition = gate.condition
        if condition in PRESENCE:
            condition = self._words.word("condition", condition)
        value = "" if gate.value is None else shown(gate.value, gate.column, self._words)
        said = " ".join(part for part in (column, condition, value) if part)
        return self._say(
            "gate", rule=said, letter=self._model.letters()[gate.best_class], reason=gate.reason or "-"
        )

    def _sources(self) -> str:
        files = past.last_imports(self._scored)
        named = [self._say("source", file=file, date=day) for file, day in islice(files.items(), _FILES)]
        if not named:
            return self._say("typed")
        more = len(files) - len(named)
        listed = "; ".join(named)
        return self._say("sources_more" if more else "sources", files=listed, count=more)

    def _approval(self) -> str:
        signed = [row for row in approvals(self._scored) if row["approved_by"] or row["took_part"]]
        if not signed:
            return self._say("not_approved")
        last = signed[-1]
        details = {
            "by": last["approved_by"] or "-",
            "date": last["date"] or "-",
            "who": last["took_part"] or "-",
        }
        return self._say("approved", **details)

    def _topic(self, key: str) -> str:
        return self._words.text("views", "method", "topics", key)

    def _say(self, key: str, **details: object) -> str:
        return self._words.text("views", "method", key, **details)
