"""From the tables of the model to what scoring takes: keys, floats and texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from addin.book import Cell
from addin.catalogue import field_key, word_key
from addin.layout import OWN, Layout, Located
from addin.values import Unreadable, read_date, read_number, read_text
from scoring import Fault
from scoring.terms import FIELDS, NUMERIC, Kind
from scoring.text import fold

__all__ = ["ModelReader"]

Reader = Callable[[Cell], "float | str | dt.datetime | Unreadable | None"]

_SHARE_SETTINGS = ("min_completeness", "max_subjective", "core_share")
IMPORT_SETTINGS = ("periods", "year_end", "payment_terms")
_PLAN_SETTINGS = ("margin", "review_months", "weeks", "visit_days", "visits_per_day")

_IN_MODEL = {
    "no_number": ("model_no_number", "number_needed"),
    "date_for_number": ("model_no_number", "number_needed"),
    "no_date": ("model_no_date", "date_needed"),
    "date_ambiguous": ("model_no_date", "date_needed"),
    "error_value": ("model_error", "mend_formula"),
    "not_calculated": ("model_not_calculated", "calculate"),
}
"""What is unknown in an account is wrong in a model: the sentences differ."""


class ModelReader:
    """Reads the tables of the model into frames of keys, floats and texts."""

    def __init__(self, layout: Layout, faults: list[Fault]) -> None:
        self._layout = layout
        self._faults = faults
        self._language = layout.language
        self._scales: dict[str, tuple[str | None, str | None]] = {}
        self.own_columns = {key for located in layout.accounts for key in located.columns if key[0] == OWN}
        self.reference_date: dt.date | None = None

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the model by name."""
        readers = {
            "criteria": self._criteria,
            "scales": self._scale_rows,
            "classes": self._classes,
            "gates": self._gates,
            "settings": self._settings,
        }
        return {
            kind: reader(self._layout.named[kind])
            for kind, reader in readers.items()
            if kind in self._layout.named
        }

    def _read(
        self, kind: str, row: int, key: str, cell: Cell, reader: Reader, **details: object
    ) -> float | str | dt.datetime | None:
        value = reader(cell)
        if isinstance(value, Unreadable):
            what, remedy = _IN_MODEL.get(value.what, (value.what, value.remedy))
            details = {"value": value.value, "words": value.words} | details
            self._faults.append(Fault(kind, row, key, what, remedy, details, stops=True))
            return None
        return value

    def _column(self, kind: str, located: Located, key: str, reader: Reader) -> list[object]:
        return [self._read(kind, row, key, cell, reader) for row, cell in enumerate(located.cells(key))]

    def _number(self, cell: Cell) -> float | Unreadable | None:
        return read_number(cell, self._language)

    def _word(self, kind: str) -> Callable[[Cell], str | Unreadable | None]:
        def read(cell: Cell) -> str | Unreadable | None:
            text = read_text(cell)
            if text is None or isinstance(text, Unreadable):
                return text
            return word_key(kind, text, self._language) or Unreadable(
                "word_unknown", "pick_from_list", text, kind
            )

        return read

    def _column_key(self, cell: Cell) -> str | Unreadable | None:
        text = read_text(cell)
        if text is None or isinstance(text, Unreadable):
            return text
        return self._layout.account_column(text) or OWN + text

    def _statuses(self, cell: Cell) -> str | Unreadable | None:
        """Statuses that a criterion applies to, as one text: ``"client prospect"``."""
        text = read_text(cell)
        if text is None or isinstance(text, Unreadable):
            return text
        parts = [part for part in text.replace(";", ",").replace("/", ",").split(",") if part.strip()]
        keys = [word_key("applies_to", part, self._language) for part in parts]
        if not all(keys):
            return Unreadable("word_unknown", "pick_from_list", text, "applies_to")
        return "all" if "all" in keys else " ".join(sorted({str(key) for key in keys}))

    def _criteria(self, located: Located) -> pd.DataFrame:
        def column(key: str, reader: Reader) -> list[object]:
            return self._column("criteria", located, key, reader)

        weights = column("weight", self._number)
        off = [weight == 0 for weight in weights]
        known = len(self._faults)
        frame = pd.DataFrame(
            {
                "criterion": column("criterion", read_text),
                "column": column("column", self._column_key),
                "applies_to": column("applies_to", self._statuses),
                "weight": weights,
                "scale": column("scale", self._word("scale")),
                "better": column("better", self._word("better")),
                "missing": column("missing", self._word("missing")),
                "nature": column("nature", self._word("nature")),
            },
            dtype=object,
        )
        # A weight of 0 switches a criterion off, whatever else its row says.
        heard = [fault for fault in self._faults[known:] if fault.row is None or not off[fault.row]]
        self._faults[known:] = heard
        frame["applies_to"] = [
            statuses if statuses in (None, "all") else str(statuses).split()
            for statuses in frame["applies_to"]
        ]
        for name, scale, key in zip(frame["criterion"], frame["scale"], frame["column"], strict=True):
            self._scales[fold(str(name))] = (scale, key)
        return frame

    def _scale_rows(self, located: Located) -> pd.DataFrame:
        names = self._column("scales", located, "criterion", read_text)
        values: list[object] = []
        for row, (name, cell) in enumerate(zip(names, located.cells("value"), strict=True)):
            scale, column = self._scales.get(fold(str(name)), (None, None))
            reader: Reader = self._number if scale in ("steps", "linear") else _as_typed
            value = self._read("scales", row, "value", cell, reader)
            values.append(self._as_key(column, value))
        points = self._column("scales", located, "points", self._number)
        return pd.DataFrame({"criterion": names, "value": values, "points": points}, dtype=object)

    def _as_key(self, column: str | None, value: object) -> object:
        """Key of a list word such as Lost, where the column holds such words."""
        field = FIELDS.get(column or "")
        if field is None or field.kind is not Kind.WORD or not isinstance(value, str):
            return value
        kind = "yes_no" if field.key == "core" else field.key
        return word_key(kind, value, self._language) or value

    def _classes(self, located: Located) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "class": self._column("classes", located, "class", read_text),
                "label": self._column("classes", located, "label", read_text),
                "min_score": self._column("classes", located, "min_score", self._number),
                "share": self._column("classes", located, "share", self._number),
            },
            dtype=object,
        )

    def _gates(self, located: Located) -> pd.DataFrame:
        columns = self._column("gates", located, "column", self._column_key)
        values: list[object] = []
        for row, (column, cell) in enumerate(zip(columns, located.cells("value"), strict=True)):
            field = FIELDS.get(str(column))
            reader: Reader = _as_typed
            if field is None and isinstance(cell, dt.datetime):
                reader = _as_date
            elif field is not None and field.kind in NUMERIC:
                reader = self._number
            elif field is not None and field.kind is Kind.DATE:
                reader = lambda value: read_date(value, self._language)  # noqa: E731
            value = self._read("gates", row, "value", cell, reader)
            values.append(self._as_key(str(column), value))
        return pd.DataFrame(
            {
                "column": columns,
                "condition": self._column("gates", located, "condition", self._condition),
                "value": values,
                "best_class": self._column("gates", located, "best_class", read_text),
                "reason": self._column("gates", located, "reason", read_text),
            },
            dtype=object,
        )

    def _condition(self, cell: Cell) -> str | Unreadable | None:
        text = read_text(cell)
        if isinstance(text, str) and text not in ("=", "<>", "<", "<=", ">", ">="):
            return self._word("condition")(cell)
        return text

    def _settings(self, located: Located) -> pd.DataFrame:
        rows: list[tuple[object, object]] = []
        for row, (name_cell, cell) in enumerate(
            zip(located.cells("setting"), located.cells("value"), strict=True)
        ):
            name = self._read("settings", row, "setting", name_cell, read_text)
            key = field_key("setting_names", str(name), self._language) if name else None
            if name and key is None:
                details = {"value": name}
                self._faults.append(
                    Fault("settings", row, "setting", "setting_unknown", "rename_or_delete", details)
                )
            value = self._setting(row, key, cell) if key else None
            rows.append((key, value))
        return pd.DataFrame(rows, columns=["setting", "value"], dtype=object)

    def _setting(self, row: int, key: str, cell: Cell) -> object:
        """Value of a setting; what is wrong with it is said by its name rather than by the header Value."""

        def read(reader: Reader) -> float | str | dt.datetime | None:
            return self._read("settings", row, "value", cell, reader, setting=key)

        if key == "reference_date":
            date = read(lambda value: read_date(value, self._language))
            self.reference_date = date.date() if isinstance(date, dt.datetime) else None
            return date
        if key in ("method", "language"):
            return read(self._word(key))
        if key in IMPORT_SETTINGS:
            return None  # of an import, which says itself what is wrong with them
        if key in _SHARE_SETTINGS or key in _PLAN_SETTINGS:
            return read(self._number)
        return read(read_text)


def _as_typed(cell: Cell) -> float | str | Unreadable | None:
    return cell if isinstance(cell, float) else read_text(cell)


def _as_date(cell: Cell) -> dt.datetime | None:
    return cell if isinstance(cell, dt.datetime) else None
