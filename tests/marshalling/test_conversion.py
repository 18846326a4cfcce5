"""What formulas ask Python for, through xlwings' own code: values in, values out, faults as sentences."""

import dataclasses
import datetime as dt
import re

import pytest
from marshalling.conftest import answered, refreshed, tables
from support.books import TODAY, Tables
from support.marshalling import EMPTY_ARGUMENT, ERRORS, WorkerError, com_arguments

from addin.catalogue import catalogue
from addin.refresh.located_faults import fault_line
from addin.refresh.score_tables import score_answers
from addin.workbook.formulas import ANSWER_FIELDS
from addin.workbook.port import CellError

WIDTH = len(ANSWER_FIELDS)


def asked(python, arguments):
    return python.call_udf("addin.functions", "score_portfolio", arguments)


def scored(python, found, given=(), currency=()):
    """What the formulas get: a mapping from code to the results."""
    rows = asked(python, com_arguments(found, given, currency))
    assert rows[0] == ["ok", *[""] * (WIDTH - 1)]
    assert {len(row) for row in rows} == {WIDTH}
    assert all(isinstance(cell, str | float) for row in rows for cell in row)
    return {row[0]: tuple(cell if cell != "" else None for cell in row[1:]) for row in reversed(rows[1:])}


def fault(python, arguments):
    """The sentence by which Python declines."""
    rows = asked(python, arguments)
    assert rows[0][0] == "fault"
    assert rows[1:] == [[""] * WIDTH]
    assert rows[0][2:] == [""] * (WIDTH - 2)
    return rows[0][1]


def named(found, name):
    return next(table for table in found if table.name == name)


def with_cells(table, header, values):
    at = table.headers.index(header)
    columns = [list(column) for column in table.columns]
    columns[at] = list(values)
    return dataclasses.replace(table, columns=tuple(columns))


# ------------------------------------------------------------------------ answers


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_answers_are_those_of_a_refresh(python, demo, language):
    found = tables(demo(language))
    assert scored(python, found) == refreshed(found)
    assert len(refreshed(found)) > 320


@pytest.mark.parametrize("language", ["en", "fr"])
def test_currency_formats_change_no_answer(python, demo, language):
    found = tables(demo(language))
    turnover = [
        header for header in named(found, "Clients").headers if re.search(r"Turnover|CA\b|Chiffre", header)
    ]
    assert turnover
    rounded = [
        dataclasses.replace(
            table,
            columns=tuple(
                [
                    round(cell, 4) if header in turnover and isinstance(cell, float) else cell
                    for cell in column
                ]
                for header, column in zip(table.headers, table.columns, strict=True)
            ),
        )
        for table in found
    ]
    assert scored(python, found, currency=(*turnover, "Weight", "Poids")) == refreshed(rounded)


def test_cells_of_every_kind_arrive_as_in_a_file(python):
    book = Tables()
    rows = [
        {"account": "A", "status": "Client", "turnover_1": 1000.0, "last_visit": dt.datetime(2026, 5, 4)},
        {"account": 1001.0, "status": "Client", "turnover_1": "1 234,50 €", "turnover_2": True},
        {"account": "B", "status": "Client", "turnover_1": CellError("#N/A"), "turnover_2": "no idea"},
        {"account": " C ", "status": "Client", "turnover_1": 12.5},
        {"account": CellError("#REF!"), "status": "Client"},
        {"account": None, "status": "Client", "turnover_1": 3.0},
    ]
    found = book.rows("Clients", rows).list()
    expected = answered(score_answers(found, TODAY)[0])
    assert set(expected) == {"A", "1001", "B", "C"}
    assert scored(python, found) == expected
    assert refreshed(found) == expected


def test_empty_texts_are_empty_cells(python, small):
    arguments = com_arguments(tables(small("en")))
    places, *blocks = arguments
    emptied = [
        tuple(tuple("" if cell is None else cell for cell in row) for row in block) for block in blocks
    ]
    assert emptied != blocks
    assert asked(python, [places, *emptied]) == asked(python, arguments)


def test_times_of_pywin32_have_a_time_zone(python, small):
    found = tables(small("en"))
    arguments = com_arguments(found)

    def zoned(cell):
        return cell.replace(tzinfo=dt.UTC) if isinstance(cell, dt.datetime) else cell

    moved = [arguments[0], *[tuple(tuple(map(zoned, row)) for row in block) for block in arguments[1:]]]
    assert moved != arguments
    assert asked(python, moved) == asked(python, arguments)


# -------------------------------------------------------------------------- shapes


def test_one_account_is_still_rows(python):
    found = Tables().rows("Clients", [{"account": "A", "status": "Client", "turnover_1": 5.0}]).list()
    rows = asked(python, com_arguments(found))
    assert len(rows) == 2
    assert rows[1][0] == "A"


def test_no_account_is_rows_too(python):
    assert asked(python, com_arguments(Tables().list())) == [["ok", "", "", "", ""], [""] * 5]


def test_a_table_of_headers_only_has_no_accounts(python):
    found = Tables().list()
    arguments = com_arguments(found)
    arguments[1] = arguments[1][:1]
    assert asked(python, arguments) == [["ok", "", "", "", ""], [""] * 5]


@pytest.mark.parametrize(
    "block",
    [
        5.0,
        "text",
        None,
        True,
        ERRORS["#REF!"],
        ((1.0,),),
        ((1.0,), (2.0,)),
        ((1.0, 2.0),),
        (1.0, 2.0),
        ((None,),),
    ],
    ids=["number", "text", "empty", "bool", "error", "cell", "column", "row", "array", "empty cell"],
)
def test_what_is_no_table_of_ours_is_a_fault_and_no_wrong_number(python, small, block):
    """One cell comes alone, not in rows; and a block without our headers is none of our tables."""
    arguments = com_arguments(tables(small("en")), given=[((None,),)])
    arguments[-1] = block
    assert fault(python, arguments).endswith("of an account sheet.")


def test_a_table_with_a_header_mistyped_is_a_fault(python, small):
    found = tables(small("fr"))
    criteria = named(found, "Criteria")
    headers = tuple("Pids" if header == "Poids" else header for header in criteria.headers)
    block = (headers, *zip(*criteria.columns, strict=True))
    said = fault(python, com_arguments(found, given=[block]))
    assert said == catalogue("fr").text("ribbon", "unknown_table", table="?")


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("en", "The table given to the formula, D2 counted from its first header: "),
        ("fr", "Le tableau donné à la formule, D2 "),
    ],
)
def test_a_fault_of_rows_that_stand_on_no_sheet_is_placed_within_them(python, small, language, place):
    found = tables(small(language))
    criteria = named(found, "Criteria")
    rows = [list(row) for row in zip(*criteria.columns, strict=True)]
    rows[0][criteria.headers.index({"en": "Weight", "fr": "Poids"}[language])] = -5.0
    block = (criteria.headers, *map(tuple, rows))
    assert fault(python, com_arguments(found, given=[block])).startswith(place)


def test_an_argument_left_out_in_the_middle_is_no_table(python, small):
    arguments = com_arguments(tables(small("en")), given=[((None,),)])
    arguments[-1] = EMPTY_ARGUMENT
    assert fault(python, arguments).endswith("of an account sheet.")


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            r"The weight of criterion Turnover is -5\. Weights are 0 or more\. Type a weight of 0 .+\.",
        ),
        ("fr", r"Le poids du critère CA est -5\. Un poids est de 0 ou plus\. Saisissez un poids de 0 .+\."),
    ],
)
def test_a_faulty_model_is_one_sentence_in_the_language_of_the_workbook(python, small, language, sentence):
    found = tables(small(language))
    criteria = named(found, "Criteria")
    at = next(i for i, header in enumerate(criteria.headers) if header in ("Weight", "Poids"))
    weights = [-5.0, *criteria.columns[at][1:]]
    faulty = [
        with_cells(table, table.headers[at], weights) if table is criteria else table for table in found
    ]
    said = fault(python, com_arguments(faulty))
    columns, findings = score_answers(list(faulty), TODAY)
    assert not columns
    assert said == fault_line(findings[0], catalogue(language))
    assert re.fullmatch(rf"\S+!D8\s?: {sentence}", said)
    assert "Traceback" not in said
    assert "\n" not in said


def test_a_failure_within_is_a_kind_and_the_path_of_the_log(python, small):
    arguments = com_arguments(tables(small("en")))
    python.exec("""
kept = addin.functions.answers
def fails(*_):
    raise ZeroDivisionError("a secret of the code")
addin.functions.kept, addin.functions.answers = kept, fails
""")
    try:
        said = fault(python, arguments)
    finally:
        python.exec("addin.functions.answers = addin.functions.kept")
    assert said == f"ZeroDivisionError: {python.log}"
    assert "a secret of the code" in python.log.read_text()
    assert asked(python, arguments)[0][0] == "ok"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [((None,),)],
        [5.0],
        ["text"],
        [(("Clients", "Clients", 1.0, 1.0, False),)],
        [(("Clients", "Clients", 1.0, 1.0, False),), ((1.0,),), ((2.0,),)],
        [(("Clients", "Clients", "x", 1.0, False),), (("Account", "Score", "Class"),)],
    ],
    ids=["nothing", "empty", "number", "text", "too few", "too many", "no row"],
)
def test_arguments_that_no_workbook_gives_do_not_pass_the_border(python, arguments):
    if not arguments:
        with pytest.raises(WorkerError, match="missing 1 required positional argument: 'places'"):
            asked(python, arguments)
        return
    assert fault(python, arguments).endswith(f": {python.log}")


# --------------------------------------------------------------------- declarations


def test_every_hint_and_option_is_one_that_xlwings_resolves(python):
    names = python.exec("""
import inspect
from xlwings import conversion
result = []
for name, member in vars(addin.functions).items():
    declared = getattr(member, "__xlfunc__", None)
    if declared is None:
        continue
    result.append(name)
    assert not inspect.iscoroutinefunction(member)
    assert declared["volatile"] is False, name
    for place in (*declared["args"], declared["ret"]):
        options = place["options"]
        convert = options.get("convert")
        accessor = conversion.accessors.get(convert, convert)
        assert accessor is not None or convert is None, (name, place)
        assert accessor is None or hasattr(accessor, "reader"), (name, place)
        known = {"convert", "ndim", "err_to_str", "index", "header", "empty", "dates", "numbers", "expand"}
        assert options.keys() <= known, (name, place)
        assert "expand" not in options, "a legacy of before the spilling arrays"
""")
    assert names == ["score_portfolio"]


def test_the_formulas_are_for_cells_not_for_the_function_wizard(python):
    assert python.exec("result = addin.functions.score_portfolio.__xlfunc__['call_in_wizard']") is False
