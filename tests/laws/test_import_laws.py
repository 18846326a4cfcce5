"""Laws of an import: what holds for all files, in whatever order, parts and writing they come."""

import dataclasses
from collections import Counter
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from laws.exports import (
    ACCOUNTS,
    LEDGER,
    OPENINGS,
    TODAY,
    UNITS_OF_A_CENT,
    VISITS,
    Style,
    after,
    any_accounts,
    any_book,
    any_ledger,
    any_sheet,
    any_style,
    any_visits,
    changes_of,
    counted,
    fec,
    fec_name,
    opening,
    planned,
    put,
    said,
    sales,
    told,
    units,
    workbook,
)

from addin.catalogue import catalogue
from addin.imports.importing import Options, look_at, plan_import
from addin.refusals import Refusal
from scoring.books.periods import last_months

# Drawn from seeds: a choice of hypothesis for each cell would take most of the time. A seed does not shrink.
few = settings(max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
seeds = st.integers(0, 2**32)
ledgers = st.builds(any_ledger, st.integers(0, 12), seeds)
exports = st.builds(any_accounts, st.integers(0, 12), seeds)
styles = st.builds(any_style, seeds)
sheets = st.builds(any_sheet, st.integers(0, 6), seeds)
fewer = settings(few, max_examples=5)
books = st.builds(any_book, st.integers(1, 12), seeds)
years = st.tuples(
    *(st.builds(any_book, st.integers(1, 6), seeds, st.just(year)) for year in (2023, 2024, 2025))
)
TURNOVERS = ("turnover", "turnover_1", "turnover_2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


def shuffled(items, random):
    return random.sample(items, len(items))


def parts(items, random, n_parts):
    """The items cut in some places, in their order; a part may be empty."""
    cuts = sorted(random.randint(0, len(items)) for _ in range(n_parts - 1))
    return [items[start:end] for start, end in zip([0, *cuts], [*cuts, len(items)], strict=True)]


def named(contents):
    return [(f"part {place}.csv", content) for place, content in enumerate(contents)]


def same(left, right):
    assert told(left) == told(right)
    assert counted(left) == counted(right)


def column(tables, name):
    """Cells of a column of the sheet Clients, by account."""
    headers = list(catalogue("fr").headers("accounts"))
    cells = tables[0].columns
    return dict(zip(cells[0], cells[headers.index(name)], strict=True))


# Invoices --------------------------------------------------------------------------------------------


@few
@given(ledgers, sheets, st.lists(styles, min_size=3, max_size=3), st.randoms())
def test_the_order_of_lines_and_of_files_of_invoices_changes_nothing(folder, rows, sheet, ways, random):
    tables, files = workbook(sheet), parts(rows, random, 3)
    straight = put(folder, *named(way.text(LEDGER, part) for way, part in zip(ways, files, strict=True)))
    mixed = [shuffled(part, random) for part in files]
    other = put(folder, *named(way.text(LEDGER, part) for way, part in zip(ways, mixed, strict=True)))
    same(planned(tables, straight, "ledger"), planned(tables, shuffled(other, random), "ledger"))


@few
@given(ledgers, sheets, styles, st.randoms())
def test_a_ledger_in_parts_gives_the_same_as_the_whole(folder, rows, sheet, way, random):
    tables = workbook(sheet)
    whole = put(folder, ("whole.csv", way.text(LEDGER, rows)))
    split = put(folder, *named(way.text(LEDGER, part) for part in parts(rows, random, random.choice([2, 3]))))
    same(planned(tables, whole, "ledger"), planned(tables, split, "ledger"))


@few
@given(ledgers, styles)
def test_lines_read_are_those_used_and_those_set_aside_to_the_cent(folder, rows, way):
    done = planned(workbook(), put(folder, ("a.csv", way.text(LEDGER, rows))), "ledger")
    report, used = done.reports[0], [row for row in rows if "why" not in row]
    assert report.n_read == len(rows) == report.n_used + report.n_aside
    assert report.by_reason == Counter(row["why"] for row in rows if "why" in row)
    assert report.units_read == sum(map(units, rows)) == report.units_used + report.units_aside
    assert report.units_used == sum(map(units, used))
    periods = last_months(TODAY)
    for place, name in enumerate(TURNOVERS):
        sold = sum(units(row) for row in used if periods.start(place) <= row["date"] <= periods.ends[place])
        if name in done.merged.totals:
            assert done.merged.totals[name] == (0.0, sold / UNITS_OF_A_CENT / 100)


@few
@given(ledgers, sheets, styles, styles)
def test_the_way_in_which_a_ledger_is_written_changes_nothing(folder, rows, sheet, one, other):
    tables = workbook(sheet)
    files = [put(folder, ("a.csv", way.text(LEDGER, rows))) for way in (one, other)]
    same(*(planned(tables, paths, "ledger") for paths in files))


@few
@given(ledgers, sheets, styles)
def test_months_may_come_first_where_a_line_tells(folder, rows, sheet, way):
    tables, american = workbook(sheet), dataclasses.replace(way, dates="%m/%d/%Y")
    files = [put(folder, ("a.csv", each.text(LEDGER, rows))) for each in (way, american)]
    same(*(planned(tables, paths, "ledger") for paths in files))


@few
@given(ledgers, sheets, styles)
def test_importing_invoices_again_changes_nothing(folder, rows, sheet, way):
    tables, paths = workbook(sheet), put(folder, ("a.csv", way.text(LEDGER, rows)))
    first = planned(tables, paths)
    second = planned(after(tables, first), paths)
    assert not second.changes_accounts
    assert not changes_of(second).columns
    assert not changes_of(second).rows
    assert counted(second) == counted(first)


@few
@given(ledgers, styles, seeds)
def test_a_stray_quotation_mark_swallows_no_line(folder, rows, way, seed):
    random, whole = Random(seed), [row for row in rows if "beyond" not in row]
    lines = way.text(LEDGER, whole).decode(way.encoding).split(way.newline)
    place = random.randrange(1, len(lines) - 1)
    cells = lines[place].split(way.delimiter)
    at = random.choice([at for at, cell in enumerate(cells) if '"' not in cell] or [0])
    cells[at] = random.choice(['"{}', '{}"', '"a" {}']).format(cells[at].strip('"'))
    lines[place] = way.delimiter.join(cells)
    content = way.newline.join(lines).encode(way.encoding)
    try:
        report = planned(workbook(), put(folder, ("a.csv", content)), "ledger").reports[0]
    except Refusal as refusal:
        if refusal.code != "import_unknown_words":
            raise
        return  # the mark stands in a word that says what its row is: that is asked
    assert report.n_read == len(whole) == report.n_used + report.n_aside
    assert report.units_read == report.units_used + report.units_aside


# Accounts and visits ---------------------------------------------------------------------------------


@few
@given(exports, sheets, styles, st.randoms())
def test_the_order_of_rows_and_of_files_of_accounts_changes_nothing(folder, rows, sheet, way, random):
    tables, files = workbook(sheet), parts(rows, random, 2)
    straight = put(folder, *named(way.text(ACCOUNTS, part) for part in files))
    other = put(folder, *named(way.text(ACCOUNTS, shuffled(part, random)) for part in files))
    same(planned(tables, straight, "accounts"), planned(tables, other[::-1], "accounts"))


@few
@given(exports, sheets, styles, styles, st.randoms())
def test_accounts_in_parts_and_in_another_writing_give_the_same(folder, rows, sheet, way, another, random):
    tables = workbook(sheet)
    whole = put(folder, ("whole.csv", way.text(ACCOUNTS, rows)))
    split = put(folder, *named(another.text(ACCOUNTS, part) for part in parts(rows, random, 2)))
    same(planned(tables, whole, "accounts"), planned(tables, split, "accounts"))


@few
@given(exports, sheets, st.sets(st.sampled_from(list(ACCOUNTS)[1:])))
def test_what_is_kept_stays_where_it_is_filled_in_and_gives_way_where_it_is_not(folder, rows, sheet, kept):
    tables, paths = workbook(sheet), put(folder, ("a.csv", Style().text(ACCOUNTS, rows)))
    keep = [catalogue("fr").header("accounts", name) for name in kept]
    free, held = (after(tables, planned(tables, paths, "accounts", keep=names)) for names in ((), keep))
    for name in ACCOUNTS:
        before, over, under = (column(each, name) for each in (tables, free, held))
        for code, cell in over.items():
            stays = name in kept and before.get(code) is not None
            assert under[code] == (before[code] if stays else cell)


@few
@given(exports, sheets, st.sets(st.sampled_from(list(ACCOUNTS)[1:])))
def test_an_empty_cell_clears_nothing(folder, rows, sheet, blank):
    tables = workbook(sheet)
    emptied = [row | dict.fromkeys(blank, "") for row in rows]
    full, less = (
        after(tables, planned(tables, put(folder, ("a.csv", Style().text(ACCOUNTS, each))), "accounts"))
        for each in (rows, emptied)
    )
    for name in ACCOUNTS:
        before = {code: cell for code, cell in column(tables, name).items() if cell is not None}
        assert None not in [column(full, name)[code] for code in before]
        if name in blank:
            assert {code: column(less, name)[code] for code in before} == before


@few
@given(exports, sheets, styles)
def test_importing_accounts_again_changes_nothing(folder, rows, sheet, way):
    tables, paths = workbook(sheet), put(folder, ("a.csv", way.text(ACCOUNTS, rows)))
    second = planned(after(tables, planned(tables, paths)), paths)
    assert not second.changes_accounts
    assert not changes_of(second).rows


@few
@given(st.builds(any_visits, st.integers(0, 12), seeds), sheets, styles, st.randoms())
def test_visits_are_the_same_in_any_order_and_parts(folder, rows, sheet, way, random):
    tables = workbook(sheet)
    whole = planned(tables, put(folder, ("visits.csv", way.text(VISITS, rows))), "visits")
    mixed = parts(shuffled(rows, random), random, 2)
    split = planned(tables, put(folder, *named(way.text(VISITS, part) for part in mixed)), "visits")
    assert told(whole) == told(split)
    counts = [[report.n_read, report.n_used, report.n_aside] for report in split.reports]
    assert [whole.reports[0].n_read, whole.reports[0].n_used, whole.reports[0].n_aside] == [
        sum(each) for each in zip(*counts, strict=True)
    ]
    assert whole.reports[0].n_read == len(rows) == whole.reports[0].n_used + whole.reports[0].n_aside


# Entries ---------------------------------------------------------------------------------------------


def three_files(folder, three):
    return put(folder, *((fec_name(2023 + place), fec(lines)) for place, lines in enumerate(three)))


@fewer
@given(years)
def test_clients_and_not_assigned_are_the_sales_of_a_fec_to_the_cent(folder, three):
    done = planned(workbook(), three_files(folder, three))
    cells = after(workbook(), done)
    for report, lines, name in zip(done.reports, three, reversed(TURNOVERS), strict=True):
        assert report.n_read == report.n_used == len(lines)
        assert report.units_read == sales(lines) == report.units_used + report.units_aside
        cents = sum(round(cell * 100) for cell in column(cells, name).values() if cell is not None)
        assert cents * UNITS_OF_A_CENT == report.units_used


@fewer
@given(years, sheets, st.randoms())
def test_the_order_of_lines_and_of_files_of_fec_changes_nothing(folder, three, sheet, random):
    tables, straight = workbook(sheet), three_files(folder, three)
    other = three_files(folder, [shuffled(lines, random) for lines in three])
    same(planned(tables, straight), planned(tables, shuffled(other, random)))


@fewer
@given(books, sheets, st.randoms())
def test_a_fec_in_parts_of_one_name_gives_the_same_as_the_whole(folder, lines, sheet, random):
    tables, split = workbook(sheet), parts(lines, random, 2)
    whole = planned(tables, put(folder, (fec_name(2025), fec(lines))))
    paths = put(folder, *((fec_name(2025), fec(part)) for part in split))
    same(whole, planned(tables, paths))
    same(whole, planned(tables, paths[::-1]))


@fewer
@given(years, sheets)
def test_importing_fec_again_changes_nothing(folder, three, sheet):
    tables, paths = workbook(sheet), three_files(folder, three)
    second = planned(after(tables, planned(tables, paths)), paths)
    assert not second.changes_accounts
    assert not changes_of(second).rows


def sold(done):
    """What the reports say of sales, and the turnover of the accounts that have any."""
    cells = after(workbook(), done)
    sales = [(one.units_read, one.units_used, one.units_aside) for one in done.reports]
    columns = [column(cells, name) for name in TURNOVERS]
    return sales, [{code: cell for code, cell in each.items() if cell} for each in columns]


@fewer
@given(years, st.sampled_from(OPENINGS))
def test_an_opening_added_to_a_year_changes_no_sales(folder, three, called):
    first, second, third = three
    opened = [first, [*opening(first, called, 2024), *second], third]
    assert sold(planned(workbook(), three_files(folder, opened))) == sold(
        planned(workbook(), three_files(folder, three))
    )


@fewer
@given(books, st.sampled_from(OPENINGS))
def test_an_opening_leaves_what_each_client_owes(folder, lines, called):
    first = [cells for cells in lines if cells[0] != "AN"]
    second = opening(first, called, 2026)
    if not any(cells[6] for cells in second):
        return
    alone, both = (
        after(workbook(), planned(workbook(), put(folder, *files)))
        for files in (
            [(fec_name(2025), fec(first))],
            [(fec_name(2025), fec(first)), (fec_name(2026), fec(second))],
        )
    )
    assert column(both, "open_amount") == column(alone, "open_amount")


# Blocks ----------------------------------------------------------------------------------------------

LONGEST_ROW = 300
"""Bytes, more than any row of these files has: a row is never longer than what is in memory at a time."""


def in_blocks(tables, paths, size, kind=None):
    """Look at files as ever, and read them in blocks of some bytes."""
    recognition = look_at(tables, paths, TODAY, Options(kind))
    for file in recognition.files:
        file.source.block = size
    return plan_import(recognition)


def unmoved(tables, paths, size, kind=None):
    whole, pieces = planned(tables, paths, kind), in_blocks(tables, paths, size, kind)
    same(whole, pieces)
    assert said(whole) == said(pieces)


sizes = st.integers(LONGEST_ROW, 3 * LONGEST_ROW)


@few
@given(ledgers, sheets, styles, sizes)
def test_the_blocks_in_which_invoices_are_read_change_nothing(folder, rows, sheet, way, size):
    lined = [row | {"name": "Two\nlines"} if row.get("name") == "" else row for row in rows]
    unmoved(workbook(sheet), put(folder, ("a.csv", way.text(LEDGER, lined))), size, "ledger")


@few
@given(exports, sheets, styles, sizes)
def test_the_blocks_in_which_accounts_are_read_change_nothing(folder, rows, sheet, way, size):
    unmoved(workbook(sheet), put(folder, ("a.csv", way.text(ACCOUNTS, rows))), size, "accounts")


@fewer
@given(books, sheets, sizes)
def test_the_blocks_in_which_a_fec_is_read_change_nothing(folder, lines, sheet, size):
    unmoved(workbook(sheet), put(folder, (fec_name(2025), fec(lines))), size)


# Single files that broke a law -------------------------------------------------------------------------

HEAD = "Account;Name;Invoice date;Amount\n"


def ledger(folder, lines):
    return put(folder, ("a.csv", (HEAD + lines).encode()))


def test_a_file_with_tabs_may_have_all_its_cells_quoted(folder):
    lines = '"Account"\t"Invoice date"\t"Amount"\n"C1"\t"2026-01-31"\t"10.00"\n'
    done = planned(workbook(), put(folder, ("a.csv", lines.encode())))
    assert done.reports[0].n_used == 1


@pytest.mark.parametrize(
    "lines",
    [
        'C1;"Bon Coin;31/01/2026;10,00\nC1;"Bon Coin;31/01/2026;20,00\n',
        'C1;"Bon Coin;31/01/2026;10,00\nC3;Y;31/01/2026;7,00\nC2;"X";31/01/2026;5,00\n',
    ],
)
def test_a_quotation_mark_that_does_not_close_swallows_no_line(folder, lines):
    report = planned(workbook(), ledger(folder, lines), "ledger").reports[0]
    assert report.n_read == report.n_used + report.n_aside == lines.count("\n")


def test_two_stray_quotation_marks_swallow_no_line(folder):
    lines = 'C1;"Bon Coin;31/01/2026;10,00\nC2;Le bon";31/01/2026;5,00\n'
    report = planned(workbook(), ledger(folder, lines), "ledger").reports[0]
    assert report.n_read == 2


def test_a_row_of_empty_cells_counts_the_same_wherever_a_block_ends(folder):
    lines = "C1;X;31/01/2026;5,00\n;;;\n" + "C1;X;31/01/2026;5,00;too;many\n" * 20
    paths = ledger(folder, lines)
    assert counted(planned(workbook(), paths)) == counted(in_blocks(workbook(), paths, 100))


def test_two_decimal_marks_in_a_column_are_refused_wherever_a_block_ends(folder):
    lines = "C1;X;25/05/2026;10,50\n" * 20 + "C2;Y;25/03/2026;10.50\nC2;Y;25/03/2026;1,234\n"
    paths = ledger(folder, lines)
    for read in (lambda: planned(workbook(), paths), lambda: in_blocks(workbook(), paths, 100)):
        with pytest.raises(Refusal, match="import_mixed_marks"):
            read()


def test_of_two_spellings_no_file_decides(folder):
    texts = [f"Account;Rep\nC1;{rep}\n".encode() for rep in ("Bob", "bob")]
    one, other = (
        planned(workbook(language="en"), put(folder, *named(order)), "accounts")
        for order in (texts, texts[::-1])
    )
    assert told(one) == told(other)
