"""Every cell that a refresh fills, beside what the oracle computes from the contract alone."""

import contextlib
import copy
import datetime as dt
import io
import random
import re

import openpyxl
import pytest
from golden import oracle
from openpyxl.worksheet.table import Table

from addin.cli import main
from addin.fresh import demo_workbook, new_workbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

TODAY = dt.date(2026, 11, 23)
LANGUAGES = ("en", "fr")
SOLIDITY = (
    ("Excellent", "Excellente"),
    ("Good", "Bonne"),
    ("Fair", "Moyenne"),
    ("Weak", "Fragile"),
    ("In default", "Défaillante"),
)


# ---- workbooks to change and refresh -------------------------------------------------------------


class Book:
    """A workbook made by the product, changed with openpyxl, refreshed by the command."""

    def __init__(self, path, language="en", rows=(), own=()):
        self.path, self.at = path, LANGUAGES.index(language)
        words = [dict(row) | {"status": self.word(oracle.STATUS, row.get("status"))} for row in rows]
        if not path.exists():
            new_workbook(path, language, words, list(own))
        self.book = openpyxl.load_workbook(path)
        if rows:
            self.setting("reference_date", dt.datetime.combine(TODAY, dt.time()))

    def word(self, names, key):
        """A list word in the workbook's language; what is no key stays."""
        return names[key][self.at] if key in names else key

    def table(self, name):
        return next((sheet, sheet.tables[name]) for sheet in self.book.worksheets if name in sheet.tables)

    def cells(self, name):
        sheet, table = self.table(name)
        return list(sheet[table.ref])

    def columns(self, name):
        """Position by field key, by header where it is no field."""
        fields = oracle.FIELDS.get(name.lower(), oracle.ACCOUNTS)
        headers = [str(cell.value) for cell in self.cells(name)[0]]
        return {oracle.key_of(fields, header) or header: i for i, header in enumerate(headers)}

    def rows(self, name, records):
        """Put records in place of a table's body, and move its end."""
        sheet, table = self.table(name)
        cells, columns = self.cells(name), self.columns(name)
        for row in cells[1:]:
            for cell in row:
                cell.value = None
        top, left = cells[0][0].row, cells[0][0].column
        for down, record in enumerate(records, start=1):
            for key, value in record.items():
                cell = sheet.cell(top + down, left + columns[key])
                cell.number_format = "General"  # a date that stood there would make a date of a number
                cell.value = value
        end = sheet.cell(top + max(len(records), 1), left + len(columns) - 1)
        table.ref = f"{cells[0][0].coordinate}:{end.coordinate}"
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
        return self

    def records(self, name):
        columns = self.columns(name)
        return [{key: row[at].value for key, at in columns.items()} for row in self.cells(name)[1:]]

    def setting(self, key, value):
        names = oracle.SETTING_NAMES
        for row in self.cells("Settings")[1:]:
            if oracle.key_of(names, row[0].value) == key:
                row[1].value = value
        return self

    def method(self, key):
        return self.setting("method", self.word(oracle.METHODS, key))

    def criteria(self, *criteria):
        """Criteria as (column key or header, scale, weight, options); scales as {value: points}."""
        rows, scales = [], []
        for i, (column, scale, weight, options) in enumerate(criteria):
            name = options.get("name", f"K{i}")
            applies = [self.word(oracle.STATUS | oracle.ALL, key) for key in options.get("to", ("all",))]
            rows.append(
                {
                    "criterion": name,
                    "column": self.word(oracle.ACCOUNTS, column),
                    "applies": ", ".join(applies),
                    "weight": weight,
                    "scale": self.word(oracle.SCALE_WORDS, scale),
                    "better": self.word(oracle.BETTER, options.get("better", "high")),
                    "missing": self.word(oracle.MISSING, options.get("missing", "skip")),
                    "nature": ("Objective", "Objectif")[self.at],
                    "axis": ("Value", "Valeur")[self.at],
                }
            )
            scales += [
                {"criterion": name, "value": value, "points": points}
                for value, points in options.get("scale", {}).items()
            ]
        return self.rows("Criteria", rows).rows("Scales", scales)

    def gates(self, *gates):
        """Gates as (column, condition, value, best class)."""
        return self.rows(
            "Gates",
            [
                {
                    "column": self.word(oracle.ACCOUNTS, column),
                    "condition": self.word(oracle.KNOWLEDGE, condition),
                    "value": value,
                    "best": best,
                    "reason": f"gate {i}",
                }
                for i, (column, condition, value, best) in enumerate(gates)
            ],
        )

    def sheet_like(self, name, new_name, title, records):
        """One more account sheet."""
        headers = [cell.value for cell in self.cells(name)[0]]
        columns = self.columns(name)
        sheet = self.book.create_sheet(title)
        for at, header in enumerate(headers, start=1):
            sheet.cell(3, at).value = header
        for down, record in enumerate(records, start=4):
            for key, value in record.items():
                shown = self.word(oracle.STATUS, value) if key == "status" else value
                sheet.cell(down, columns[key] + 1).value = shown
        end = sheet.cell(3 + max(len(records), 1), len(headers)).coordinate
        sheet.add_table(Table(displayName=new_name, name=new_name, ref=f"A3:{end}"))
        return self

    def refresh(self, code=0):
        """Save, run the command, open again."""
        self.book.save(self.path)
        found, screen = run("refresh", self.path)
        assert found == code, screen
        self.book = openpyxl.load_workbook(self.path)
        return screen

    def check(self, *, exact_breaks=True):
        """Refresh, and compare all that was written, and all that was not, with the oracle."""
        before = oracle.tables_of(self.book)
        wanted = oracle.expected(before, TODAY)
        if exact_breaks:
            assert not wanted.ambiguous_breaks, "choose other scores: two groupings are equally good"
        self.refresh()
        assert differences(before, oracle.tables_of(self.book), wanted) == []
        return wanted

    def check_twice(self):
        """A second refresh has nothing to add."""
        self.check()
        bytes_before = self.path.read_bytes()
        screen = run("refresh", self.path)
        assert self.path.read_bytes() == bytes_before, screen
        return self


def run(command, path):
    """Exit code of the command, and what it showed."""
    screen = io.StringIO()
    with (
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
        pytest.raises(SystemExit) as end,
    ):
        main([command, str(path)])
    return end.value.code, screen.getvalue()


def close(found, wanted):
    numbers = (int, float)
    if isinstance(found, numbers) and isinstance(wanted, numbers):
        return abs(found - wanted) <= 1e-6 * (1 + 1e-6)
    return found == wanted


def differences(before, after, wanted):
    """Cells that are not as they should be: (sheet, row, column, wanted, found)."""
    wrong = []
    assert [t.headers for t in before["accounts"]] == [t.headers for t in after["accounts"]]
    for old, new in zip(before["accounts"], after["accounts"], strict=True):
        assert len(old.rows) == len(new.rows)
        for i, (was, now) in enumerate(zip(old.records(), new.records(), strict=True), start=1):
            place = (new.sheet, new.first_row + i)
            for key, value in wanted.cells.get(place, {}).items():
                if key in now and not close(now[key], value):
                    wrong.append((*place, was["account"], key, value, now[key]))
            untouched = set(was) - set(oracle.FILLED) - {"reasons"}
            if place not in wanted.cells:
                untouched = set(was)
            wrong += [(*place, key, was[key], now[key]) for key in untouched if not close(now[key], was[key])]
    for name in ("criteria", "scales", "classes", "gates", "settings"):
        if name in before and before[name].rows != after[name].rows:
            wrong.append((name, "changed"))
    return wrong + history_differences(before, after, wanted)


def history_differences(before, after, wanted):
    old, new = ([r for r in t["history"].records() if r["account"] is not None] for t in (before, after))
    if new[: len(old)] != old:
        return [("history", "earlier rows changed")]
    models = {row["model"] for row in new[len(old) :]}
    if len(models) > 1 or not all(re.fullmatch(r"[0-9a-f]{6,16}", str(model)) for model in models):
        return [("history", "models", models)]
    keys = ("date", "account", "score", "class", "completeness")
    added = [tuple(row[key] for key in keys) for row in new[len(old) :]]
    wrong, left = [], list(added)
    for row in wanted.history:
        same = [r for r in left if all(close(a, b) for a, b in zip(r, row, strict=True))]
        if same:
            left.remove(same[0])
        else:
            wrong.append(("history", "missing", row))
    return wrong + [("history", "not wanted", row) for row in left]


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def make(tmp_path, language):
    def made(rows, own=()):
        number = len(list(tmp_path.iterdir()))
        return Book(tmp_path / f"book{number}.xlsx", language, rows, own)

    return made


def some(seed, count, **fixed):
    """Accounts of all kinds, some of their fields empty."""
    rng = random.Random(seed)
    rows = []
    for i in range(count):
        row = {
            "account": f"{i:04d}",
            "name": f"Company {i}",
            "status": rng.choice(("client", "client", "client", "prospect", "suspect")),
            "turnover": maybe(rng, money(rng)),
            "turnover_1": maybe(rng, money(rng)),
            "turnover_2": maybe(rng, money(rng)),
            "potential": maybe(rng, money(rng)),
            "potential_new": maybe(rng, money(rng), 0.5),
            "days_late": maybe(rng, rng.randint(-5, 90)),
            "growth": maybe(rng, rng.randint(0, 10)),
            "influence": maybe(rng, rng.choice((0, 2.5, 7, 10))),
            "relationship": maybe(rng, rng.randint(0, 10)),
            "last_visit": maybe(rng, dt.datetime(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 300))),
        }
        rows.append(row | fixed)
    return rows


def maybe(rng, value, share=0.85):
    return value if rng.random() < share else None


def money(rng):
    return rng.choice((0, 0, rng.randint(1, 300) * 1000, round(rng.uniform(-500, 250000), 2)))


# ---- the demonstration ---------------------------------------------------------------------------


def test_demo(tmp_path, language):
    path = tmp_path / "demo.xlsx"
    demo_workbook(path, language, TODAY)
    book = Book(path, language)
    shown = oracle.tables_of(book.book)
    blank = copy.deepcopy(shown)
    for table in (*blank["accounts"], blank["history"]):
        for row in table.rows:
            for at, key in enumerate(table.keys):
                if key in (*oracle.FILLED, "reasons") or table.kind == "history":
                    row[at] = None
    wanted = oracle.expected(blank, TODAY)
    assert len(wanted.cells) == 330
    assert differences(blank, shown, wanted) == []

    book.setting("reference_date", dt.datetime(2027, 2, 25))
    rng = random.Random(7)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            change_account(rng, row, columns, book)
    wanted = book.check()
    assert 20 < len(wanted.history) < 330
    for key, value in (("margin", 8), ("min_completeness", 0.7), ("core_share", 0.5)):
        book.setting(key, value)
    assert book.check().history
    book.method("quota").check()
    book.method("breaks").check_twice()


def change_account(rng, row, columns, book):
    """What a quarter does to an account."""
    turnover, solidity = row[columns["turnover"]], row[columns["solidity"]]
    if isinstance(turnover.value, (int, float)) and rng.random() < 0.5:
        turnover.value = round(turnover.value * rng.uniform(0.7, 1.4), 2)
    if rng.random() < 0.1:
        solidity.value = rng.choice(SOLIDITY)[book.at]
    if rng.random() < 0.05:
        row[columns["days_late"]].value = rng.choice((None, 0, 61, 60))
    if rng.random() < 0.02:
        row[columns["status"]].value = "PROSPECT "


# ---- classes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("margin", [0, 3, 12.5])
def test_cutoffs_with_margin(make, margin):
    book = make([{"account": f"a{i}", "status": "client", "Points": i / 4} for i in range(41)], ["Points"])
    book.criteria(("Points", "note", 10, {})).setting("margin", margin)
    rng = random.Random(margin)
    book.check()
    for _ in range(3):
        columns = book.columns("Clients")
        for row in book.cells("Clients")[1:]:
            at = row[columns["Points"]]
            at.value = min(10, max(0, at.value + rng.choice((-1.25, -0.3, -0.1, 0, 0.1, 0.3, 1.25, 2))))
        book.check()


def test_worked_margins(make):
    held = {
        "a": ("B", 7.6),
        "b": ("B", 7.8),
        "c": ("A", 7.3),
        "d": ("A", 7.19),
        "e": ("D", 8),
        "f": ("C", 5.79),
    }
    book = make(
        [{"account": key, "Note": note, "status": "client"} for key, (_, note) in held.items()], ["Note"]
    )
    book.criteria(("Note", "note", 1, {}))
    columns = book.columns("Clients")
    for row in book.cells("Clients")[1:]:
        row[columns["computed"]].value = row[columns["class"]].value = held[row[0].value][0]
    book.check()
    found = {row["account"]: row["class"] for row in book.records("Clients")}
    assert found == {"a": "B", "b": "A", "c": "A", "d": "B", "e": "A", "f": "C"}


@pytest.mark.parametrize("shares", [(0.1, 0.2, 0.3, 0.4), (0.25, 0.25, 0.25, 0.25), (0.7, 0.1, 0.1, 0.1)])
def test_quota(make, shares):
    book = make(some(3, 40)).method("quota")
    classes = book.records("Classes")
    for row, share in zip(classes, shares, strict=True):
        row["share"] = share
    book.rows("Classes", classes).check_twice()
    for row in book.cells("Clients")[1:]:
        row[book.columns("Clients")["growth"]].value = 5
    book.check()


def test_quota_with_ties(make):
    rows = [
        {"account": f"q{i}", "status": "client", "growth": (9, 9, 9, 7, 7, 5, 5, 5, 5, 1)[i]}
        for i in range(10)
    ]
    book = make(rows).method("quota").criteria(("growth", "note", 1, {}))
    book.check_twice()


def test_breaks(make):
    book = make(some(5, 60)).method("breaks")
    book.check_twice()
    book.rows("Classes", [row | {"label": "x"} for row in book.records("Classes")[1:]]).check()


def test_worked_breaks(make):
    notes = (1.3, 7.1, 7.3, 2.3, 3.9, 4.1, 7.8, 1.2, 4.3, 7.3, 5.0, 4.3)
    book = make([{"account": f"b{i}", "status": "client", "growth": v} for i, v in enumerate(notes)])
    book.method("breaks").criteria(("growth", "note", 1, {}))
    book.rows(
        "Classes", [row | {"min_score": 70 - 35 * i} for i, row in enumerate(book.records("Classes")[:3])]
    )
    book.check_twice()
    upper = {}
    for row in book.records("Clients"):
        upper[row["class"]] = max(upper.get(row["class"], 0), row["growth"])
    assert upper == {"A": 7.8, "B": 5.0, "C": 2.3}


def test_breaks_with_too_few_scores(make):
    notes = (9, 9, 6, 6, 2)
    book = make([{"account": f"b{i}", "status": "client", "growth": v} for i, v in enumerate(notes)])
    book.method("breaks").criteria(("growth", "note", 1, {})).check_twice()


def test_own_classes(make):
    book = make(some(11, 30))
    letters = [
        ("Top", "VIP", 80),
        ("1", "First", 60),
        ("2", "Second", 45.5),
        ("3", "Third", 20),
        ("Z", "Last", 0),
    ]
    rows = [{"class": c, "label": n, "min_score": s, "share": 0.2} for c, n, s in letters]
    book.rows("Classes", rows).gates(("growth", ">", 8, "3"), ("potential", "unknown", None, "Z"))
    book.check_twice()
    book.method("quota").check()
    book.method("breaks").check()


# ---- scales and unknown values -------------------------------------------------------------------

STEPS = {0: 0, 10000: 2, 50000: 6, 200000: 10}


def test_steps_and_linear(make):
    values = (-5, 0, 1, 9999.99, 10000, 37500, 49999, 50000, 199999.99, 200000, 250000, None)
    rows = [
        {"account": f"s{i}", "status": "client", "potential": v, "turnover": v} for i, v in enumerate(values)
    ]
    book = make(rows)
    book.criteria(("potential", "linear", 3, {"scale": STEPS}), ("turnover", "steps", 2, {"scale": STEPS}))
    book.check_twice()
    book.criteria(("potential", "linear", 1, {"scale": {0: 10, 15: 8, 60: 0}}))
    book.check()


def test_scale_rows_in_any_order_of_criteria(make):
    book = make(some(2, 15))
    scales = book.records("Scales")
    book.rows("Scales", scales[::2] + scales[1::2]) if False else None
    scales = sorted(scales, key=lambda row: str(row["criterion"]), reverse=True)
    book.rows("Scales", scales).check()


def test_list(make):
    values = [pair[(make.__defaults__ is None and 0) or 0] for pair in SOLIDITY] if False else None
    assert values is None
    book = make([{"account": f"l{i}", "status": "client"} for i in range(9)])
    words = [pair[book.at] for pair in SOLIDITY]
    typed = [*words, words[0].upper(), f"  {words[4].lower()}\u00a0", "no such word", None]
    columns = book.columns("Clients")
    for row, word in zip(book.cells("Clients")[1:], typed, strict=True):
        row[columns["solidity"]].value = word
    book.criteria(
        ("solidity", "list", 4, {"scale": dict(zip(words, (10, 8, 5, 2, 0), strict=True))}),
        ("growth", "note", 1, {"missing": "neutral"}),
    )
    book.check_twice()


def test_rank(make):
    for better in ("high", "low"):
        book = make(some(8, 25))
        book.criteria(
            ("turnover", "rank", 5, {"better": better, "to": ("client",)}),
            ("potential", "rank", 3, {"better": better}),
            ("influence", "rank", 2, {"better": better, "to": ("prospect", "suspect"), "missing": "neutral"}),
        )
        book.check_twice()


def test_worked_rank(make):
    rows = [{"account": f"r{i}", "status": "client", "potential": v} for i, v in enumerate((10, 20, 20, 40))]
    book = make(rows).criteria(("potential", "rank", 1, {}))
    book.check()
    assert [row["score"] for row in book.records("Clients")] == [12.5, 50, 50, 87.5]


def test_note(make):
    values = (0, 10, 5.5, 10.0001, -1, 12, None, "7", "abc")
    book = make(
        [{"account": f"n{i}", "status": "client", "growth": v, "influence": 4} for i, v in enumerate(values)]
    )
    book.criteria(("growth", "note", 3, {}), ("influence", "note", 3, {})).check_twice()


@pytest.mark.parametrize("missing", ["skip", "zero", "neutral"])
def test_missing(make, missing):
    book = make(some(21, 30))
    rows = book.records("Criteria")
    for row in rows:
        row["missing"] = book.word(oracle.MISSING, missing)
    book.rows("Criteria", rows)
    for minimum in (0, 0.25, 0.8, 1):
        book.setting("min_completeness", minimum).check()


def test_worked_score(make):
    book = make([{"account": "w", "status": "client", "A": 8, "C": 4, "D": 10}], ["A", "B", "C", "D"])
    book.criteria(*((name, "note", w, {}) for name, w in zip("ABCD", (40, 30, 20, 10), strict=True))).check()
    row = book.records("Clients")[0]
    assert (round(row["score"], 2), row["completeness"]) == (71.43, 0.7)


def test_weights_of_nothing(make):
    book = make(some(22, 20))
    book.criteria(
        ("growth", "note", 0, {}),
        ("influence", "note", 3, {"to": ("prospect",)}),
        ("relationship", "note", 0, {"to": ("suspect",)}),
        ("potential", "rank", 2, {"to": ("client",), "missing": "zero"}),
    )
    book.check_twice()
    book.setting("min_completeness", 0).check()


# ---- gates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("condition", ["=", "<>", "<", "<=", ">", ">=", "known", "unknown"])
def test_gate_conditions(make, condition):
    rows = some(31, 24)
    for row, region in zip(rows, ("North", "SOUTH ", "north", "Été", None, "ete") * 4, strict=True):
        row["Region"] = region
    book = make(rows, ["Region", "Signed", "Size"])
    rng = random.Random(4)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            row[columns["Signed"]].value = rng.choice(
                (None, dt.datetime(2025, 5, 1), dt.datetime(2026, 5, 1))
            )
            row[columns["Size"]].value = rng.choice((None, 5, 10, 10.5, "1 200", "12 %"))
    values = None if condition in ("known", "unknown") else True
    gates = [
        ("days_late", condition, values and 30, "C"),
        ("last_visit", condition, values and dt.datetime(2026, 6, 1), "B"),
        ("Signed", condition, values and dt.datetime(2025, 5, 1), "D"),
        ("Size", condition, values and 10, "C"),
        ("trend", condition, values and 0, "B"),
    ]
    if condition in ("=", "<>", "known", "unknown"):
        gates += [
            ("Region", condition, values and "north", "B"),
            ("Region", condition, values and "Ete", "C"),
        ]
        gates += [("state", condition, values and oracle.STATES["lost"][book.at], "D")]
    for gate in gates:
        book.gates(gate).check()
    book.gates(*gates).check_twice()


def test_shipped_gates(make):
    rows = some(32, 12, days_late=61)
    for row in rows[:4]:
        row["days_late"] = 60
    book = make(rows)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for i, row in enumerate(book.cells(name)[1:]):
            row[columns["solidity"]].value = SOLIDITY[i % 5][book.at].upper()
    book.check_twice()
    book.setting("margin", 10).gates().check()


# ---- accounts ------------------------------------------------------------------------------------


def test_own_columns_as_criteria(make):
    rows = some(41, 20)
    rng = random.Random(1)
    for row in rows:
        row["Délai (j)"] = rng.choice((None, 3, 30, 45, "45", " 1 200 "))
        row["Canal"] = rng.choice((None, "Web", "web ", "Agent", "?"))
        row["Marge"] = rng.choice((0.1, 0.35, "12 %", "35%", None))
    book = make(rows, ["Délai (j)", "Canal", "Marge"])
    book.criteria(
        ("delai  (J)", "linear", 2, {"scale": {0: 10, 30: 5, 60: 0}}),
        ("CANAL", "list", 1, {"scale": {"Web": 3, "Agent": 9}, "missing": "neutral"}),
        ("Marge", "steps", 4.5, {"scale": {0: 1, 0.12: 4, 0.35: 10}}),
        ("trend", "rank", 1, {}),
        ("state", "list", 1, {"scale": {names[book.at]: 5 for names in oracle.STATES.values()}}),
    )
    book.check_twice()


def test_text_numbers(make):
    texts = (
        "1 234,56",
        "1\u202f234,56",
        "1\u00a0234",
        "12 k€",
        "12,5 k€",
        "12 %",
        "1234.5",
        "-50",
        "50 000 €",
        "n/c",
        "",
    )
    book = make(
        [{"account": f"t{i}", "status": "client", "turnover": t, "potential": t} for i, t in enumerate(texts)]
    )
    book.setting("min_completeness", 0).check_twice()


def test_trend_and_state(make):
    values = (None, 0, -100, 50, 80.5)
    rows = [
        {"account": f"{i}{j}{k}", "status": "client", "turnover": a, "turnover_1": b, "turnover_2": c}
        for i, a in enumerate(values)
        for j, b in enumerate(values)
        for k, c in enumerate(values)
    ]
    make(rows).setting("min_completeness", 0.1).check_twice()


def test_several_account_tables(make):
    book = make(some(51, 12))
    more = [row | {"account": f"more {i}"} for i, row in enumerate(some(52, 9))]
    book.sheet_like("Clients", "Secteur_Est", "Est", more)
    book.sheet_like("Clients", "Tableau7", "Ouest", [more[0] | {"account": "0003"}])
    book.sheet_like("Clients", "Tableau8", "Vide", [])
    book.check_twice()
    book.method("quota").check()
    book.method("breaks").check()


def test_forced_classes(make):
    past, future = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    cases = [
        ("A", "promised", future),
        ("D", "promised", TODAY),
        ("A", "promised", past),
        ("B", None, future),
        ("B", "  ", future),
        ("B", "promised", None),
        ("X", "promised", future),
        (" a ", "promised", future),
        (None, "promised", future),
        ("?", "promised", future),
        ("A", "promised", "soon"),
    ]
    rows = []
    for i, (forced, reason, until) in enumerate(cases * 3):
        row = {
            "account": f"f{i}",
            "status": "client",
            "forced": forced,
            "forced_reason": reason,
            "forced_until": until,
        }
        row |= {"growth": None if i < len(cases) else i % 11, "influence": 5 if i >= len(cases) else None}
        rows.append(row | ({"account": f"F{i - 11}"} if i == 32 else {}))
    book = make(rows).criteria(("growth", "note", 1, {}), ("influence", "note", 2, {}))
    book.check_twice()
    book.setting("reference_date", dt.datetime(2026, 12, 1)).check()


def test_duplicates(make):
    codes = ("7", "007", "ab", "AB", "x", "x ", " x", "\u00e9", "e", "only")
    rows = [
        {"account": code, "status": "client", "growth": i, "turnover": 10 * i} for i, code in enumerate(codes)
    ]
    book = make(rows).criteria(("growth", "note", 1, {}), ("turnover", "rank", 1, {}))
    book.check_twice()
    columns = book.columns("Clients")
    book.cells("Clients")[4][columns["account"]].value = "now single"
    book.check()


def test_class_lost_and_found(make):
    book = make([{"account": "a", "status": "client", "growth": 9}, {"account": "b", "status": "client"}])
    book.criteria(("growth", "note", 1, {})).check()
    columns = book.columns("Clients")
    for notes in ((None, 4), (9.2, 4.004), (9.2, 4.01), (9.2, None), (5, 9)):
        for row, note in zip(book.cells("Clients")[1:], notes, strict=True):
            row[columns["growth"]].value = note
        book.check()


def test_ties_and_core(make):
    turnovers = (100, 100, 100, 50, 50, 0, -40, None, 1, 400, "100")
    rows = [
        {"account": f"c{i}", "status": "client", "turnover": t, "growth": 5} for i, t in enumerate(turnovers)
    ]
    book = make(rows).criteria(("growth", "note", 1, {}))
    for share in (0.8, 0.5, 0.4, 1, 0.444444):
        book.setting("core_share", share).check()


def test_words_of_the_other_language(make):
    book = make(some(61, 12))
    other = 1 - book.at
    rows = book.records("Criteria")
    for row in rows:
        for key, names in (
            ("scale", oracle.SCALE_WORDS),
            ("missing", oracle.MISSING),
            ("better", oracle.BETTER),
        ):
            row[key] = names[oracle.key_of(names, row[key])][other].upper()
        row["applies"] = row["applies"].replace(oracle.ALL["all"][book.at], oracle.ALL["all"][other])
        row["column"] = oracle.ACCOUNTS[oracle.key_of(oracle.ACCOUNTS, row["column"])][other]
    book.rows("Criteria", rows).setting("method", oracle.METHODS["quota"][other].title()).check_twice()


def test_rows_without_account(make):
    rows = some(71, 6)
    rows[2]["account"] = rows[4]["account"] = None
    rows[4] = dict.fromkeys(rows[4]) | {"status": "client"}
    book = make([*rows, {"account": "   ", "growth": 4, "status": "client"}])
    assert book.check().empty_rows >= 3


# ---- anything -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_sweep(tmp_path, seed):
    rng = random.Random(seed)
    book = random_book(rng, tmp_path / "sweep.xlsx")
    book.check(exact_breaks=False)
    shake(rng, book)
    book.check(exact_breaks=False)


OWN = ("Effectif", "Canal", "Signé le")


def random_book(rng, path):
    rows = some(rng.random(), rng.randint(1, 28))
    for row in rows:
        row["Effectif"] = rng.choice((None, 1, 7, 12.5, 250, "1 200", "n/a"))
        row["Canal"] = rng.choice((None, "Web", "agent", "Téléphone", "TELEPHONE", "autre"))
        row["Signé le"] = rng.choice((None, dt.datetime(2024, 2, 29), dt.datetime(2026, 7, 1)))
        if rng.random() < 0.1:
            row["forced"] = rng.choice(("A", "B", "C", "D", "E"))
            row["forced_reason"] = maybe(rng, "because")
            row["forced_until"] = maybe(rng, TODAY + dt.timedelta(days=rng.randint(-30, 30)))
        if rng.random() < 0.05:
            row["account"] = rows[0]["account"]
    book = Book(path, rng.choice(LANGUAGES), rows, OWN)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            if row[0].value is not None:
                row[columns["solidity"]].value = rng.choice((None, *(pair[book.at] for pair in SOLIDITY)))
    if rng.random() < 0.8:
        random_criteria(rng, book)
    random_model(rng, book)
    return book


def random_criteria(rng, book):
    criteria = []
    for _ in range(rng.randint(1, 7)):
        scale = rng.choice(tuple(oracle.SCALE_WORDS))
        column = rng.choice(("turnover", "potential", "days_late", "trend", "Effectif", "growth"))
        points = {}
        if scale == "list":
            column = rng.choice(("solidity", "Canal", "state"))
            words = {"solidity": SOLIDITY, "state": tuple(oracle.STATES.values())}.get(column)
            words = [pair[book.at] for pair in words] if words else ["Web", "Agent", "telephone"]
            points = {word: rng.randint(0, 10) for word in words}
        elif scale in ("steps", "linear"):
            values = sorted(rng.sample((-1, -0.5, 0, 0.25, 3, 10, 50, 1000, 20000, 90000), rng.randint(2, 5)))
            points = {value: rng.choice((0, 1, 2.5, 5, 8, 10)) for value in values}
        elif scale == "note":
            column = rng.choice(("growth", "influence", "relationship", "Effectif"))
        to = rng.choice((("all",), ("all",), ("client",), ("client", "prospect"), ("prospect", "suspect")))
        options = {"scale": points, "to": to, "better": rng.choice(("high", "low"))}
        options["missing"] = rng.choice(tuple(oracle.MISSING))
        criteria.append((column, scale, rng.choice((0, 1, 5, 12.5, 40)), options))
    book.criteria(*criteria, ("relationship", "note", 1, {"name": "always"}))


def random_model(rng, book):
    book.method(rng.choice(("cutoffs", "cutoffs", "quota", "breaks")))
    book.setting("margin", rng.choice((0, 1, 3, 3, 7.5)))
    book.setting("min_completeness", rng.choice((0, 0.3, 0.5, "50 %", 1)))
    book.setting("core_share", rng.choice((0.2, 0.8, 1)))
    classes = book.records("Classes")[: rng.randint(2, 4)]
    for row, score in zip(classes, sorted(rng.sample(range(5, 95), len(classes)), reverse=True), strict=True):
        row["min_score"], row["share"] = score, 1 / len(classes)
    classes[-1]["min_score"] = 0
    book.rows("Classes", classes)
    letters = [row["class"] for row in classes]
    gates = []
    for _ in range(rng.randint(0, 3)):
        column, value = rng.choice(
            (
                ("days_late", 30),
                ("potential", 40000),
                ("Canal", "WEB"),
                ("Signé le", dt.datetime(2026, 7, 1)),
                ("trend", 0),
                ("solidity", SOLIDITY[4][book.at]),
                ("Effectif", 12.5),
            )
        )
        condition = rng.choice(("=", "<>", "known", "unknown"))
        if not isinstance(value, str):
            condition = rng.choice(("<", "<=", ">", ">=", condition))
        value = None if condition in oracle.KNOWLEDGE else value
        gates.append((column, condition, value, rng.choice(letters[1:])))
    book.gates(*gates)


def shake(rng, book):
    """Data, and sometimes the model, a while later."""
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            for key, values in (
                ("growth", range(11)),
                ("turnover", (0, 5000, 70000)),
                ("days_late", range(90)),
            ):
                if rng.random() < 0.4:
                    row[columns[key]].value = rng.choice((None, *values))
    if rng.random() < 0.4:
        book.setting("margin", rng.choice((0, 2, 9)))
    if rng.random() < 0.3:
        book.method(rng.choice(tuple(oracle.METHODS)))
    if rng.random() < 0.2:
        book.setting("reference_date", dt.datetime(2026, 12, 24))
