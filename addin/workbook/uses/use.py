"""What a use of the classes is, or an answer to a doubt about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table

__all__ = ["Use"]


@dataclass(frozen=True, slots=True)
class Use:
    """A use of the classes, such as the tour plan, or an answer to a doubt, such as the explanation.

    Attributes
    ----------
    key
        What is typed as a command; the menu and the catalogue know it by the same.
    picture
        The name of one of Office's own pictures.
    tables
        Its tables, the one after which it is called first. Those of one sheet follow each other.
    needs
        Columns of the accounts that it looks at, beside those that scoring reads anyway.
    handler
        Module and function, as in ``"addin.uses.effort:effort"``, loaded when it is wanted: it takes
        an :class:`addin.views.Scored` and what was asked of it, and returns an
        :class:`addin.uses.Result`, or None where its sheets are to stay as they are.
    behind
        Keys of the tables of one row that stand out of sight: what the sheet shows of them stands
        above its first list.
    unseen
        Tables on sheets that are never shown, into which formulas of its sheets look.
    noted
        Keys of the first tables of further sheets above which something may be said, too.
    own_command
        Whether its command takes more than the usual options, in a module of its own.
    menu
        Key of the menu of the ribbon that has its line.
    line
        Key of that line, where a button of its own bears its key.
    asks
        Module and function that ask the person who presses its line what is wanted, as in
        ``"addin.presses.handover:ask"``; empty where nothing is asked.
    stays
        Whether a refresh leaves its sheet as it is: what it tells is of the files that were chosen.
    """

    key: str
    picture: str
    tables: tuple[Table, ...]
    needs: tuple[str, ...]
    handler: str
    behind: tuple[str, ...] = ()
    unseen: tuple[Table, ...] = ()
    noted: tuple[str, ...] = ()
    own_command: bool = False
    menu: str = "uses"
    line: str = ""
    asks: str = ""
    stays: bool = False

    @property
    def button(self) -> str:
        """Key of its line of the menu."""
        return self.line or self.key

    @property
    def sheets(self) -> tuple[str, ...]:
        """Keys of the names of its sheets."""
        return tuple(dict.fromkeys(table.sheet for table in self.tables))

    @property
    def notes(self) -> Table:
        """The table of one cell that holds what is to be said above its first list."""
        return self.notes_above[self.tables[0].key]

    @property
    def notes_above(self) -> Mapping[str, Table]:
        """The tables of one cell that hold what is to be said above a list, by the key of the list."""
        note = Column("note", Holds.TEXT, filled_by=FilledBy.REFRESH, required=True)
        return {
            table.key: Table(f"{table.name}Notes", table.sheet, Role.LIST, (note,), optional=True)
            for table in self.tables
            if table is self.tables[0] or table.key in self.noted
        }

    @property
    def all_tables(self) -> tuple[Table, ...]:
        """Its tables, those of its notes, and those that nobody sees."""
        return (*self.tables, *self.notes_above.values(), *self.unseen)
