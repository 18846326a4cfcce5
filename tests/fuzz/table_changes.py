"""Tables, columns and headers of a workbook that are gone, elsewhere or called something else."""

from dataclasses import dataclass

from fuzz import odd_cells
from fuzz.packages import MAIN
from lxml import etree


@dataclass(frozen=True)
class Drop:
    """A table that is gone; its cells stay."""

    table: str
    kind = "tables"

    def apply(self, package):
        if len(package.tables) > 1:
            package.drop(package.chosen(self.table, 2))


@dataclass(frozen=True)
class Call:
    """A table by another name."""

    table: str
    name: str
    kind = "tables"

    def apply(self, package):
        taken = {one.casefold() for one in package.tables}
        if self.name.casefold() in taken:
            return
        old = package.chosen(self.table, 3)
        tree = package.tree(package.tables[old].part)
        tree.set("name", self.name)
        tree.set("displayName", self.name)
        package.tables[self.name] = package.tables.pop(old)


@dataclass(frozen=True)
class Head:
    """A header that is called something else: a word, one that is there already, an odd text."""

    table: str
    column: int
    header: str
    kind = "headers"

    def apply(self, package):
        name = package.chosen(self.table, self.column)
        _head(package, name, self.column % package.tables[name].n_columns, self.header)


@dataclass(frozen=True)
class HeadAgain:
    """A header as people type it: in capitals, with blanks around or inside it, without accents."""

    table: str
    column: int
    way: str
    kind = "headers"

    def apply(self, package):
        name = package.chosen(self.table, self.column)
        at = self.column % package.tables[name].n_columns
        header = package.headers(name)[at].get("name")
        ways = {"upper": header.upper(), "outer": f" {header}\u00a0", "inner": header.replace(" ", "  ")}
        _head(package, name, at, ways[self.way])


@dataclass(frozen=True)
class Swap:
    """Two columns that changed places."""

    table: str
    one: int
    other: int
    kind = "columns"

    def apply(self, package):
        name = package.chosen(self.table, self.one)
        place, headers = package.tables[name], package.headers(name)
        one, other = (at % place.n_columns for at in (self.one, self.other))
        for row in range(place.top, place.bottom + 1):
            cells = [package.raw(place.sheet, row, place.left + at) for at in (one, other)]
            for at, cell in zip((other, one), cells, strict=True):
                package.put(place.sheet, row, place.left + at, cell)
        names = [headers[at].get("name") for at in (one, other)]
        headers[one].set("name", names[1])
        headers[other].set("name", names[0])


@dataclass(frozen=True)
class Cut:
    """A column that was deleted: all behind it stand one to the left."""

    table: str
    column: int
    kind = "columns"

    def apply(self, package):
        name = package.chosen(self.table, self.column)
        place, headers = package.tables[name], package.headers(name)
        if place.n_columns == 1:
            return
        at = self.column % place.n_columns
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left + at, place.right):
                package.put(place.sheet, row, column, package.raw(place.sheet, row, column + 1))
            package.put(place.sheet, row, place.right, odd_cells.NOTHING)
        listed = headers[at].getparent()
        listed.remove(headers[at])
        listed.set("count", str(len(listed)))
        place.right -= 1
        package.resize(name)


@dataclass(frozen=True)
class Own:
    """A column of the company's own to the right of a table."""

    table: str
    header: str
    cells: tuple
    kind = "columns"

    def apply(self, package):
        name = package.chosen(self.table, 4)
        place = package.tables[name]
        beside = [one for one in package.tables.values() if one.sheet == place.sheet and one is not place]
        if beside or self.header in {one.get("name") for one in package.headers(name)}:
            return
        place.right += 1
        listed = package.headers(name)[0].getparent()
        number = max(int(one.get("id")) for one in listed) + 1
        etree.SubElement(listed, f"{MAIN}tableColumn", id=str(number), name=self.header)
        listed.set("count", str(len(listed)))
        package.put(place.sheet, place.top, place.right, odd_cells.text(self.header))
        for down in range(place.n_rows):
            package.put(place.sheet, place.top + 1 + down, place.right, self.cells[down % len(self.cells)])
        package.resize(name)


@dataclass(frozen=True)
class TotalsRow:
    """The last row of a table counts as its row of totals."""

    table: str
    kind = "tables"

    def apply(self, package):
        name = package.chosen(self.table, 7)
        place = package.tables[name]
        if place.n_rows > 1:
            package.tree(place.part).set("totalsRowCount", "1")
            package.put(place.sheet, place.bottom, place.left, odd_cells.text("Total"))


@dataclass(frozen=True)
class NoHeaders:
    """A table that says it has no headers."""

    table: str
    kind = "tables"

    def apply(self, package):
        package.tree(package.tables[package.chosen(self.table, 8)].part).set("headerRowCount", "0")


def _head(package, name, at, header):
    place = package.tables[name]
    others = {one.get("name").casefold() for where, one in enumerate(package.headers(name)) if where != at}
    number = 2
    unique = header
    while unique.casefold() in others:  # as Excel makes it
        unique, number = f"{header}{number}", number + 1
    package.headers(name)[at].set("name", unique)
    package.put(place.sheet, place.top, place.left + at, odd_cells.text(unique))
