"""What a company has not begun to note makes nobody incomplete: criteria in use, beside the oracle."""

import pytest
from golden.book import TODAY
from golden.oracle import expected
from golden.portfolios import some
from golden.reading import number, tables_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

UNKNOWN = "?"


def rows_of(count, status="client", first="c"):
    """Accounts of whom all is known but the growth."""
    return [{"account": f"{first}{i:03}", "status": status, "influence": i % 11} for i in range(count)]


def notes(book, weight=60, **options):
    """The growth, noted for some, weighs more than the influence that is known of all."""
    return book.criteria(("growth", "note", weight, options), ("influence", "note", 40, {}))


@pytest.mark.parametrize(
    ("share", "count", "least"),
    [(0.2, 5, 1), (0.2, 15, 3), ("20 %", 10, 2), (0.7, 10, 7), (0.07, 100, 7), (1, 5, 5)],
)
def test_a_criterion_is_in_use_from_a_share_of_the_accounts(make, share, count, least):
    book = notes(make(rows_of(count))).setting("in_use_from", share)
    book.put("growth", [5] * (least - 1) + [None] * (count - least + 1)).check()
    assert UNKNOWN not in book.column("class")
    book.put("growth", [5] * least + [None] * (count - least)).check_twice()
    assert book.column("class").count(UNKNOWN) == count - least


def test_from_0_percent_on_every_criterion_is_in_use(make):
    book = notes(make(rows_of(4))).setting("in_use_from", 0)
    book.check()
    assert set(book.column("completeness")) == {0.4}


def test_a_workbook_without_the_setting_takes_what_ships(make):
    book = notes(make(rows_of(10)).put("growth", [5, 5] + [None] * 8))
    kept = [row for row in book.records("Settings") if number(row["value"]) != 0.2]
    assert 0 < len(kept) < len(book.records("Settings"))
    book.rows("Settings", kept).check()
    assert book.column("class").count(UNKNOWN) == 8


@pytest.mark.parametrize("missing", ["skip", "zero", "neutral"])
def test_use_is_told_by_status_and_over_all_accounts_for_an_unknown_status(make, missing):
    clients, others = rows_of(8), [*rows_of(6, "prospect", "p"), *rows_of(1, "suspect", "s")]
    book = notes(make([*clients, *others]), missing=missing)
    book.put("status", [*["Client"] * 5, "Partner", None, "Client?"])

    def complete(of_clients, of_others):
        book.put("growth", of_clients).put("growth", of_others, "Prospects").check()
        return book.column("completeness"), book.column("completeness", "Prospects")

    # One of five clients, one of six prospects, the only suspect: three of fifteen accounts.
    noted = [5, *[None] * 7], [5, *[None] * 5, 5]
    assert complete(*noted) == ([1, *[0.4] * 4, *[0.4] * 3], [1] * 7)
    assert complete([5, *[None] * 7], [*[None] * 6, 5]) == ([1, *[0.4] * 4, 1, 1, 1], [1] * 7)
    book.check_twice()


def test_a_status_with_one_account_is_in_use_by_itself(make):
    book = notes(make([*rows_of(3), *rows_of(1, "prospect", "p")]))
    book.put("growth", [5], "Prospects").check()
    assert book.column("completeness") + book.column("completeness", "Prospects") == [1, 1, 1, 1]
    book.put("growth", [5, None, None]).put("growth", [None], "Prospects").check()
    assert book.column("completeness") + book.column("completeness", "Prospects") == [1, 0.4, 0.4, 1]


def test_a_value_that_the_scale_cannot_use_is_not_known(make):
    book = notes(make(rows_of(5))).put("growth", [11, "n/a", None, None, None])
    book.check()
    assert book.column("completeness") == [1] * 5


@pytest.mark.parametrize("missing", ["skip", "zero", "neutral"])
def test_nothing_in_use_and_nothing_known_is_0_percent(make, missing):
    book = make(rows_of(6)).put("influence", [None] * 6)
    notes(book, missing=missing).check()
    assert set(book.column("completeness")) == {0}
    assert set(book.column("class")) == {UNKNOWN}
    book.setting("min_completeness", 0).check_twice()


def test_accounts_of_all_sheets_tell_what_is_in_use(make):
    book = notes(make(rows_of(4)))
    book.sheet_like("Clients", "Secteur_Est", "Est", [{**row, "growth": 5} for row in rows_of(1, first="e")])
    book.check_twice()
    assert book.column("class").count(UNKNOWN) == 4
    book.sheet_like("Clients", "Secteur_Nord", "Nord", rows_of(1, first="n")).check()
    assert UNKNOWN not in book.column("class")


def imported(count):
    """Clients as an accounting export makes them: nobody has noted anything yet."""
    known = ("account", "name", "status", "turnover", "turnover_1", "turnover_2", "days_late")
    rows = [{key: row[key] for key in known} for row in some(83, count, status="client")]
    return [row | {"turnover": row["turnover"] or 0, "turnover_1": 5000, "days_late": 3} for row in rows]


def test_a_point_of_weight_takes_nobodys_class_where_nothing_is_noted(make):
    book = make(imported(20))
    book.check()
    assert UNKNOWN not in book.column("class")
    criteria = book.records("Criteria")
    for at, row in enumerate(criteria):
        for points in (-1, 1):
            changed = [dict(one) for one in criteria]
            changed[at]["weight"] = row["weight"] + points
            wanted = expected(tables_of(book.rows("Criteria", changed).book), TODAY)
            assert UNKNOWN not in [cells["class"] for cells in wanted.cells.values()]
    book.check()


def test_what_is_not_in_use_stands_on_checks_in_one_line_with_its_weight(make):
    book = make(rows_of(6)).put("growth", [5] + [None] * 5)
    book.criteria(
        ("growth", "note", 35, {"name": "Outlook"}),
        ("relationship", "note", 25, {"name": "Talks"}),
        ("influence", "note", 40, {"name": "Fame"}),
    )
    book.check()
    cells = [" ".join(str(cell.value) for cell in row) for row in book.cells("Checks")]
    lines = [line for line in cells if "Outlook" in line]
    assert len(lines) == 1
    assert all(part in lines[0] for part in ("Talks", "35", "25"))
    assert "Fame" not in lines[0]


def test_a_refresh_that_takes_many_classes_says_which_criterion_does_it(make):
    book = make(rows_of(20)).put("growth", [5] * 20)
    notes(book).check()
    book.criteria(("growth", "note", 60, {"name": "Outlook"}), ("influence", "note", 40, {}))
    at_most = book.put("growth", [5] * 18 + [None] * 2).refresh()
    assert "Outlook" not in at_most
    more = book.put("growth", [5] * 15 + [None] * 5).refresh()
    assert "Outlook" in more
    assert "3" in more
    assert "18" in more
