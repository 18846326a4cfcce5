"""Lists, limits and colours stand on every cell that asks for them, down to the last row."""

import re

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from addin.catalogue import catalogue

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
LAST_ROW = 1_048_576
FILLED_BY_RULE = {
    "list": ("status", "solidity", "forced"),
    "decimal": (
        "turnover",
        "turnover_1",
        "turnover_2",
        "potential",
        "potential_new",
        "days_late",
        "growth",
        "influence",
        "relationship",
        "orders",
        "open_amount",
        "overdue",
    ),
    "date": ("last_visit", "first_purchase", "last_purchase", "forced_until"),
}


def validations(package, sheet):
    return list(package.xml(package.sheets[sheet]).iter(f"{MAIN}dataValidation"))


def area_of(package, table, header):
    sheet, area, headers = package.tables()[table]
    left, top, _, _ = range_boundaries(area)
    return sheet, left + headers.index(header), top + 1


def covering(elements, column, row):
    """The elements whose range holds a cell."""
    found = []
    for element in elements:
        for area in element.get("sqref").split():
            left, top, right, bottom = range_boundaries(area)
            if left <= column <= right and top <= row <= bottom:
                found.append(element)
    return found


@pytest.mark.parametrize("table", ["Clients", "Prospects"])
@pytest.mark.parametrize(
    ("kind", "key"), [(kind, key) for kind, keys in FILLED_BY_RULE.items() for key in keys]
)
def test_account_columns_are_checked_from_the_first_row_to_the_last(package, language, table, kind, key):
    sheet, column, row = area_of(package, table, catalogue(language).header("accounts", key))
    for place in (row, LAST_ROW):
        (rule,) = covering(validations(package, sheet), column, place)
        assert rule.get("type") == kind
        assert rule.get("errorTitle")
        assert rule.get("error")


@pytest.mark.parametrize(
    ("table", "section", "keys"),
    [
        (
            "Criteria",
            "criteria",
            ("column", "applies_to", "weight", "scale", "better", "missing", "nature", "axis"),
        ),
        ("Scales", "scales", ("criterion", "points")),
        ("Classes", "classes", ("min_score", "share", "visits", "minutes", "answer_hours")),
        ("Gates", "gates", ("column", "condition", "best_class")),
        ("Settings", "settings", ("value",)),
        ("ImportColumns", "importcolumns", ("kind", "target", "known")),
    ],
)
def test_rule_tables_are_checked(package, language, table, section, keys):
    for key in keys:
        sheet, column, row = area_of(package, table, catalogue(language).header(section, key))
        assert len(covering(validations(package, sheet), column, row)) == 1


def test_every_setting_but_free_text_is_checked(package, language):
    words = catalogue(language)
    free = {"currency", "working_hours", "working_days", "country"}
    sheet, column, row = area_of(package, "Settings", words.header("settings", "value"))
    for offset, key in enumerate(words.headers("setting_names")):
        assert len(covering(validations(package, sheet), column, row + offset)) == (key not in free)


def test_codes_and_company_numbers_are_text_down_to_the_last_row(package, language):
    for key in ("account", "postcode", "company_no"):
        sheet, column, row = area_of(package, "Clients", catalogue(language).header("accounts", key))
        ignored = [
            element
            for element in package.xml(package.sheets[sheet]).iter(f"{MAIN}ignoredError")
            if element.get("numberStoredAsText") == "1"
        ]
        for place in (row, LAST_ROW):
            assert len(covering(ignored, column, place)) == 1


def test_a_person_may_send_a_column_anywhere_and_is_told_what_there_is(package, language):
    words = catalogue(language)
    sheet, column, row = area_of(package, "ImportColumns", words.header("importcolumns", "target"))
    (rule,) = covering(validations(package, sheet), column, row)
    assert rule.get("type", "none") == "none"
    assert len(rule.get("promptTitle")) <= 32
    assert len(rule.get("prompt")) <= 255
    answers = [words.word("row_answer", key) for key in ("counts", "left_out", "credit_note", "payment")]
    for word in (words.header("accounts", "turnover"), *answers):
        assert word in rule.get("prompt")
    note = words.text("template", "notes", "importcolumns", "target")
    roles, of_words = words.surface("fields")["roles"].values(), words.words("row_answer").values()
    assert not [word for word in (*roles, *of_words) if word not in note]


def test_of_the_columns_of_accounts_only_the_class_by_score_is_hidden(package, language):
    held = catalogue(language).header("accounts", "held")
    for table in ("Clients", "Prospects"):
        sheet, column, _ = area_of(package, table, held)
        widths = package.xml(package.sheets[sheet]).iter(f"{MAIN}col")
        hidden = [(int(col.get("min")), int(col.get("max"))) for col in widths if col.get("hidden") == "1"]
        assert hidden == [(column, column)]


def test_classes_are_coloured_wherever_they_stand(package, language):
    words = catalogue(language)
    places = [
        ("Clients", words.header("accounts", key))
        for key in ("class", "held", "computed", "previous", "forced")
    ]
    places += [("History", words.header("history", "class")), ("Gates", words.header("gates", "best_class"))]
    for table, header in places:
        sheet, column, row = area_of(package, table, header)
        formats = list(package.xml(package.sheets[sheet]).iter(f"{MAIN}conditionalFormatting"))
        formulas = [
            rule.findtext(f"{MAIN}formula")
            for element in covering(formats, column, LAST_ROW)
            for rule in element.iter(f"{MAIN}cfRule")
        ]
        here = f"{get_column_letter(column)}{row}"
        assert f'{here}="?"' in formulas
        assert {f'AND({here}<>"",INDEX(ClassLetters,{place})={here})' for place in range(1, 7)} <= set(
            formulas
        )


def test_the_class_colours_darken_with_the_class_and_are_bold(package):
    differences = package.xml("xl/styles.xml").find(f"{MAIN}dxfs")
    sheet = next(iter(package.tables()["Clients"][:1]))
    fills = {}
    for rule in package.xml(package.sheets[sheet]).iter(f"{MAIN}cfRule"):
        match = re.fullmatch(
            r'AND\(\w+<>"",INDEX\(ClassLetters,(\d)\)=\w+\)', rule.findtext(f"{MAIN}formula") or ""
        )
        if match:
            look = differences[int(rule.get("dxfId"))]
            fills[int(match[1])] = look.find(f"{MAIN}fill").find(f".//{MAIN}bgColor").get("rgb")
            assert look.find(f"{MAIN}font").find(f"{MAIN}b") is not None
    light = [sum(int(fills[place][i : i + 2], 16) for i in (2, 4, 6)) for place in range(1, 7)]
    assert light == sorted(light)
    assert len(set(light)) == 6


def test_no_table_reference_stands_where_excel_forbids_it(package):
    places = [
        formula.text
        for part in package.sheets.values()
        for element in package.xml(part).iter(f"{MAIN}dataValidation", f"{MAIN}cfRule", f"{X14}cfRule")
        for formula in element.iter()
        if formula.text and formula.text.strip()
    ]
    places += [
        formula.text
        for name, part in package.parts.items()
        if name.startswith("xl/charts/chart")
        for formula in package.xml(name).iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}f")
        if part
    ]
    assert places
    for text in places:
        assert "[" not in text
        assert not text.startswith("=")


def test_list_literals_and_messages_fit_into_excel(package):
    for sheet in package.sheets:
        for rule in validations(package, sheet):
            if rule.get("prompt"):
                continue
            assert len(rule.findtext(f"{MAIN}formula1")) <= 257
            assert len(rule.get("errorTitle")) <= 32
            assert len(rule.get("error")) <= 255
            assert not (rule.findtext(f"{MAIN}formula1") or "").startswith('"=')


def test_formulas_use_only_functions_that_every_excel_since_2016_has(package):
    # None that counts by a criterion: a class called A* would be a pattern to it.
    known = {"ABS", "HYPERLINK", "IF", "IFERROR", "INDEX", "ROWS", "SUM", "SUMPRODUCT", "TEXT"}
    # The card of the call desk; MATCH looks for numbers there.
    known |= {
        "AND",
        "CHOOSE",
        "COUNT",
        "FIND",
        "INT",
        "ISNUMBER",
        "LEFT",
        "LEN",
        "LOWER",
        "MATCH",
        "MAX",
        "MID",
    }
    known |= {"MID", "MIN", "NOW", "OR", "RIGHT", "ROUND", "ROW", "SUBSTITUTE", "TRIM"}
    known |= {"INDIRECT", "MEDIAN"}  # the live points of a workshop, each on a sheet of its own
    used = {
        name
        for sheet in package.sheets
        for formula in package.formulas(sheet).values()
        for name in re.findall(r"([A-Z][A-Z.0-9]+)\(", re.sub(r'"[^"]*"', '""', formula))
    }
    assert used <= known
