import datetime as dt
import functools
import io
import random
import zipfile

import pytest
from lxml import etree

from addin.catalogue import LANGUAGES, catalogue
from addin.template import AccountSheet, Content, build_workbook, empty_content, solidity_word

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LETTERS = ("A", "B", "C", "D")


def day(year, month, number):
    """A date as a cell holds it: without a time zone."""
    return dt.datetime.combine(dt.date(year, month, number), dt.time())


def full_content(language):
    """Made-up accounts of every kind: classed, unknown, forced, core, lost, without a turnover."""
    draw = random.Random(7)
    words = catalogue(language)
    rows = []
    for number in range(37):
        score = round(draw.uniform(5, 99), 6)
        letter = LETTERS[(score < 75) + (score < 55) + (score < 35)]
        row = {
            "account": f"{number + 1:05d}",
            "name": "Société de " + "très " * (number % 9) + "longue raison sociale",
            "status": words.word("status", "client"),
            "rep": "N. Petit",
            "postcode": "01000",
            "turnover": None if number % 11 == 5 else round(draw.lognormvariate(10, 1.4), 2),
            "turnover_1": 1200.0,
            "solidity": solidity_word(language, "good"),
            "growth": 7.0,
            "last_visit": day(2026, 3, 9),
            "score": score,
            "class": letter,
            "computed": letter,
            "label": words.text("template", "classes", letter, "label"),
            "completeness": draw.choice((0.2, 0.6, 0.65, 0.8, 1.0)),
            "core": words.word("yes_no", draw.choice(("yes", "no"))),
            "reasons": "=1+1",
        }
        if number % 9 == 4:
            row |= {"class": "?", "score": None, "label": None, "completeness": 0.4}
        if number == 3:
            row |= {"forced": "A", "class": "A", "forced_reason": "@launch", "turnover": -250.0}
        if number == 6:
            row |= {"class": None, "score": None, "completeness": None, "core": None}
        row["Own column"] = "-3 pallets"
        rows.append(row)
    scored_on = day(2026, 11, 20)
    history = [
        {
            "date": date,
            "account": row["account"],
            "score": row["score"],
            "class": row["class"],
            "model": "3fa94c1e",
        }
        for date in (day(2025, 11, 20), scored_on)
        for row in rows[: 20 if date == scored_on else 30]
    ]
    checks = [
        {"date": scored_on, "finding": "37 accounts"},
        {"date": scored_on, "sheet": "Clients", "cell": "K9"},
    ]
    imports = [
        {
            "date": scored_on,
            "file": "ventes 2026.csv",
            "item": words.text("imports", "item", "read"),
            "rows": 5120.0,
            "amount": 1234567.89,
        }
    ]
    import_columns = [
        {
            "kind": words.word("file_kind", "ledger"),
            "source": "=N° client",
            "target": words.header("accounts", "account"),
        }
    ]
    return Content(
        accounts=(
            AccountSheet("Clients", words.sheet("clients"), rows, ("Own column",)),
            AccountSheet(
                "Prospects",
                words.sheet("prospects"),
                [row | {"account": "P" + row["account"]} for row in rows[:9]],
            ),
            AccountSheet("Agents", "Agents d'outre-mer", rows[9:12]),
        ),
        kept={
            "history": history,
            "checks": checks,
            "imports": imports,
            "importcolumns": import_columns,
        },
        reference_date=dt.date(2026, 12, 1),
    )


class Package:
    """The parts of a workbook, read without the code under test."""

    def __init__(self, package):
        self.package = package
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            self.entries = archive.infolist()
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.workbook = self.xml("xl/workbook.xml")
        targets = self.related("xl/workbook.xml")
        self.sheets = {
            sheet.get("name"): targets[sheet.get(f"{RELATED}id")]
            for sheet in self.workbook.iter(f"{MAIN}sheet")
        }
        self.strings = [
            "".join(text.text or "" for text in entry.iter(f"{MAIN}t"))
            for entry in self.xml("xl/sharedStrings.xml").iter(f"{MAIN}si")
        ]

    def xml(self, part):
        return etree.fromstring(self.parts[part])

    def related(self, part):
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self.parts:
            return {}
        found = {}
        for relation in self.xml(relations):
            target = relation.get("Target")
            steps = [*folder.split("/"), *target.split("/")]
            while ".." in steps:
                place = steps.index("..")
                del steps[place - 1 : place + 1]
            found[relation.get("Id")] = target[1:] if target.startswith("/") else "/".join(steps)
        return found

    def cells(self, sheet):
        found = {}
        for cell in self.xml(self.sheets[sheet]).iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if cell.get("t") == "s":
                value = self.strings[int(value)]
            elif value is not None and cell.get("t") is None:
                value = float(value) if value else ""  # a formula that shows nothing
            if value is not None:
                found[cell.get("r")] = value
        return found

    def formulas(self, sheet):
        root = self.xml(self.sheets[sheet])
        return {
            cell.get("r"): f.text
            for cell in root.iter(f"{MAIN}c")
            if (f := cell.find(f"{MAIN}f")) is not None
        }

    def tables(self):
        """Sheet, range and headers of each table by its name."""
        found = {}
        for sheet, part in self.sheets.items():
            for target in self.related(part).values():
                if "/tables/" in target:
                    table = self.xml(target)
                    headers = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
                    found[table.get("name")] = (sheet, table.get("ref"), headers)
        return found

    def notes(self, sheet):
        for target in self.related(self.sheets[sheet]).values():
            if target.startswith("xl/comments"):
                return {
                    note.get("ref"): "".join(text.text for text in note.iter(f"{MAIN}t"))
                    for note in self.xml(target).iter(f"{MAIN}comment")
                }
        return {}


@pytest.fixture(scope="session", params=["en", "fr"])
def language(request):
    return request.param


@functools.cache
def built(content, language):
    """A workbook, empty or full, as a package; built once."""
    made = {"empty": empty_content, "full": full_content}[content](language)
    return Package(build_workbook(language, made, macro_enabled=content == "empty"))


@pytest.fixture(scope="session")
def empty(language):
    return built("empty", language)


@pytest.fixture(scope="session")
def full(language):
    return built("full", language)


@pytest.fixture(scope="session", params=["empty", "full"])
def package(request, empty, full):
    return {"empty": empty, "full": full}[request.param]


@pytest.fixture(scope="session")
def packages():
    """All of them, for what takes its time to start and then looks at several."""
    return [built(content, language) for content in ("empty", "full") for language in LANGUAGES]
