"""Text exports are read row by row with the right line, whatever wrote them."""

import pytest
from imports.harness import lines, put, sentences, taken, taken_from

from addin.imports.files.text_file import TextFile
from addin.refusals import Refusal

ROWS = [["Code client", "Nom", "CA N"], ["00123", "Café Élan", "1 234,56"], ["00124", "Œuvre", "2,50"]]
LEDGER = ["Account", "Name", "Invoice date", "Amount"]


def bad(code):
    """A row that is set aside, so that its line is told."""
    return [code, "x", "no date", "1"]


def good(code, name="n"):
    return [code, name, "2026-06-30", "10"]


@pytest.mark.parametrize("sign", [";", "\t", "|", ","], ids=["semicolon", "tab", "bar", "comma"])
def test_any_of_four_separators_is_found(tmp_path, sign):
    rows = [[f'"{cell}"' if sign in cell else cell for cell in row] for row in ROWS]
    found = taken(tmp_path, lines(*rows, sign=sign))
    assert found["00123"]["name"] == "Café Élan"
    assert found.column("turnover") == {"00123": 1234.56, "00124": 2.5}


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("iso8859-15", "ISO 8859-15"),
    ],
)
def test_any_encoding_is_found_and_said(tmp_path, encoding, said):
    found = taken(tmp_path, lines(*ROWS).encode(encoding))
    assert found.targets()["Code client"] == "account"  # a mark of byte order is no part of the header
    assert found.column("name") == {"00123": "Café Élan", "00124": "Œuvre"}
    assert said in found.said()


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_is_read_in_either_order_of_its_bytes(tmp_path, order):
    mark = "\ufeff"
    found = taken(tmp_path, (mark + lines(*ROWS)).encode(f"utf-16-{order}"))
    assert found["00124"]["name"] == "Œuvre"


@pytest.mark.parametrize(("encoding", "sign"), [("iso8859-15", b"\xa4"), ("cp1252", b"\x80")])
def test_the_euro_sign_is_one_in_either_code_page(tmp_path, encoding, sign):
    content = lines(["Account", "Name"], ["A", "Tout à 1 €"]).encode(encoding)
    assert sign in content
    assert taken(tmp_path, content)["A"]["name"] == "Tout à 1 €"


@pytest.mark.parametrize(("last", "encoding"), [("Œuvre", "cp1252"), ("Été", "iso8859-15"), ("x", "utf-8")])
def test_one_late_byte_decides_the_encoding_of_the_whole_file(tmp_path, last, encoding):
    rows = [[f"C{n}", "plain", n] for n in range(100)]
    content = lines(["Account", "Name", "Turnover"], *rows, ["Z", last, 1]).encode(encoding)
    (path,) = put(tmp_path, {"export.csv": content})
    for block in (len(content), 256):
        assert TextFile(path, block=block).encoding.name == encoding
    assert taken_from([path], block=256)["Z"]["name"] == last


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
def test_lines_end_in_any_way_and_are_counted_alike(tmp_path, end):
    found = taken(tmp_path, lines(LEDGER, good("A"), bad("B"), good("C"), bad("D"), end=end))
    assert found.aside == [(3, "no_date"), (5, "no_date")]


def test_a_last_line_without_an_end_is_read(tmp_path):
    found = taken(tmp_path, lines(LEDGER, good("A"), good("B")).rstrip("\n"))
    assert found.report.n_read == 2


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_quoted_line_break_makes_no_row_and_lines_after_it_stay_right(tmp_path, end):
    content = lines(LEDGER, good("A", f'"two{end}lines"'), bad("B"), good("C", '"x;y"'), bad("D"), end=end)
    found = taken(tmp_path, content)
    assert found.report.n_read == 4
    assert found["A"]["name"] == "two lines"
    assert found["C"]["name"] == "x;y"
    assert found.aside == [(4, "no_date"), (6, "no_date")]


def test_a_header_may_run_over_two_lines(tmp_path):
    content = 'Account;Name;"Invoice\ndate";Amount\n' + lines(good("A"), bad("B"))
    found = taken(tmp_path, content)
    assert found.report.n_read == 2
    assert found.aside == [(4, "no_date")]


def test_doubled_quotation_marks_are_one(tmp_path):
    content = lines(["Account", "Name"], ["A", '"The ""Best"" Ltd"'], ["B", '"""quoted"""'])
    assert taken(tmp_path, content).column("name") == {"A": 'The "Best" Ltd', "B": '"quoted"'}


def test_a_stray_quotation_mark_that_never_closes_loses_no_row(tmp_path):
    rows = [[f"C{n:02}", "n", n] for n in range(150)]
    rows[20][1] = '"3 pipes'
    found = taken(tmp_path, lines(["Account", "Name", "Turnover"], *rows))
    assert found.report.n_used == 150
    assert found["C20"]["name"] == '"3 pipes'
    assert found["C21"]["turnover"] == 21.0


def test_an_inch_mark_within_a_name_is_a_sign_like_any_other(tmp_path):
    content = lines(
        ["Account", "Name", "Turnover"], ["A", '5" pipes', 1], ["B", '6" and 7"', 2], ["C", "x", 3]
    )
    found = taken(tmp_path, content)
    assert found.column("name") == {"A": '5" pipes', "B": '6" and 7"', "C": "x"}


def test_two_stray_quotation_marks_lose_no_row(tmp_path):
    rows = [["50", '"3 pipes', 5], ["51", "a", 6], ["52", '"4 pipes', 7], ["53", "b", 8]]
    found = taken(tmp_path, lines(["Account", "Name", "Turnover"], *rows))
    assert found.column("turnover") == {"50": 5.0, "51": 6.0, "52": 7.0, "53": 8.0}


def test_a_stray_quotation_mark_below_a_title_loses_no_row(tmp_path):
    rows = [["50", '"3 pipes', 5], ["51", "a", 6]]
    found = taken(tmp_path, lines(["Export of 30 June"], [], ["Account", "Name", "Turnover"], *rows))
    assert found.report.n_used == 2


def test_an_inch_mark_does_not_break_a_quoted_line_break_elsewhere(tmp_path):
    rows = [["A", '5" pipes', 1], ["B", '"two\nlines"', 2], ["C", "c", 3]]
    found = taken(tmp_path, lines(["Account", "Name", "Turnover"], *rows))
    assert found.column("turnover") == {"A": 1.0, "B": 2.0, "C": 3.0}


@pytest.mark.parametrize("row", ["A;Caf", '"A";"two\nlines Caf'], ids=["plain", "quoted"])
def test_a_file_cut_off_within_a_letter_is_read_or_refused(tmp_path, row):
    content = lines(["Account", "Name"], ["B", "Élan"]).encode() + row.encode() + b"\xc3"
    try:
        assert taken(tmp_path, content)["B"]
    except Refusal as refusal:
        sentences(refusal)


def test_empty_lines_are_no_rows_but_are_counted(tmp_path):
    found = taken(tmp_path, "\n" + lines(LEDGER) + "\n\n" + lines(bad("A")) + "   \n" + lines(bad("B")))
    assert found.report.n_read == 2
    assert found.aside == [(5, "no_date"), (7, "no_date")]


def test_rows_of_separators_alone_are_the_same_in_any_company(tmp_path):
    rows = lines(["Account", "Name", "Turnover"], ["A", "a", 1]) + ";;\n;;\n"
    alone = taken(tmp_path, rows).report
    beside = taken(tmp_path, rows + 'B;"two\nlines";2\n').report
    assert beside.n_read - alone.n_read == 1


def test_short_rows_end_with_empty_cells(tmp_path):
    found = taken(tmp_path, lines(["Account", "Name", "Turnover"], ["A"], ["B", "b"], ["C", "c", 3]))
    assert found.report.n_used == 3
    assert found.column("name") == {"B": "b", "C": "c"}
    assert found.column("turnover") == {"C": 3.0}


def test_rows_that_are_too_long_are_set_aside_with_their_line_and_width(tmp_path):
    content = lines(["Account", "Name", "Turnover"], ["A", "a", 1], ["B", "b", "c", 2], ["D", "d", 3])
    found = taken(tmp_path, content)
    assert found.aside == [(3, "too_many_cells")]
    assert found.column("turnover") == {"A": 1.0, "D": 3.0}
    assert "line 3: 4 cells, where the header has 3" in found.said("en")
    assert "ligne 3\u00a0: 4 cellules, alors que l’en-tête en a 3" in found.said("fr")


def test_trailing_separators_are_no_cells(tmp_path):
    rows = [["Account", "Name", "Turnover"], ["A", "a", "1;"], ["B", "b", "2;;;"], ["C", "c", 3]]
    assert taken(tmp_path, lines(*rows)).column("turnover") == {"A": 1.0, "B": 2.0, "C": 3.0}
    rows = [["Account", "Name", "Turnover;"], ["A", "a", "1;"], ["B", "b", "2"]]
    assert taken(tmp_path, lines(*rows)).column("turnover") == {"A": 1.0, "B": 2.0}


def test_of_two_columns_of_one_name_the_first_counts_and_that_is_said(tmp_path):
    found = taken(tmp_path, lines(["Account", "Turnover", "turnover", "Name"], ["A", 1, 2, "a"]))
    assert found["A"]["turnover"] == 1.0
    assert "twice" in found.guesses()
    assert "“turnover (2)”" in found.said("en") or "turnover (2)" in found.said("en")


def test_titles_above_the_header_are_passed_over(tmp_path):
    title = [["Ageing balance", "", ""], ["Printed on", "30/06/2026"], []]
    found = taken(tmp_path, lines(*title, LEDGER, good("A"), bad("B")))
    assert found.report.n_read == 2
    assert found.aside == [(6, "no_date")]
    assert "header in line 4" in found.said("en")


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "sep=;;;"])
def test_the_line_that_tells_excel_the_separator_is_no_header(tmp_path, first):
    found = taken(tmp_path, first + "\n" + lines(LEDGER, good("A"), bad("B")))
    assert found.aside == [(4, "no_date")]
    assert found.report.n_read == 2


def test_a_header_is_looked_for_in_the_first_20_lines(tmp_path):
    below = lines(LEDGER, good("A"))
    assert taken(tmp_path, lines(*[["title"]] * 19) + below)["A"]
    with pytest.raises(Refusal, match="import_of_no_kind"):
        taken(tmp_path, lines(*[["title"]] * 20) + below)


def test_leading_zeros_of_codes_are_kept_in_every_row(tmp_path):
    codes = ["0012", "12", "007", "000", "00E", "+33", " 01 "]
    found = taken(tmp_path, lines(["Account", "Name"], *[[code, "n"] for code in codes]))
    assert list(found.accounts) == sorted(code.strip() for code in codes)


def rows_of(path, **how):
    """All rows of a file with their lines, and the rows that are broken."""
    file = TextFile(path, **how)
    width = len(file.head[0])
    rows, broken = [], []
    for chunk in file.chunks(1, width, dict.fromkeys(range(width), False)):
        cells = zip(*(chunk.columns[at].cells().tolist() for at in range(width)), strict=True)
        rows += list(zip(chunk.lines.tolist(), cells, strict=True))
        broken += [(one.line, one.reason) for one in chunk.broken]
    return rows, broken


def nasty(n_rows):
    """Rows of any kind, so that blocks of any size end anywhere."""
    for n in range(n_rows):
        match n % 11:
            case 1:
                yield f'C{n:03};5" pipe;{n}'
            case 2:
                yield f'C{n:03};"two\nlines and a ; sign";{n}'
            case 4:
                yield f"C{n:03};short"
            case 5:
                yield f"C{n:03};long;{n};{n}"
            case 6:
                yield f'C{n:03};"a ""quoted"" name";{n}'
            case 7:
                yield ""
            case 8:
                yield f'C{n:03};"3 pipes;{n}'
            case 9:
                yield ";;"
            case _:
                yield f"C{n:03};Société Élan {n};{n}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_read_in_small_blocks_gives_the_same_rows_and_lines(tmp_path, encoding, end):
    path = tmp_path / "export.csv"
    text = "\n".join(["Account;Name;Turnover", *nasty(120), "Z;last;1"])
    path.write_bytes(text.replace("\n", end).encode(encoding))
    whole, plain = rows_of(path), rows_of(path, quoting=False)
    assert len(whole[0]) > 80
    assert whole[1]
    for size in (97, 200, 331):
        assert rows_of(path, block=size) == whole
        assert rows_of(path, block=size, quoting=False) == plain


def test_an_import_in_small_blocks_is_the_same_import(tmp_path):
    rows = [[f"C{n % 7}", "n", f"{n % 28 + 1:02}/06/2026", f"{n},50"] for n in range(200)]
    rows[150][2] = "soon"
    whole = taken(tmp_path, lines(LEDGER, *rows))
    parts = taken(tmp_path, lines(LEDGER, *rows), block=300)
    assert parts.accounts == whole.accounts
    assert parts.aside == whole.aside == [(152, "no_date")]
    assert parts.said() == whole.said()


def test_dates_that_tell_the_order_late_in_a_file_tell_it_for_all_blocks(tmp_path):
    rows = [["A", "n", "05/05/2026", "1,5"]] * 30 + [["B", "n", "06/29/2026", "1,5"]] * 30
    assert taken(tmp_path, lines(LEDGER, *rows), block=300).report.n_used == 60


@pytest.mark.parametrize("place", ["first", "late"])
def test_a_file_with_nul_bytes_is_no_text(tmp_path, place):
    rows = lines(["Account", "Name", "Turnover"], *[[f"C{n}", "n", n] for n in range(100)]).encode()
    content = b"\x00\x00" + rows if place == "first" else rows + b"D;\x00;1\n"
    with pytest.raises(Refusal, match="export_of_unknown_kind"):
        taken(tmp_path, content, block=512)


def test_one_gigantic_line_is_refused_rather_than_kept_in_memory(tmp_path):
    content = lines(["Account", "Name"], ["A", "a"]) + "B;" + "x" * 2_500_000
    with pytest.raises(Refusal, match="export_line_too_long") as refused:
        taken(tmp_path, content)
    sentences(refused.value)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n  \n"], ids=["nothing", "mark", "blanks"])
def test_an_empty_file_is_said_to_be_empty(tmp_path, content):
    with pytest.raises(Refusal, match="import_empty"):
        taken(tmp_path, content)


@pytest.mark.parametrize("header", [LEDGER, ["Account", "Name"], ["Account", "Date of visit"]])
def test_a_file_of_only_a_header_changes_nothing(tmp_path, header):
    found = taken(tmp_path, lines(header))
    assert found.report.n_read == 0
    assert not found.changes.columns
    assert not found.changes.rows


def test_a_file_cut_off_within_a_letter_is_read_without_its_quotes_too(tmp_path):
    path = tmp_path / "export.txt"
    path.write_bytes(b"Code;Name\nC1;Caf" + b"\xc3")
    (chunk,) = TextFile(path).unquoted().chunks(1, 2, {0: True, 1: False})
    assert chunk.columns[0].cells().tolist() == ["C1"]
    assert chunk.columns[1].cells().tolist() == ["Caf\ufffd"]
