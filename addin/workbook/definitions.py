"""What a table, a column and a setting of the workbook are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["NUMBERS", "Column", "FilledBy", "Holds", "Role", "Setting", "Table"]


class Holds(StrEnum):
    """What the cells of a column hold: how they are read, shown and checked as a person types."""

    CODE = "code"
    """A text that keeps its leading zeros."""
    TEXT = "text"
    MONEY = "money"
    """An amount in whole units of the workbook's currency."""
    AMOUNT = "amount"
    """An amount with its cents."""
    COUNT = "count"
    NUMBER = "number"
    DECIMAL = "decimal"
    """A number of which one decimal is shown."""
    FACTOR = "factor"
    """What a number is multiplied by, with two decimals."""
    NOTE = "note"
    """A small number: a judgement, points, a weight."""
    SCORE = "score"
    SHARE = "share"
    """A fraction, shown as a percentage."""
    TREND = "trend"
    """A fraction with its sign, shown as a percentage."""
    DATE = "date"
    WEEKDAY = "weekday"
    """A date, shown with its day of the week."""
    MOMENT = "moment"
    """A day with the time of day."""
    WORD = "word"
    """One of a list of words."""
    CLASS = "class"
    """The letter of a class of the company."""
    COLUMN = "column"
    """The header of a column of the account tables."""
    CONDITION = "condition"
    """A sign or a word that compares; a text, since Excel takes a sign for the beginning of a formula."""
    STATUSES = "statuses"
    """Statuses of accounts, or all of them."""
    ANYTHING = "anything"
    """A number, a date or a text, as another column of the row says."""


NUMBERS: Final = frozenset(
    {
        Holds.MONEY,
        Holds.AMOUNT,
        Holds.COUNT,
        Holds.NUMBER,
        Holds.DECIMAL,
        Holds.FACTOR,
        Holds.NOTE,
        Holds.SCORE,
        Holds.SHARE,
        Holds.TREND,
    }
)
"""What is a number."""


class FilledBy(StrEnum):
    """Who writes a column."""

    PERSON = "person"
    IMPORT = "import"
    """An import; a person may type in it too."""
    REFRESH = "refresh"
    """A refresh, and nobody else."""
    IMPORT_ALONE = "import_alone"
    """An import, and nobody else."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    key
        Its key: headers and notes stand under it in the catalogue.
    holds
        What its cells hold.
    width
        Width on its sheet [characters]; None leaves that of the sheet.
    filled_by
        Who writes it.
    words
        For a column of words, the list in the catalogue.
    least, most
        Smallest and largest number that may be typed.
    source
        Defined name of the list from which a person chooses.
    strict
        Whether Excel refuses what is not in that list, rather than ask.
    required
        Whether the table cannot be used without it.
    marks
        Whether it is one of the columns by which a table is known, whatever its name.
    message
        Key of what Excel says of a wrong value, where it is not the usual one of its kind.
    wrapped, centred, hidden
        How it looks.
    """

    key: str
    holds: Holds
    width: float | None = None
    filled_by: FilledBy = FilledBy.PERSON
    words: str = ""
    least: float | None = None
    most: float | None = None
    source: str = ""
    strict: bool = True
    required: bool = False
    marks: bool = False
    message: str = ""
    wrapped: bool = False
    centred: bool = False
    hidden: bool = False


class Role(StrEnum):
    """What a table is for."""

    ACCOUNTS = "accounts"
    MODEL = "model"
    """Says how to score."""
    KEPT = "kept"
    """Kept by a refresh or an import."""
    LIST = "list"
    """A list that is filled while its sheet is shown."""
    PERSON = "person"
    """A person's own: never reordered."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the workbook.

    Attributes
    ----------
    name
        Its name in Excel: English and stable. Its key in the catalogue is the same in small letters.
    sheet
        Key of its sheet's name.
    role
        What it is for.
    columns
        Its columns, in their order.
    keyed_by
        Columns that tell its rows apart where the rows are filled anew: what a person typed
        follows them.
    optional
        Whether scoring does without it.
    """

    name: str
    sheet: str
    role: Role
    columns: tuple[Column, ...]
    keyed_by: tuple[str, ...] = ()
    optional: bool = False

    @property
    def key(self) -> str:
        """Key of the table in the catalogue and in the code."""
        return self.name.lower()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of its columns."""
        return tuple(column.key for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Keys of the columns without which it cannot be used."""
        return tuple(column.key for column in self.columns if column.required)

    @property
    def marks(self) -> frozenset[str]:
        """Keys of the columns by which it is known, whatever its name."""
        return frozenset(column.key for column in self.columns if column.marks)

    def __getitem__(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table Settings.

    Attributes
    ----------
    key
        Its key: its name and its help stand under it in the catalogue.
    holds
        What its value is.
    shipped
        The value that ships: a number, the key of a word, or a text of the catalogue under the same key;
        None for an empty cell.
    words
        The list in the catalogue of a word.
    least, most
        Smallest and largest number.
    whole
        Whether a number has no decimals.
    optional
        Whether its cell may be empty.
    message
        Key of what Excel says of a wrong value, where it is not the usual one of its kind.
    """

    key: str
    holds: Holds
    shipped: float | str | None = None
    words: str = ""
    least: float | None = None
    most: float | None = None
    whole: bool = False
    optional: bool = False
    message: str = ""
