"""Workbooks that the product made, and what people, programs and accidents make of them.

A workbook is drawn as one of a few that the product makes, and some changes; each has a kind, by which the
inputs are counted, and is shown as it would be typed in again.
"""

import functools
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fuzz import odd_cells
from fuzz.cell_changes import Clear, Fill, Grow, Put, Repeat
from fuzz.package_changes import WAYS, Damage, From1904, Prefix, Respell, Show, SpoilPart
from fuzz.packages import Package
from fuzz.table_changes import Call, Cut, Drop, Head, HeadAgain, NoHeaders, Own, Swap, TotalsRow
from hypothesis import strategies as st
from support.books import TODAY
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import demo_workbook


@functools.cache
def base(kind, language):
    """A workbook as the product makes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.xlsx"
        if kind == "demo":
            demo_workbook(path, language, TODAY)
        else:
            new_workbook(path, language, _rows(language))
        return path.read_bytes()


def _rows(language):
    """A few accounts of which nearly everything is known."""
    words = catalogue(language)
    status = words.words("status")
    solidity = list(words.surface("template")["solidity"].values())
    made = random.Random(7)
    rows = [
        {
            "account": f"C{at:03}",
            "name": f"Company {at}",
            "status": status["client" if at < 8 else "prospect" if at < 10 else "suspect"],
            "rep": ("Zoé", "Abel", None)[at % 3],
            "sector": ("North", "South")[at % 2],
            "postcode": ("01000", "75008", "69003")[at % 3],
            "town": ("Bourg", "Paris", "Lyon")[at % 3],
            "phone": f"01 23 45 67 {at:02}",
            "turnover": float(made.randrange(200_000)),
            "turnover_1": float(made.randrange(200_000)),
            "turnover_2": float(made.randrange(200_000)),
            "potential": float(made.randrange(400_000)),
            "solidity": solidity[at % len(solidity)],
            "days_late": float(at * 9),
            "growth": float(at % 10),
            "relationship": float(at % 7),
            "visits": float(at % 5),
        }
        for at in range(11)
    ]
    for at, row in enumerate(rows):  # as people leave them: not all is known of everybody
        for key in list(row)[1 + at % 3 :: 5] if at in (3, 4, 5, 9) else ():
            row[key] = None
    return rows


OFTEN = (
    *("Clients", "Clients", "Clients", "Prospects", "Criteria", "Scales", "Classes", "Gates", "Settings"),
    *("Orders", "Stock", "Requests", "RequestTypes", "ClosingDays", "ActionCatalogue", "Strategies"),
    *("ImportColumns", "History", "Models", "Tour", "Capacity", "Actions", "Overrides", "Checks"),
)
"""Tables that people type in, or that are read again; the first ones more often than others."""


tables = st.sampled_from(OFTEN)
any_table = st.one_of(tables, tables, st.just(""))  # "" takes any at all
places = st.integers(0, 60)
names = st.sampled_from(
    [
        *(
            "Zone_7",
            "clients",
            "CRITERIA",
            "Orders",
            "Tour",
            "Tableau1",
            "Criteria2",
            "Stock",
            "Settings",
            "T.1",
        )
    ]
)
headers = st.sampled_from(
    [text for text in odd_cells.TEXTS if text.strip() and len(text) < 256 and "\r" not in text]
)
header_words = st.sampled_from(odd_cells.every_word())
rows = st.lists(st.lists(odd_cells.cells, min_size=1, max_size=8).map(tuple), min_size=1, max_size=4).map(
    tuple
)
down = st.lists(odd_cells.cells, min_size=1, max_size=3).map(tuple)
puts = st.builds(Put, any_table, places, places, odd_cells.cells)
changes = st.one_of(
    puts,
    puts,
    puts,
    st.builds(Fill, tables, places, down),
    st.builds(Grow, tables, rows),
    st.builds(Repeat, tables, places, places),
    st.builds(Clear, any_table),
    st.builds(Drop, any_table),
    st.builds(Call, any_table, names),
    st.builds(Head, any_table, places, st.one_of(headers, header_words)),
    st.builds(HeadAgain, any_table, places, st.sampled_from(["upper", "outer", "inner"])),
    st.builds(Swap, tables, places, places),
    st.builds(Cut, any_table, places),
    st.builds(Own, tables, st.one_of(headers, header_words), down),
    st.builds(TotalsRow, tables),
    st.builds(NoHeaders, tables),
    st.sampled_from([Show(), From1904()]),
)
respelled = st.one_of(
    st.builds(Respell, tables, st.sampled_from(sorted(WAYS))),
    st.builds(Prefix, tables),
)
damage = st.one_of(
    st.builds(Damage, st.integers(0, 1 << 20), st.sampled_from(["cut", "flip", "more"])),
    st.builds(SpoilPart, st.integers(0, 400), st.sampled_from(["cut", "empty", "twice", "gone"])),
)


@dataclass(frozen=True)
class Workbook:
    """A workbook that was drawn."""

    base: str
    language: str
    changes: tuple

    @property
    def kinds(self):
        """What it counts as."""
        return {self.base, *(one.kind for one in self.changes)}

    @functools.cached_property
    def content(self):
        package = Package(base(self.base, self.language))
        ends = [one for one in self.changes if isinstance(one, Respell | Prefix | SpoilPart)]
        for one in self.changes:
            if not isinstance(one, Respell | Prefix | SpoilPart | Damage):
                one.apply(package)
        for one in ends:
            one.apply(package)
        content = package.bytes()
        for one in self.changes:
            if isinstance(one, Damage):
                content = one.spoilt(content)
        return content


def drawn(*more, least=1, most=8):
    """Workbooks with some changes, and maybe some more of other strategies."""
    listed = st.lists(changes, min_size=least, max_size=most)
    parts = [listed, *(st.lists(one, max_size=1) for one in more)]
    return st.builds(
        lambda kind, language, *some: Workbook(kind, language, tuple(one for each in some for one in each)),
        st.sampled_from(["small", "small", "small", "demo"]),
        st.sampled_from(LANGUAGES),
        *parts,
    )


whole = drawn(respelled)
damaged = st.builds(
    lambda book, one: Workbook(book.base, book.language, (*book.changes, one)), drawn(least=0, most=1), damage
)
