"""What an upgrade did."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Upgraded"]


@dataclass(slots=True)
class Upgraded:
    """What came to a workbook.

    Attributes
    ----------
    language
        Language of the workbook.
    sheets
        Names of its new sheets; all but those that replace one are out of the way until asked for.
    columns
        Headers that came to a table, by the table's name.
    settings
        Names of the settings.
    renamed
        Names of our tables, and what they are called since the company has one of that name.
    blocked
        Tables that lack columns for which there is no room, and the cell in the way.
    own
        Headers of the company's own columns, by table, that are called like one of ours: ours and those
        that come with it stay away.
    macros
        Whether the ribbon and its macros are today's; None for a workbook without macros.
    """

    language: str
    sheets: list[str] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)
    settings: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    macros: bool | None = None

    @property
    def any(self) -> bool:
        """Whether anything came to it."""
        return bool(self.sheets or self.columns or self.settings)
