"""Sheets for the participants of a weights workshop, added to a file."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from addin.catalogue import catalogue
from addin.package import PackageBook, write_atomically
from addin.package.contents import read_contents
from addin.package.relations import one_of_kind, sheets
from addin.refusals import Refusal
from addin.upgrade.package_parts import Parts
from addin.upgrade.sheets import Donor, take_sheet
from addin.upgrade.styles import TakenStyles
from addin.workbook.located_tables import Layout
from addin.workbook.new_ballots import NewBallot, ballots_for, filled, new_participants
from addin.workbook.read_workbook import take_in
from addin.workbook.uses.workshop import BALLOTS
from addin.workbook.workshop_people import comments_of, people_named

__all__ = ["add_ballots"]


def add_ballots(book: Path, names: Sequence[str], *, pairs: bool, today: dt.date) -> list[NewBallot]:
    """Add a sheet for each of some participants behind the last one of a workbook, and list them.

    Parameters
    ----------
    book
        The workbook.
    names
        Who takes part.
    pairs
        Whether they compare criteria in pairs rather than share points.
    today
        The day on which the command was given.

    Raises
    ------
    Refusal
        If somebody has a sheet already, the model cannot be used, or the file cannot be written.
    """
    from addin.template import build_workbook, empty_content

    package = PackageBook(book)
    package.check_writable(None)
    archive = package.archive
    layout, contents = Layout(package.tables()), read_contents(archive)
    words = catalogue(layout.language)
    model = take_in(layout, today).model
    styles_part = one_of_kind(archive, contents.workbook, "styles")
    if model is None or styles_part is None:
        raise Refusal("workshop_faults")
    people = people_named(layout, names, pairs=pairs)
    taken = [sheet.name for sheet in sheets(archive, contents.workbook)]
    ballots = ballots_for(people, layout, model, taken, words)
    listed = new_participants(layout, people, words)
    donor = Donor.of(build_workbook(layout.language, empty_content(layout.language), macro_enabled=False))
    parts = Parts.of_archive(archive)
    parts.check_kind(contents.workbook)
    parts.know_endings(donor.parts)
    styles = TakenStyles(donor.parts["xl/styles.xml"], archive.xml(styles_part))
    known = {table.name.casefold() for table in layout.tables}
    for ballot in ballots:
        key = f"ballot_{ballot.method}"
        take_sheet(
            donor,
            words.sheet(key),
            ballot.sheet,
            parts,
            contents.workbook,
            styles,
            _names(key, known),
            shown=True,
            with_code_name=False,
        )
    parts[archive.name(styles_part)] = styles.result()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / book.name
        made.write_bytes(parts.packed())
        added = PackageBook(made)
        changes = filled(ballots, added.tables(), model, comments_of(layout), layout.language)
        changes.add(listed)
        added.apply(changes)
        package.check_writable(None)
        write_atomically(book, [made.read_bytes()], read=archive.raw)
    return ballots


def _names(sheet: str, known: set[str]) -> dict[str, str]:
    """Return names for the tables of one more copy of a sheet."""
    found = {}
    for table in BALLOTS:
        if table.sheet == sheet:
            number = next(n for n in range(2, len(known) + 3) if f"{table.name}{n}".casefold() not in known)
            found[table.name] = f"{table.name}{number}"
            known.add(found[table.name].casefold())
    return found
