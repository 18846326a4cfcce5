"""Accounting exports give the turnover of every client, to the cent, or a diagnosis and nothing else."""

import datetime as dt
import random
from functools import cache

import pytest
from imports.harness import known, put, sentences, taken_from
from support.books import Tables

from addin.fresh import new_workbook
from addin.imports.importing import Options, look_at, plan_import
from addin.package import PackageBook
from addin.refusals import Refusal
from addin.sample.exports import sample_files
from addin.sample.exports.make_exports import truth

TODAY = dt.date(2026, 3, 1)
YEARS = {2025: "turnover", 2024: "turnover_1", 2023: "turnover_2"}
WRITTEN = {2023: ("cp1252", "|", "\r\n"), 2024: ("utf-8-sig", "\t", "\r\n"), 2025: ("iso8859-15", "\t", "\n")}

told = cache(truth)


@cache
def content(year):
    """The export of a year as it is shipped."""
    name = told()["years"][year]["file"]
    return next(file.read_bytes() for file in sample_files() if file.name == name)


@cache
def rows(year):
    """Header and lines of the export of a year, each a tuple of cells."""
    encoding, sign, end = WRITTEN[year]
    return tuple(tuple(line.split(sign)) for line in content(year).decode(encoding).split(end) if line)


def text(table, year=2025, *, encoding=None, sign=None, end=None):
    """The cells of a year as the text of a file, by default as that year is written."""
    usual = WRITTEN[year]
    sign, end = sign or usual[1], end or usual[2]
    return "".join(sign.join(row) + end for row in table).encode(encoding or usual[0])


def name(year):
    return told()["years"][year]["file"]


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    return dict(zip(WRITTEN, put(folder, {name(year): content(year) for year in WRITTEN}), strict=True))


@pytest.fixture(scope="module")
def whole(exports):
    return taken_from(exports.values(), today=TODAY)


@pytest.fixture(scope="module")
def only_2025(exports):
    return taken_from([exports[2025]], today=TODAY)


class TestTheSample:
    @pytest.mark.parametrize("year", YEARS)
    def test_turnover_of_every_client_is_the_truth_and_15_months_are_brought_to_12(self, whole, year):
        true = told()["years"][year]["turnover"]
        months = 15 if year == 2023 else 12
        found = whole.column(YEARS[year])
        assert set(true) <= set(found)
        for code, amount in found.items():
            assert amount == pytest.approx(round(true.get(code, 0) * 12 / months) / 100, abs=0.0001)

    @pytest.mark.parametrize("year", YEARS)
    def test_the_total_and_what_is_not_assigned_are_the_truth(self, whole, year):
        facts = told()["years"][year]
        (report,) = [one for one in whole.done.reports if one.file == facts["file"]]
        assert report.units_read == facts["total"] * 100
        assert report.units_aside == facts["not_assigned"] * 100
        assert report.units_used == sum(facts["turnover"].values()) * 100
        assert report.n_read == facts["lines"]
        said = f"Sales (accounts 70): {facts['total'] / 100:,.2f}\N{NO-BREAK SPACE}EUR = clients"
        assert said in whole.said("en")

    def test_all_clients_are_added_under_their_names(self, whole):
        facts = told()["years"]
        assert set(whole.accounts) == set().union(*(year["turnover"] for year in facts.values()))
        assert whole["CL90003"]["name"] == "Pradeval Batiment"
        assert "+ de Bois" in whole.column("name").values()
        assert {row["table"] for row in whole.accounts.values()} == {"Clients"}

    def test_codes_that_changed_are_listed_and_not_merged(self, whole):
        pairs = [
            (said.details["old"], said.details["new"])
            for report in whole.done.reports
            for said in report.notes
            if said.keys[-1] == "same_client"
        ]
        assert pairs == told()["changed_codes"]
        assert all({"turnover", "turnover_1"} <= whole[code].keys() for pair in pairs for code in pair)
        assert "Accounts 00118 and CL90001 are likely the same client" in whole.said("en")
        assert "Les comptes 00118 et CL90001 sont sans doute le même client" in whole.said("fr")

    def test_who_never_pays_is_later_than_who_pays(self, whole):
        late = whole.column("days_late")
        usual = sorted(late.values())[len(late) // 2]
        assert all(late[code] > max(30, 2 * usual) for code in ("00199", "CDESRI", "00184"))
        assert whole["00199"]["overdue"] > 0

    def test_oddities_are_said(self, whole):
        english = whole.said("en")
        assert "Line 964: its label holds the separator and was put together again." in english
        assert "has 15 months: turnover was brought to 12 months" in english
        assert "EcrtureLet" in english
        for what in ("Windows-1252, separator: vertical bar", "UTF-8, separator: tab", "ISO 8859-15"):
            assert what in english

    def test_the_order_of_the_files_does_not_matter(self, exports, whole):
        first, second, third = exports.values()
        found = taken_from([third, first, second], today=TODAY)
        assert found.accounts == whole.accounts
        assert found.said() == whole.said()

    def test_the_order_of_the_lines_does_not_matter(self, tmp_path, exports, whole):
        header, *body = rows(2025)
        random.Random(1).shuffle(body)
        (path,) = put(tmp_path, {name(2025): text([header, *body])})
        found = taken_from([exports[2023], exports[2024], path], today=TODAY)
        assert found.accounts == whole.accounts

    @pytest.mark.parametrize(("year", "share"), [(2023, 0.4), (2025, 0.001)])
    def test_a_year_in_two_files_of_one_name_is_the_year(self, tmp_path, exports, whole, year, share):
        header, *body = rows(year)
        at = max(2, int(len(body) * share))
        parts = {
            f"{folder}/{name(year)}": text([header, *part], year)
            for folder, part in (("one", body[:at]), ("two", body[at:]))
        }
        one, two = put(tmp_path, parts)
        others = [path for other, path in exports.items() if other != year]
        assert taken_from([two, *others, one], today=TODAY).accounts == whole.accounts

    def test_halves_without_a_year_in_their_names_are_one_year_too(self, tmp_path, only_2025):
        header, *body = rows(2025)
        parts = {"first.txt": text([header, *body[:1500]]), "second.txt": text([header, *body[1500:]])}
        found = taken_from(put(tmp_path, parts), today=TODAY)
        assert found.column("turnover") == only_2025.column("turnover")
        assert "turnover_1" not in found["CL90001"]

    def test_one_file_alone_fills_its_year_and_no_other(self, only_2025, whole):
        sold = {code: amount for code, amount in whole.column("turnover").items() if amount}
        assert {code: amount for code, amount in only_2025.column("turnover").items() if amount} == sold
        assert not only_2025.column("turnover_1")
        assert not only_2025.column("turnover_2")

    def test_a_gap_in_the_years_is_a_gap_in_the_columns(self, exports, whole):
        found = taken_from([exports[2023], exports[2025]], today=TODAY)
        turnover = whole.column("turnover")
        assert found.column("turnover") == {code: turnover[code] for code in found.accounts}
        assert not found.column("turnover_1")
        assert not found.column("turnover_2")
        assert "no_slot" in found.notes()

    def test_the_reference_date_decides_which_year_is_which(self, exports, whole):
        tables = Tables("en").setting("reference_date", dt.datetime(2025, 6, 30))
        found = taken_from(exports.values(), tables, today=TODAY)
        assert found["00102"]["turnover"] == whole["00102"]["turnover_1"]
        assert found["00102"]["turnover_1"] == whole["00102"]["turnover_2"]
        assert "no_slot" in found.notes()

    def test_importing_them_again_changes_nothing(self, exports, whole):
        tables = Tables("en")
        tables.tables = {table.name: table for table in whole.after}
        again = taken_from(exports.values(), tables, today=TODAY)
        assert not again.changes.columns
        assert not again.changes.rows
        assert len(again.done.merged.unchanged) == len(whole.accounts)

    def test_names_of_the_workbook_stay_and_missing_ones_are_filled_in(self, exports):
        tables = known(clients=[{"account": "CL90003", "name": "Pradeval"}, {"account": "CL90001"}])
        found = taken_from([exports[2025]], tables, today=TODAY)
        assert found["CL90003"]["name"] == "Pradeval"
        assert found["CL90001"]["name"] == "Etablissements Vergonce et Fils"

    def test_all_samples_at_once_reconcile_and_find_the_duplicates(self, tmp_path):
        paths = put(tmp_path, {file.name: file.read_bytes() for file in sample_files()})
        found = taken_from(paths, Tables("fr"), today=TODAY)
        doubles = {frozenset((one.code, one.other)) for one in found.done.doubles}
        assert {frozenset(told()["same_siret"]), frozenset(told()["same_name"])} <= doubles
        assert found.done.merged.unknown == [told()["unknown_account"]]
        kinds = told()["accounts"]
        assert {code for code, row in found.accounts.items() if row["table"] == "Prospects"} == {
            *kinds["Prospect"],
            *kinds["Suspect"],
        }
        assert len(found.column("last_visit")) > 20


def other_date(cell, form):
    return dt.date.fromisoformat(cell).strftime(form) if cell.strip() else cell


HEADER = rows(2025)[0]
AT = {title.casefold(): at for at, title in enumerate(HEADER)}
DATES = [AT[title] for title in ("ecrituredate", "piecedate", "datelet", "validdate")]
SIDES = [AT["debit"], AT["credit"]]


def rewritten(row, *, point=False, dates=None, pad=False):
    cells = list(row)
    for at in SIDES:
        cells[at] = f"{cells[at]:>20}" if pad else cells[at]
    if point:
        cells = [cell.replace(",", ".") if at != AT["ecriturelib"] else cell for at, cell in enumerate(cells)]
    for at in DATES:
        cells[at] = other_date(cells[at], dates) if dates else cells[at]
    return cells


class TestAsTheyAreFoundInTheWild:
    @pytest.mark.parametrize(
        ("encoding", "sign", "end", "form"),
        [
            ("utf-8", "\t", "\n", {}),
            ("utf-8-sig", "|", "\r\n", {"dates": "%d/%m/%Y"}),
            ("iso8859-15", ";", "\r\n", {"pad": True}),
            ("iso8859-15", ",", "\n", {"point": True, "dates": "%Y-%m-%d"}),
            ("utf-16", "\t", "\r", {"point": True}),
        ],
    )
    def test_any_writing_gives_the_same_figures(self, tmp_path, only_2025, encoding, sign, end, form):
        body = [rewritten(row, **form) for row in rows(2025)[1:]]
        (path,) = put(tmp_path, {name(2025): text([HEADER, *body], encoding=encoding, sign=sign, end=end)})
        found = taken_from([path], today=TODAY)
        assert found.accounts == only_2025.accounts

    def test_columns_may_stand_in_any_order_and_case(self, tmp_path, only_2025):
        turned = [row[::-1] for row in rows(2025)]
        turned[0] = [title.upper() for title in turned[0]]
        (path,) = put(tmp_path, {name(2025): text(turned)})
        assert taken_from([path], today=TODAY).accounts == only_2025.accounts

    @pytest.mark.parametrize("sides", ["DC", ("+1", "-1")])
    def test_amount_and_side_are_as_good_as_debit_and_credit(self, tmp_path, only_2025, sides):
        debit, credit = SIDES

        def turned(row):
            on_debit = row[debit].strip("0,") != ""
            return [*row[:debit], row[debit if on_debit else credit], sides[not on_debit], *row[credit + 1 :]]

        table = [[*HEADER[:debit], "Montant", "Sens", *HEADER[credit + 1 :]], *map(turned, rows(2025)[1:])]
        (path,) = put(tmp_path, {name(2025): text(table)})
        assert taken_from([path], today=TODAY).accounts == only_2025.accounts

    def test_quotation_marks_are_signs_like_any_other(self, tmp_path, only_2025):
        label = AT["ecriturelib"]
        body = [[*row[:label], f'"{row[label]}', *row[label + 1 :]] for row in rows(2025)[1:]]
        (path,) = put(tmp_path, {name(2025): text([HEADER, *body])})
        assert taken_from([path], today=TODAY).accounts == only_2025.accounts

    def test_a_separator_within_a_label_is_put_together_and_said_with_its_line(self, tmp_path, only_2025):
        label = AT["ecriturelib"]
        table = list(rows(2025))
        for line in (10, 1000):
            row = table[line - 1]
            table[line - 1] = (*row[:label], "one\ttwo\tthree", *row[label + 1 :])
        (path,) = put(tmp_path, {name(2025): text(table)})
        found = taken_from([path], today=TODAY)
        assert found.accounts == only_2025.accounts
        plain = found.said("en").replace(",", "")
        assert "Line 10: its label" in plain
        assert "Line 1000: its label" in plain

    @pytest.mark.parametrize("column", ["comptelib", "compauxlib"])
    def test_a_separator_within_a_name_is_put_together_or_refused(self, tmp_path, only_2025, column):
        body = [rewritten(row, point=True) for row in rows(2025)[1:]]
        for cells in body:
            if cells[AT["comptenum"]].startswith("411"):
                cells[AT[column]] = "Brizolle, Frères"
        (path,) = put(tmp_path, {name(2025): text([HEADER, *body], sign=",")})
        try:
            found = taken_from([path], today=TODAY)
        except Refusal as refusal:
            sentences(refusal)
        else:
            figures = [{**row, "name": ""} for row in only_2025.accounts.values()]
            assert [{**row, "name": ""} for row in found.accounts.values()] == figures

    def test_columns_that_no_figure_needs_may_be_missing(self, tmp_path, only_2025):
        gone = {AT[title] for title in ("validdate", "montantdevise", "idevise", "datelet", "journallib")}
        table = [[cell for at, cell in enumerate(row) if at not in gone] for row in rows(2025)]
        (path,) = put(tmp_path, {name(2025): text(table)})
        assert taken_from([path], today=TODAY).column("turnover") == only_2025.column("turnover")

    def test_a_file_of_only_a_header_changes_nothing(self, tmp_path):
        found = taken_from(put(tmp_path, {name(2025): text([HEADER])}), today=TODAY)
        assert not found.changes.rows


def changed(line, column, cell):
    """The table of 2025 with one cell, by line of the file, changed."""
    table = list(rows(2025))
    row = table[line - 1]
    table[line - 1] = (*row[: AT[column]], cell, *row[AT[column] + 1 :])
    return table


def without(*columns):
    gone = {AT[column] for column in columns}
    return [[cell for at, cell in enumerate(row) if at not in gone] for row in rows(2025)]


LAST = rows(2025)[-1]
BROKEN = {
    "truncated in its last line": (lambda: content(2025)[:-40], "fec_lines_wrong", ["3051"]),
    "truncated at a line": (lambda: text(rows(2025)[:-1]), "fec_unbalanced", ["3050"]),
    "unbalanced": (lambda: text(changed(1201, "debit", "99999,00")), "fec_unbalanced", ["1201", "78436.37"]),
    "bad date": (
        lambda: text(changed(1201, "ecrituredate", "20251345")),
        "fec_lines_wrong",
        ["1201", "20251345"],
    ),
    "no date": (lambda: text(changed(1201, "ecrituredate", "")), "fec_lines_wrong", ["1201"]),
    "bad amount": (lambda: text(changed(77, "credit", "12,3,4")), "fec_lines_wrong", ["line 77: 12,3,4"]),
    "no number": (lambda: text(changed(77, "debit", "1e400")), "fec_lines_wrong", ["line 77: 1e400"]),
    "no account": (
        lambda: text(changed(77, "comptenum", " ")),
        "fec_lines_wrong",
        ["line 77: no account number"],
    ),
    "a short line": (
        lambda: text([*rows(2025)[:76], rows(2025)[76][:7], *rows(2025)[77:]]),
        "fec_lines_wrong",
        ["77"],
    ),
    "no amounts": (lambda: text(without("debit", "credit")), "fec_columns_missing", ["Debit, Credit"]),
    "no accounts": (lambda: text(without("comptenum")), "fec_columns_missing", ["CompteNum"]),
    "no dates": (lambda: text(without("ecrituredate")), "fec_columns_missing", ["EcritureDate"]),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    new_workbook(path, "fr", [{"account": "00102", "status": "Client", "turnover": 1.0}])
    return path


class TestBrokenFiles:
    @pytest.mark.parametrize("what", BROKEN)
    def test_each_is_refused_by_file_and_line_in_both_languages_and_nothing_is_written(
        self, tmp_path, exports, book, what
    ):
        make, code, shown = BROKEN[what]
        (path,) = put(tmp_path, {name(2025): make()})
        before = book.read_bytes()
        beside = [exports[2024]] if "truncated" in what else []
        with pytest.raises(Refusal, match=code) as refused:
            plan_import(look_at(PackageBook(book).tables(), [*beside, path], TODAY, Options()))
        texts = sentences(refused.value)
        assert all(name(2025) in one for one in texts.values())
        plain = texts["en"].replace(",", "")
        assert [part for part in shown if part.replace(",", "") not in plain] == []
        assert book.read_bytes() == before

    def test_of_many_bad_lines_the_first_are_named_and_all_are_counted(self, tmp_path):
        table = [
            (*row[: AT["ecrituredate"]], "soon", *row[AT["ecrituredate"] + 1 :]) if 1000 <= at < 1030 else row
            for at, row in enumerate(rows(2025))
        ]
        with pytest.raises(Refusal, match="fec_lines_wrong") as refused:
            taken_from(put(tmp_path, {name(2025): text(table)}), today=TODAY)
        texts = sentences(refused.value)
        assert "30 lines cannot be read" in texts["en"]
        assert "30 lignes ne peuvent pas être lues" in texts["fr"]
        assert texts["en"].count("soon is no date") == 8

    @pytest.mark.parametrize(
        ("other", "lines"),
        [
            ("another name.txt", None),
            (f"copy of {name(2025)}", None),
            (f"folder/{name(2025)}", None),
            ("part.txt", 900),
        ],
    )
    def test_a_file_that_repeats_another_is_refused(self, tmp_path, exports, other, lines):
        (path,) = put(tmp_path, {other: text(rows(2025)[:lines])})
        order = [path, exports[2025]] if lines else [exports[2025], path]
        with pytest.raises(Refusal, match="fec_twice" if lines else "import_copies") as refused:
            taken_from(order, today=TODAY)
        assert all(path.name in one for one in sentences(refused.value).values())

    def test_the_same_year_written_in_two_ways_is_refused_too(self, tmp_path, exports):
        body = [rewritten(row, point=True, dates="%d/%m/%Y") for row in rows(2025)[1:]]
        (path,) = put(tmp_path, {"again.csv": text([HEADER, *body], encoding="utf-8", sign=";")})
        with pytest.raises(Refusal, match="fec_twice"):
            taken_from([exports[2025], path], today=TODAY)

    def test_an_empty_date_is_called_missing(self, tmp_path):
        with pytest.raises(Refusal) as refused:
            taken_from(put(tmp_path, {name(2025): text(changed(1201, "ecrituredate", ""))}), today=TODAY)
        assert "1201: no date" in sentences(refused.value)["en"].replace(",", "")

    def test_line_numbers_in_a_row_are_told_apart(self, tmp_path):
        with pytest.raises(Refusal) as refused:
            taken_from(put(tmp_path, {name(2025): text(changed(1201, "debit", "99999,00"))}), today=TODAY)
        assert "1,201, 1,202" not in sentences(refused.value)["en"]

    def test_an_entry_that_does_not_balance_in_a_year_that_does_is_a_note(self, tmp_path):
        table = [list(row) for row in rows(2025)]
        lines = [
            at for at, row in enumerate(table) if row[AT["journalcode"]] == "OD" and row[SIDES[0]].strip("0,")
        ]
        one, other = lines[0], lines[-1]
        for at, cents in ((one, 100), (other, -100)):
            whole, part = table[at][SIDES[0]].split(",")
            amount = int(whole) * 100 + int(part) + cents
            table[at][SIDES[0]] = f"{amount // 100},{amount % 100:02}"
        found = taken_from(put(tmp_path, {name(2025): text(table)}), today=TODAY)
        assert "entries_unbalanced" in found.notes()
        assert "entries do not balance, though the year does" in found.said("en")
