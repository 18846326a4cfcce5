"""A weights workshop on file: sheets, five with points, five with pairs, and taking what they say."""

import datetime as dt
import json
import shutil
import zipfile

import pytest
from support.commands import run_command
from support.validator import sdk_errors
from support.workshops import give_points, judge, layout, put, sheet_of, table_of

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.upgrade.ballots import add_ballots
from addin.workbook.ballots import read_ballots

TODAY = dt.date(2026, 11, 29)
PEOPLE = ("Sales", "Accounts", "Logistics", "Management", "Desk")
CLIENT = {
    "Sales": [50, 20, 10, 5, 0, 0, 5, 5, 5],
    "Accounts": [20, 5, 5, 5, 30, 30, 0, 0, 5],
    "Logistics": [30, 10, 15, 10, 10, 10, 5, 5, 5],
    "Management": [25, 10, 25, 20, 5, 5, 5, 5, 0],
    "Desk": [30, 10, 10, 5, 10, 15, 0, 0, 20],
}
PROSPECT = [40, 30, 20, 5, 5, 0]
SUSPECT = [50, 30, 20, 0, 0]
WEIGHTS = [6, 3, 3, 2, 2, 2, 1, 1, 1]


def rows(words):
    rated = words.surface("template")["solidity"]
    known = {"status": words.word("status", "client"), "growth": 6.0, "influence": 5.0, "relationship": 5.0}
    facts = [
        ("C-1", 200_000.0, 20_000.0, "weak", 55.0),
        ("C-2", 20_000.0, 300_000.0, "good", 5.0),
        ("C-3", 60_000.0, 70_000.0, "excellent", 0.0),
        ("C-4", 5_000.0, 9_000.0, "fair", 40.0),
    ]
    return [
        {"account": code, "turnover": money, "turnover_1": money, "turnover_2": money, "potential": potential}
        | {"potential_new": potential / 3, "solidity": rated[rating], "days_late": late, **known}
        for code, money, potential, rating, late in facts
    ]


@pytest.fixture(scope="module", params=LANGUAGES)
def started(request, tmp_path_factory):
    """A workbook of four clients."""
    path = tmp_path_factory.mktemp("workshop") / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    return path


@pytest.fixture
def book(started, tmp_path):
    return shutil.copy(started, tmp_path / "book.xlsx")


@pytest.fixture(scope="module")
def with_points(started, tmp_path_factory):
    """The same, with a sheet of points for each of five people, all filled in."""
    path = shutil.copy(started, tmp_path_factory.mktemp("points") / "book.xlsx")
    add_ballots(path, PEOPLE, pairs=False, today=TODAY)
    for name in PEOPLE:
        give_points(path, name, client=CLIENT[name], prospect=PROSPECT, suspect=SUSPECT)
    return path


@pytest.fixture
def five(with_points, tmp_path):
    return shutil.copy(with_points, tmp_path / "five.xlsx")


def run(capsys, book, *arguments, code=0):
    found, out, err = run_command(capsys, "workshop", book, *arguments, today=TODAY)
    assert found == code, err
    return out + err


def told(capsys, book, *arguments):
    code, out, err = run_command(capsys, "workshop", book, *arguments, "--json", today=TODAY)
    assert code == 0, err
    return json.loads(out)


def said_of(capsys, book, name):
    tables = told(capsys, book, "result")["tables"]
    return next(row for row in tables["Participants"] if row["participant"] == name)


def test_five_share_points_and_their_mean_is_taken_put_on_record_and_undone(five, capsys):
    before = five.read_bytes()
    tables = told(capsys, five, "result")["tables"]
    assert five.read_bytes() == before
    assert [row["counts"] for row in tables["Participants"]] == [True] * 5
    weights = {row["criterion"]: row["mean"] for row in tables["WorkshopWeights"]}
    assert sum(weights.values()) == pytest.approx(100)
    first, second, *_, relationship = weights.values()
    # The criteria of clients alone keep the ratio of the clients' mean: 31 to 11.
    assert first / second == pytest.approx(31 / 11)
    assert relationship > 0
    disputed = [row for row in tables["WorkshopWeights"] if row["disputed"] == 1]
    assert disputed[0]["highest_by"] in PEOPLE
    agreed = {row["status"]: (row["participants"], row["agreement"]) for row in tables["WorkshopAgreement"]}
    assert agreed["prospect"] == (5, "strong"), "all give them the same"
    assert agreed["client"][1] != "strong"
    votes = [row for row in tables["WorkshopVotes"] if row["status"] == "client"]
    assert [row["points"]["Sales"] for row in votes] == CLIENT["Sales"]

    was = layout(five).named["criteria"].cells("weight")
    applied = told(capsys, five, "apply", "--approved-by", "Ana Costa")
    assert sum(applied["weights"]) == pytest.approx(100)
    assert applied["weights"] == pytest.approx(list(weights.values()), abs=0.1)
    assert layout(five).named["criteria"].cells("weight") == applied["weights"]
    (record,) = layout(five).named["approvals"].rows()
    assert record["approved_by"] == "Ana Costa"
    assert record["date"].date() == TODAY
    assert all(name in record["took_part"] for name in PEOPLE)
    assert run_command(capsys, "undo", five)[0] == 0
    assert layout(five).named["criteria"].cells("weight") == was
    assert layout(five).named["approvals"].rows()[0]["approved_by"] is None


def test_a_workbook_with_sheets_of_participants_is_one_that_excel_opens(five):
    assert sdk_errors(five) == []


def test_the_accounts_that_differ_most_are_named_with_who_gives_which_class(five, capsys):
    rows = told(capsys, five, "result")["tables"]["WorkshopAccounts"]
    assert rows[0]["account"] == "C-1", "large, late and weak: the sales' A, the accounts' last"
    classes = rows[0]["classes"]
    assert classes["Sales"] < classes["Accounts"]
    assert rows[0]["votes"].index("Sales") < rows[0]["votes"].index("Accounts")
    assert rows[0]["proposed"] in "ABCD"
    spread = [len(set(row["classes"].values())) for row in rows]
    assert min(spread) > 1, "accounts on which all agree are not named"


def test_five_compare_pairs_and_the_group_is_what_they_are_made_from(book, capsys):
    run(capsys, book, "new", *PEOPLE, "--pairs")
    for name in PEOPLE:
        judge(book, name, WEIGHTS)
    tables = told(capsys, book, "result")["tables"]
    shares = [100 * weight / sum(WEIGHTS) for weight in WEIGHTS]
    assert [row["pairs"] for row in tables["WorkshopWeights"]] == pytest.approx(shares, abs=2.5)
    assert all(row["consistency"] < 0.1 for row in tables["Participants"])
    applied = told(capsys, book, "apply")
    assert applied["weighing"] == "pairs"
    assert sum(applied["weights"]) == pytest.approx(100)


def test_who_contradicts_himself_counts_and_is_told_the_pair(book, capsys):
    run(capsys, book, "new", "Zoé", "--pairs")
    last = 9 * 8 // 2 - 1
    judge(book, "Zoé", WEIGHTS, changed=[(0, "1/9"), (1, "1/9"), (2, "1/9"), (last, "9")])
    found = said_of(capsys, book, "Zoé")
    assert found["consistency"] > 0.10
    assert found["counts"]
    located = table_of(book, "Zoé", "pairs")
    assert located.cells("first")[0] in found["counted"]
    assert "1/9" in found["counted"]


def test_who_did_not_fill_in_or_gave_ninety_points_does_not_count_and_is_told(book, capsys):
    run(capsys, book, "new", "Ann", "Bob", "Cleo")
    give_points(book, "Bob", client=[20, *CLIENT["Logistics"][1:]], prospect=PROSPECT, suspect=SUSPECT)
    give_points(book, "Cleo", client=CLIENT["Desk"], prospect=PROSPECT, suspect=SUSPECT)
    tables = told(capsys, book, "result")["tables"]
    ann, bob, cleo = tables["Participants"]
    assert (ann["counts"], ann["weights"]) == (False, None)
    assert "90" in bob["counted"]
    assert "10" in bob["counted"]
    assert cleo["counts"]
    by_status = {
        row["status"]: set(row["points"]) for row in tables["WorkshopVotes"] if row["points"] is not None
    }
    assert by_status["client"] == {"Cleo"}
    assert by_status["prospect"] == {"Bob", "Cleo"}, "what was filled in well counts"


def test_pairs_that_are_missing_or_no_judgement_do_not_count(book, capsys):
    run(capsys, book, "new", "Ann", "Bob", "--pairs")
    judge(book, "Ann", WEIGHTS, left_out=3)
    judge(book, "Bob", WEIGHTS, changed=[(4, "12")])
    ann, bob = told(capsys, book, "result")["tables"]["Participants"]
    assert not ann["counts"]
    assert "36" in ann["counted"]
    assert not bob["counts"]
    assert table_of(book, "Bob", "pairs").address(4, "judgement") in bob["counted"]
    assert run(capsys, book, "apply", code=1)


def test_a_voice_weighs_as_the_list_shows_and_nought_leaves_out(book, capsys):
    run(capsys, book, "new", "Ann", "Bob")
    give_points(book, "Ann", client=CLIENT["Sales"], prospect=PROSPECT, suspect=SUSPECT)
    give_points(book, "Bob", client=CLIENT["Accounts"], prospect=PROSPECT, suspect=SUSPECT)
    located = layout(book).named["participants"]
    put(book, located, voice=[3.0, 1.0])
    rows = told(capsys, book, "result")["tables"]["WorkshopWeights"]
    assert rows[0]["mean"] / rows[1]["mean"] == pytest.approx((3 * 50 + 20) / (3 * 20 + 5))
    put(book, layout(book).named["participants"], voice=[0.0, 1.0])
    rows = told(capsys, book, "result")["tables"]["WorkshopWeights"]
    assert rows[0]["mean"] / rows[1]["mean"] == pytest.approx(4)


def test_sheets_are_protected_named_once_and_hold_the_criteria(book, capsys):
    run(capsys, book, "new", "A/B: [x]", "Léo")
    sheets = {one.participant: one.sheet for one in read_ballots(layout(book))}
    assert set(sheets) == {"A/B: [x]", "Léo"}
    assert not set("[]:*?/\\") & set(sheets["A/B: [x]"])
    with zipfile.ZipFile(book) as package:
        parts = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(b"<sheetProtection" in part for part in parts) == 4, "those of two participants, and two blank"
    located = table_of(book, "Léo", "points")
    assert located.cells("criterion") == layout(book).named["criteria"].cells("criterion")
    assert located.cells("suspect")[0] == "–", "turnover is none of a suspect's"
    assert "LÉO" in run(capsys, book, "new", "LÉO", code=1)
    assert sheet_of(book, "Léo") == sheets["Léo"]
    assert run(capsys, book, "new", code=1)


def test_a_sheet_of_other_criteria_does_not_count(book, capsys):
    run(capsys, book, "new", "Ann")
    give_points(book, "Ann", client=CLIENT["Sales"], prospect=PROSPECT, suspect=SUSPECT)
    located = layout(book).named["criteria"]
    put(book, located, weight=[0.0, *[None] * (located.table.n_rows - 1)])
    found = said_of(capsys, book, "Ann")
    label = catalogue(layout(book).language).word("status", "client")
    assert label in found["counted"]
    tables = told(capsys, book, "result")["tables"]
    assert all(row["points"] is None or "Ann" not in row["points"] for row in tables["WorkshopVotes"][:8])


def test_the_sheets_of_the_workshop_are_filled_and_refilled(five, capsys):
    out = run(capsys, five, "result")
    assert catalogue(layout(five).language).sheet("workshop") in out
    found = layout(five).named
    assert found["participants"].cells("sheet") == [sheet_of(five, name) for name in PEOPLE]
    assert found["workshopseats"].rows()[0]["seat_2"] == "Accounts"
    places = found["workshopvotes"].cells("place")
    assert places[0] == table_of(five, "Desk", "points").address(0, "client")
    assert "1" in found["workshopweightsnotes"].rows()[0]["note"]
    before = five.read_bytes()
    assert run_command(capsys, "refresh", five, today=TODAY)[0] == 0
    assert five.read_bytes() == before, "twice gives the same cells"
