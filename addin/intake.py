"""From the tables of a workbook to what scoring takes, with everything unreadable reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.book import Cell
from addin.catalogue import field_key, word_key
from addin.layout import MODEL_TABLES, OWN, Layout, Located
from addin.values import Unreadable, read_date, read_number, read_text
from scoring import Fault, Model, read_model
from scoring.model import NUMERIC_SCALES
from scoring.terms import FIELDS, NUMERIC, FilledBy, Kind
from scoring.text import fold

__all__ = ["Intake", "Portfolio", "take_in"]

T = TypeVar("T")
Reader = Callable[[Cell], "float | str | dt.datetime | Unreadable | None"]

_REQUIRED = {
    "criteria": ("criterion", "column", "applies_to", "weight", "scale"),
    "scales": ("criterion", "value", "points"),
    "classes": ("class", "min_score"),
    "gates": ("column", "condition", "value", "best_class"),
    "settings": ("setting", "value"),
}
_SHARE_SETTINGS = ("min_completeness", "max_subjective", "core_share")
_PLAN_SETTINGS = ("margin", "review_months", "weeks", "visit_days", "visits_per_day")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All accounts of the workbook.

    Attributes
    ----------
    accounts
        One row an account, as :func:`scoring.assess` takes it.
    tables
        The account tables.
    table_of, row_of
        Arrays of shape (n_accounts,): the table, by its position, and the row
        of its body where each account stands.
    n_skipped
        Number of rows that hold something but no account code.
    """

    accounts: pd.DataFrame
    tables: tuple[Located, ...]
    table_of: npt.NDArray[np.intp]
    row_of: npt.NDArray[np.intp]
    n_skipped: int


@dataclass(frozen=True, slots=True)
class Intake:
    """All that a workbook says.

    Attributes
    ----------
    layout
        Where things stand.
    model
        The company's model; None with a fault that stops.
    reference_date
        The day of the scoring.
    portfolio
        The accounts.
    faults
        What is wrong; of accounts, by their position in the portfolio.
    """

    layout: Layout
    model: Model | None
    reference_date: dt.date
    portfolio: Portfolio
    faults: list[Fault]


def take_in(layout: Layout, today: dt.date) -> Intake:
    """Read model and accounts.

    Parameters
    ----------
    layout
        The tables of the workbook.
    today
        The reference date where Settings names none.
    """
    faults = _missing(layout)
    reference_date = today
    model: Model | None = None
    if not faults:
        reader = _ModelReader(layout, faults)
        tables = reader.tables()
        reference_date = reader.reference_date or today
        model, model_faults = read_model(tables, reader.own_columns)
        unreadable = {(fault.table, fault.row, fault.field) for fault in faults}
        # A cell that could not be read reached scoring empty: it is not also missing.
        faults += [f for f in model_faults if (f.table, f.row, f.field) not in unreadable]
        if any(fault.stops for fault in faults):
            model = None
    portfolio = _read_accounts(layout, model, faults)
    return Intake(layout, model, reference_date, portfolio, faults)


def _missing(layout: Layout) -> list[Fault]:
    """Tables and columns without which nothing can be scored."""
    faults = []
    for kind in MODEL_TABLES:
        located = layout.named.get(kind)
        if located is None:
            if kind != "gates":
                faulty = {"table": kind.capitalize()}
                faults.append(Fault(kind, None, None, "table_missing", "restore_table", faulty, stops=True))
            continue
        for key in _REQUIRED[kind]:
            if key not in located.columns:
                details: dict[str, object] = {"header": (kind, key), "table": located.table.name}
                faults.append(
                    Fault(kind, None, None, "column_missing", "restore_column", details, stops=True)
                )
    if not layout.accounts:
        faults.append(Fault("accounts", None, None, "no_account_table", "add_account_table", stops=True))
    return faults


# -- the model -----------------------------------------------------------------------------


class _ModelReader:
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
        self, kind: str, row: int, key: str, cell: Cell, reader: Reader
    ) -> float | str | dt.datetime | None:
        value = reader(cell)
        if isinstance(value, Unreadable):
            details = {"value": value.value}
            self._faults.append(Fault(kind, row, key, value.what, value.remedy, details, stops=True))
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
            return word_key(kind, text, self._language) or Unreadable("word_unknown", "pick_from_list", text)

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
            return Unreadable("word_unknown", "pick_from_list", text)
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
        if key == "reference_date":
            date = self._read("settings", row, "value", cell, lambda value: read_date(value, self._language))
            self.reference_date = date.date() if isinstance(date, dt.datetime) else None
            return date
        if key in ("method", "language"):
            return self._read("settings", row, "value", cell, self._word(key))
        if key in _SHARE_SETTINGS or key in _PLAN_SETTINGS:
            return self._read("settings", row, "value", cell, self._number)
        return self._read("settings", row, "value", cell, read_text)


def _as_typed(cell: Cell) -> float | str | Unreadable | None:
    return cell if isinstance(cell, float) else read_text(cell)


def _as_date(cell: Cell) -> dt.datetime | None:
    return cell if isinstance(cell, dt.datetime) else None


# -- the accounts --------------------------------------------------------------------------


def _read_accounts(layout: Layout, model: Model | None, faults: list[Fault]) -> Portfolio:
    tables = layout.accounts
    codes: list[str] = []
    rows: list[npt.NDArray[np.intp]] = []
    n_skipped = 0
    for located in tables:
        texts = [read_text(cell) for cell in located.cells("account")]
        kept = [row for row, text in enumerate(texts) if isinstance(text, str)]
        rows.append(np.array(kept, dtype=np.intp))
        codes += [str(texts[row]) for row in kept]
        n_skipped += _skipped(located, texts)
        for row, text in enumerate(texts):
            if isinstance(text, Unreadable):
                details = {"value": text.value}
                faults.append(Fault(located.table.name, row, "account", text.what, text.remedy, details))
    columns: dict[str, object] = {"account": np.array(codes, dtype=object)}
    own_kinds = _own_kinds(model)
    for key in _needed(tables, model):
        cells: list[Cell] = []
        for located, kept_rows in zip(tables, rows, strict=True):
            column = located.cells(key)
            cells += [column[row] for row in kept_rows.tolist()]
        columns[key] = _read_column(key, cells, layout.language, own_kinds, faults)
    return Portfolio(
        accounts=pd.DataFrame(columns, index=pd.RangeIndex(len(codes))),
        tables=tables,
        table_of=np.repeat(np.arange(len(tables)), [len(kept_rows) for kept_rows in rows]),
        row_of=np.concatenate([*rows, np.array([], dtype=np.intp)]),
        n_skipped=n_skipped,
    )


def _needed(tables: Sequence[Located], model: Model | None) -> list[str]:
    """Columns to read: what scoring looks at, and all in which a typing fault is worth a word."""
    looked_at = {
        "name",
        "status",
        "solidity",
        "forced",
        "forced_reason",
        "class",
        "computed",
        "previous",
        "score",
    }
    if model is not None:
        looked_at |= {criterion.column for criterion in model.criteria}
        looked_at |= {gate.column for gate in model.gates}
    looked_at |= {
        key
        for key, field in FIELDS.items()
        if field.filled_by is FilledBy.PERSON and field.kind in (*NUMERIC, Kind.DATE)
    }
    present = {key for located in tables for key in located.columns}
    return sorted(looked_at & present - {"account", "trend", "state", "completeness"})


def _skipped(located: Located, codes: Sequence[object]) -> int:
    """Rows without a code in which a person has filled something all the same."""
    filled = [
        column
        for key, position in located.columns.items()
        if not (key in FIELDS and FIELDS[key].filled_by is FilledBy.REFRESH)
        for column in (located.table.columns[position],)
    ]
    empty = [row for row, code in enumerate(codes) if not isinstance(code, str)]
    return sum(any(column[row] is not None for column in filled) for row in empty)


def _own_kinds(model: Model | None) -> dict[str, Kind]:
    """What the model needs the columns of the company's own to hold; texts where it does not say."""
    kinds: dict[str, Kind] = {}
    if model is not None:
        kinds |= {gate.column: Kind.DATE for gate in model.gates if isinstance(gate.value, dt.date)}
        kinds |= {gate.column: Kind.NUMBER for gate in model.gates if isinstance(gate.value, float)}
        kinds |= {c.column: Kind.NUMBER for c in model.criteria if c.scale in NUMERIC_SCALES}
    return kinds


def _read_column(
    key: str, cells: list[Cell], language: str, own_kinds: Mapping[str, Kind], faults: list[Fault]
) -> npt.NDArray[np.generic] | pd.Series:
    """Values of an account column in the type that scoring wants; unreadable ones are unknown."""
    field = FIELDS.get(key)
    refreshed = field is not None and field.filled_by is FilledBy.REFRESH
    heard = [] if refreshed else faults  # what refresh fills is about to be written again
    kind = field.kind if field is not None else own_kinds.get(key, Kind.TEXT)
    if kind in NUMERIC:
        return _numbers(key, cells, language, heard)
    if kind is Kind.DATE:
        dates = [_heard(key, row, read_date(cell, language), heard) for row, cell in enumerate(cells)]
        return pd.Series(
            pd.to_datetime(pd.Series(dates, dtype=object), errors="coerce"), dtype="datetime64[us]"
        )
    texts = np.array(
        [
            (cell.strip() or None) if type(cell) is str else _heard(key, row, read_text(cell), heard)
            for row, cell in enumerate(cells)
        ],
        dtype=object,
    )
    if kind is Kind.WORD:
        return _words(key, texts, language, heard)
    return texts


def _numbers(key: str, cells: list[Cell], language: str, faults: list[Fault]) -> npt.NDArray[np.float64]:
    values = np.array([cell if type(cell) is float else np.nan for cell in cells], dtype=np.float64)
    for row, cell in enumerate(cells):
        if cell is not None and type(cell) is not float:
            value = _heard(key, row, read_number(cell, language), faults)
            values[row] = np.nan if value is None else value
            if value is not None:  # Excel's own sums, those of the Dashboard too, pass over texts
                details = {"value": cell, "number": value}
                faults.append(Fault("accounts", row, key, "number_as_text", "type_as_number", details))
    return values


def _words(
    key: str, texts: npt.NDArray[np.object_], language: str, faults: list[Fault]
) -> npt.NDArray[np.object_]:
    keys: dict[str, str | None] = {}
    for text in {text for text in texts if text is not None}:
        keys[text] = word_key("yes_no" if key == "core" else key, text, language)
    for row, text in enumerate(texts):
        if text is not None and keys[text] is None:
            details = {"value": text}
            faults.append(Fault("accounts", row, key, "status_unknown", "pick_from_list", details))
    return np.array([keys.get(text) for text in texts], dtype=object)


def _heard(key: str, row: int, value: T | Unreadable | None, faults: list[Fault]) -> T | None:
    if isinstance(value, Unreadable):
        details = {"value": value.value}
        faults.append(Fault("accounts", row, key, value.what, value.remedy, details))
        return None
    return value
