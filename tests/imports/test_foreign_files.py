"""What other programs call an Excel file is read as what it is, or refused by name."""

import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from imports.harness import lines, put, sentences, sheet, taken, taken_from

from addin.imports.files import foreign_sheets
from addin.imports.files.content import content_of
from addin.imports.files.foreign_sheets import read_foreign
from addin.package import PackageBook
from addin.refusals import Refusal
from addin.workbook.port import CellError, Uncalculated

REAL = Path(__file__).parent / "data" / "foreign"
ROWS = [["Code client", "Nom", "CA N"], ["00123", "Café & fils", 1234.5], ["C2", "Beta", 2]]
WEB = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">
<style>td { color: red }</style><title>Export</title></head><body><table>
<tr><th>Code client</th><th>Nom</th><th>CA N</th></tr>
<tr><td>00123</td><td>Café &amp; fils</td><td>1&nbsp;234,50</td></tr>
<tr><td>C2</td><td>Beta</td><td>2</td></tr></table></body></html>"""
XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="Clients"><Table ss:ExpandedColumnCount="3" ss:ExpandedRowCount="3">
  <Row><Cell><Data ss:Type="String">Code client</Data></Cell><Cell><Data ss:Type="String">Nom</Data></Cell>
   <Cell><Data ss:Type="String">CA N</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">00123</Data></Cell>
   <Cell><Data ss:Type="String">Café &amp; fils</Data></Cell>
   <Cell ss:Formula="=R[1]C*2"><Data ss:Type="Number">1234.5</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">C2</Data></Cell><Cell><Data ss:Type="String">Beta</Data></Cell>
   <Cell><Data ss:Type="Number">2</Data></Cell></Row></Table></Worksheet>
</Workbook>"""
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Clients">{rows}</table:table>
 </office:spreadsheet></office:body></office:document>"""


def xls(rows=ROWS, *, encoding="ascii", date_format="dd/mm/yyyy"):
    """An .xls of these rows, as bytes."""
    book = xlwt.Workbook(encoding=encoding)
    found = book.add_sheet("Clients")
    dated = xlwt.easyxf(num_format_str=date_format)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                found.write(at, column, cell, dated)
            elif cell is not None:
                found.write(at, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def renamed(stream):
    """An .xls whose only stream has another name, as the files of other programs have."""
    content = bytearray(xls())
    place = content.index("Workbook".encode("utf-16-le"))
    content[place : place + 66] = stream.encode("utf-16-le").ljust(64, b"\0") + struct.pack(
        "<H", 2 * len(stream) + 2
    )
    return bytes(content)


def flat(*rows):
    """A spreadsheet in one piece of rows of cells, each as XML."""
    return FLAT.format(rows="".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


def word(text, **attributes):
    """A cell of OpenDocument with a text."""
    more = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def number(value):
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


FLAT_ROWS = (
    word("Code client") + word("Nom") + word("CA N"),
    word("00123") + word("Café &amp; fils") + number(1234.5),
    word("C2") + word("Beta") + number(2),
)


def grids(folder, content, name="file.xls"):
    """The sheets of a file, by name."""
    (path,) = put(folder, {name: content})
    return {grid.name: grid.rows for grid in read_foreign(path, content_of(path))}


def refused(folder, content, code, name="file.xls"):
    (path,) = put(folder, {name: content})
    with pytest.raises(Refusal, match=f"^{code}$") as found:
        taken_from([path])
    assert all(name in text for text in sentences(found.value).values())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("export.xls", xls()),
        ("export.xlsx", xls()),
        ("export.xls", sheet(ROWS)),
        ("export.csv", sheet(ROWS)),
        ("export.xls", WEB),
        ("export.xlsx", WEB),
        ("export.html", WEB),
        ("export.xls", WEB.encode("utf-16")),
        ("export.xls", WEB.replace("utf-8", "windows-1252").encode("cp1252")),
        ("export.xls", WEB.encode("cp1252")),
        ("export.xls", WEB.replace('"utf-8"', "iso-8859-1").encode()),
        ("export.xls", "\n<!-- a program -->\n" + WEB),
        ("export.xls", WEB[WEB.index("<table>") :]),
        ("export.xls", XML),
        ("export.xml", XML.encode("utf-8-sig")),
        ("export.xls", XML.replace('"1.0"?', '"1.0" encoding="windows-1252"?').encode("cp1252")),
        ("export.xls", "\n" + XML),
        ("export.fods", flat(*FLAT_ROWS)),
        ("export.xls", lines(*ROWS, sign="\t")),
        ("export.xls", lines(*ROWS).encode("cp1252")),
        ("export.xlsx", lines(*ROWS, sign="\t").encode("utf-16")),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_it_is_called(tmp_path, name, content):
    found = taken(tmp_path, content, name=name)
    assert found.column("name") == {"00123": "Café & fils", "C2": "Beta"}
    assert found.column("turnover") == {"00123": 1234.5, "C2": 2.0}


@pytest.mark.parametrize("name", ["clients.ods", "clients.xls"])
class TestAWorkbookOfLibreOffice:
    def test_codes_names_amounts_and_dates_are_what_stands_there(self, name):
        found = taken_from([REAL / name])
        assert found.column("name") == {"00123": "Café & fils", "42": "Bêta SARL", "C3": "Gamma"}
        assert found.column("turnover") == {"00123": 1234.56, "42": -10.0}
        assert found.column("turnover_1") == {"00123": 617.28, "42": 20.0, "C3": 30.0}
        assert found.column("last_visit") == {"00123": dt.datetime(2026, 1, 5), "42": dt.datetime(2026, 2, 3)}
        assert found.column("last_purchase") == {
            "00123": dt.datetime(2026, 3, 1),
            "C3": dt.datetime(2026, 4, 1),
        }

    def test_an_error_value_is_no_amount_and_is_said_with_its_row(self, name):
        said = taken_from([REAL / name]).said("en")
        assert "Turnover: 1 cell could not be read and was left out (line 6: #N/A)." in said

    def test_rows_and_sheets_are_accounted_for(self, name):
        found = taken_from([REAL / name])
        clients, invoices = found.done.reports
        assert [(row.line, row.reason.keys[-1]) for row in clients.listed()] == [(7, "totals_line")]
        assert (clients.n_read, invoices.n_read) == (4, 2)
        unread = {one.name: one.reason for one in found.done.recognition.files[0].unread}
        assert unread == {"Masquée": "hidden", "Vide": "empty"}


class TestOldExcel:
    def test_each_kind_of_cell_is_what_it_was(self, tmp_path):
        row = ["007", 7, 1.5, True, dt.datetime(2026, 1, 5), dt.datetime(2026, 2, 3, 14, 30), None, "é"]
        assert grids(tmp_path, xls([row])) == {
            "Clients": [
                ["007", 7.0, 1.5, True, dt.datetime(2026, 1, 5), dt.datetime(2026, 2, 3, 14, 30), None, "é"]
            ]
        }

    def test_dates_of_a_workbook_from_a_mac_count_from_1904(self, tmp_path):
        book = xlwt.Workbook()
        book.dates_1904 = True
        book.add_sheet("Clients").write(0, 0, dt.date(2026, 1, 5), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
        stream = io.BytesIO()
        book.save(stream)
        assert grids(tmp_path, stream.getvalue()) == {"Clients": [[dt.datetime(2026, 1, 5)]]}

    def test_a_row_of_nothing_keeps_its_place(self, tmp_path):
        assert grids(tmp_path, xls([["a"], [""], ["b"]]))["Clients"] == [["a"], [], ["b"]]

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=40))
    def test_a_damaged_file_is_read_or_refused_and_nothing_else(self, tmp_path_factory, damages):
        content = bytearray((REAL / "clients.xls").read_bytes())
        for place, byte in damages:
            content[place % len(content)] = byte
        path = tmp_path_factory.mktemp("damaged") / "file.xls"
        path.write_bytes(bytes(content))
        try:
            found = read_foreign(path, "biff")
        except Refusal as refusal:
            assert refusal.code in ("damaged", "encrypted")  # noqa: PT017 - either is right
        else:
            assert all(isinstance(row, list) for grid in found for row in grid.rows)

    def test_one_that_breaks_off_is_refused(self, tmp_path):
        refused(tmp_path, xls()[:1500], "damaged")

    def test_a_document_of_another_program_is_no_workbook(self, tmp_path):
        refused(tmp_path, renamed("WordDocument"), "damaged")

    def test_an_encrypted_one_is_said_to_be_encrypted(self, tmp_path):
        refused(tmp_path, renamed("EncryptedPackage"), "encrypted", "file.xlsx")

    def test_one_that_is_too_large_is_refused_before_it_is_read(self, tmp_path, monkeypatch):
        monkeypatch.setitem(foreign_sheets.MOST_MEGABYTES, "biff", 0)
        refused(tmp_path, xls(), "import_too_large")


class TestWebPages:
    def page(self, folder, body):
        return grids(folder, f"<html><body>{body}</body></html>")

    def test_elements_that_nobody_closes_end_where_the_next_begins(self, tmp_path):
        assert self.page(tmp_path, "<table><tr><td>a<td>b<tr><th>c") == {"": [["a", "b"], ["c"]]}

    def test_merged_cells_leave_the_others_in_their_columns(self, tmp_path):
        body = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f<tr><td>g</table>"
        assert self.page(tmp_path, body) == {"": [["a", "b", None, "c"], [None, "d", "e", "f"], ["g"]]}

    def test_text_is_what_a_reader_sees(self, tmp_path):
        body = "<table><tr><td>1 < 2 <b>&eacute;</b>\n&lt;x&gt;<br>y<script>z</script><!-- w --></table>"
        assert self.page(tmp_path, body) == {"": [["1 < 2 é <x>\ny"]]}

    def test_the_number_that_excel_writes_beside_the_text_counts(self, tmp_path):
        body = '<table><tr><td x:num="1234.567">1 234,57 €<td x:num>7<td x:num="">8</table>'
        assert self.page(tmp_path, body) == {"": [[1234.567, "7", "8"]]}

    def test_each_table_is_one_by_itself_one_in_a_cell_too(self, tmp_path):
        body = "<table><caption>Clients</caption><tr><td>a<table><tr><td>in</table></table><table></table>"
        assert self.page(tmp_path, body) == {"Clients": [["a"]], "2": [["in"]]}

    def test_a_quotation_mark_too_many_joins_no_cells(self, tmp_path):
        body = '<table><tr><td title="5" wide">a</td><td title="b">c</td></tr></table>'
        assert self.page(tmp_path, body) == {"": [["a", "c"]]}

    def test_a_page_without_a_table_is_refused_with_what_it_may_be(self, tmp_path):
        refused(tmp_path, "<html><body>Please log in</body></html>", "import_without_table")

    @pytest.mark.parametrize("piece", ["<!--", "<a<", "</", "<?", '<td a="', "<td ", "&#", "<table><tr><td>"])
    def test_a_page_built_to_cost_hours_costs_none(self, tmp_path, piece):
        found = self.page(tmp_path, "<table><tr><td>a</table>" + piece * 20_000)
        assert next(iter(found.values()))[0] == ["a"]

    def test_a_cell_that_spans_millions_takes_no_room(self, tmp_path):
        body = f"<table><tr><td colspan={10**8} rowspan={10**8}>a</table>"
        assert self.page(tmp_path, body) == {"": [["a"]]}

    def test_it_is_said_that_the_file_is_a_web_page(self, tmp_path):
        found = taken(tmp_path, WEB, name="export.xls")
        assert "A web page under the name of a file" in found.said("en")
        assert "Une page web" in found.said("fr")


class TestXmlOf2003:
    def sheet(self, folder, table, more=""):
        head = XML[: XML.index("<Worksheet")]
        content = f'{head}<Worksheet ss:Name="S"><Table>{table}</Table>{more}</Worksheet></Workbook>'
        return grids(folder, content)["S"]

    def cell(self, kind, shown, **attributes):
        given = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
        return f'<Cell{given}><Data ss:Type="{kind}">{shown}</Data></Cell>'

    def test_each_kind_of_cell_is_what_it_was(self, tmp_path):
        cells = [("String", "007"), ("Number", "1.5E2"), ("Boolean", "1"), ("Error", "#DIV/0!")]
        cells += [("DateTime", "2026-01-05T00:00:00.000"), ("DateTime", "soon")]
        row = "".join(self.cell(kind, shown) for kind, shown in cells)
        assert self.sheet(tmp_path, f'<Row>{row}<Cell ss:Formula="=1"/></Row>') == [
            ["007", 150.0, True, CellError("#DIV/0!"), dt.datetime(2026, 1, 5), "soon", Uncalculated("=1")]
        ]

    def test_places_that_are_left_out_are_empty(self, tmp_path):
        row = (
            self.cell("String", "a", MergeAcross="1")
            + self.cell("String", "b")
            + self.cell("String", "c", Index="6")
        )
        last = f"<Row>{self.cell('String', 'd')}</Row>"
        table = f'<Row ss:Index="2">{row}</Row><Row ss:Hidden="1"><Cell/></Row>{last}'
        assert self.sheet(tmp_path, table) == [[], ["a", None, "b", None, None, "c"], [], ["d"]]

    def test_a_comment_is_no_part_of_its_cell(self, tmp_path):
        cell = (
            '<Cell><Data ss:Type="String"><B>a</B>b</Data><Comment><ss:Data>note</ss:Data></Comment></Cell>'
        )
        assert self.sheet(tmp_path, f"<Row>{cell}</Row>") == [["ab"]]

    def test_a_hidden_sheet_is_known(self, tmp_path):
        hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"
        content = XML.replace("</Worksheet>", hidden)
        (path,) = put(tmp_path, {"file.xls": content})
        assert [grid.hidden for grid in read_foreign(path, "xml")] == [True]

    def test_a_row_a_million_rows_on_takes_no_room_and_one_beyond_is_refused(self, tmp_path):
        for place, code in ((1_048_577, "table_too_large"), (2**40, "table_too_large")):
            content = XML.replace("<Row>", f'<Row ss:Index="{place}">', 1)
            refused(tmp_path, content, code)


def test_many_sheets_together_have_no_more_room_than_one(tmp_path, monkeypatch):
    monkeypatch.setattr("addin.imports.files.growing_rows.MAX_CELLS", 100)
    sheet_of_60 = XML[XML.index(" <Worksheet") : XML.index("</Workbook>")].replace(
        "<Row>", '<Row ss:Index="50">', 1
    )
    refused(tmp_path, XML.replace("</Workbook>", f"{sheet_of_60 * 2}</Workbook>"), "table_too_large")


class TestOpenDocument:
    def sheet(self, folder, *rows):
        return grids(folder, flat(*rows), "file.fods")["Clients"]

    def test_each_kind_of_cell_is_what_it_was(self, tmp_path):
        def cell(kind, name, value):
            return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"/>'

        row = (
            word("007") + number("1.5") + cell("percentage", "value", "0.05") + cell("currency", "value", "9")
        )
        row += cell("date", "date-value", "2026-01-05") + cell("date", "date-value", "2026-01-05T14:30:00")
        row += cell("boolean", "boolean-value", "true") + cell("time", "time-value", "PT12H00M00S")
        assert self.sheet(tmp_path, row) == [
            ["007", 1.5, 0.05, 9.0, dt.datetime(2026, 1, 5), dt.datetime(2026, 1, 5, 14, 30), True, 0.5]
        ]

    def test_text_is_what_a_reader_sees(self, tmp_path):
        note = "<office:annotation><text:p>note</text:p></office:annotation>"
        lines_of_text = '<text:p>a<text:s text:c="2"/><text:span>b</text:span></text:p><text:p>c</text:p>'
        cell = f'<table:table-cell office:value-type="string">{note}{lines_of_text}</table:table-cell>'
        assert self.sheet(tmp_path, cell) == [["a  b\nc"]]

    def test_repetitions_and_gaps_stand_where_they_stand(self, tmp_path):
        row = word("a", number_columns_repeated=2) + '<table:table-cell table:number-columns-repeated="2"/>'
        row += word("b") + '<table:table-cell table:number-columns-repeated="16000"/>'
        gap = '</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        assert self.sheet(tmp_path, row + gap, word("c")) == [["a", "a", None, None, "b"], [], [], ["c"]]

    def test_what_a_merged_cell_covers_is_not_seen(self, tmp_path):
        covered = word("under").replace("table-cell", "covered-table-cell")
        assert self.sheet(tmp_path, word("a") + covered + word("b")) == [["a", None, "b"]]

    def test_a_few_bytes_that_ask_for_millions_of_cells_are_refused(self, tmp_path, monkeypatch):
        refused(tmp_path, flat(word("a", number_columns_repeated=10**9)), "table_too_large", "file.fods")
        monkeypatch.setattr("addin.imports.files.growing_rows.MAX_CELLS", 100)
        wide = '<table:table-row table:number-rows-repeated="101">' + word("a")
        refused(tmp_path, flat("</table:table-row>" + wide), "table_too_large", "file.fods")

    def test_an_encrypted_one_is_said_to_be_encrypted(self, tmp_path):
        path = tmp_path / "file.ods"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("content.xml", b"\x01\x02")
            package.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        with pytest.raises(Refusal, match="encrypted"):
            taken_from([path])

    def test_one_that_inflates_beyond_all_measure_is_refused(self, tmp_path):
        path = tmp_path / "file.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("content.xml", flat(FLAT_ROWS[0]) + " " * (32 * 2**20))
        with pytest.raises(Refusal, match="too_large"):
            taken_from([path])


@pytest.mark.parametrize("content", [XML, flat(*FLAT_ROWS)], ids=["xml", "fods"])
def test_entities_of_a_stranger_are_refused(tmp_path, content):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    head, sign, rest = content.partition("?>")
    refused(tmp_path, head + sign + bomb + rest.replace("Beta", "&a;&b;"), "doctype", "file.xml")


@pytest.mark.parametrize("content", [XML, flat(*FLAT_ROWS)], ids=["xml", "fods"])
def test_one_that_breaks_off_is_refused(tmp_path, content):
    refused(tmp_path, content[: len(content) // 2], "ill_formed", "file.xml")


def test_xml_of_some_other_kind_is_no_export(tmp_path):
    refused(tmp_path, '<?xml version="1.0"?><orders/>', "export_of_unknown_kind", "file.xml")


class TestBinaryWorkbooks:
    def real(self, name):
        path = REAL / f"{name}.xlsb"
        return {grid.name: grid.rows for grid in read_foreign(path, content_of(path))}

    def record(self, kind, content):
        size, sizes = len(content), b""
        while size > 0x7F:
            sizes, size = sizes + bytes([size & 0x7F | 0x80]), size >> 7
        return (
            bytes([kind] if kind < 0x80 else [kind & 0x7F | 0x80, kind >> 7])
            + sizes
            + bytes([size])
            + content
        )

    def text(self, text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def made(self, folder, *rows, at=0):
        """A binary workbook whose sheet has these rows of cells, each a record's number and value."""
        sheet = b""
        for row, cells in enumerate(rows, start=at):
            sheet += self.record(0, struct.pack("<I", row) + bytes(13))
            for column, (kind, value) in enumerate(cells):
                sheet += self.record(kind, struct.pack("<II", column, 0) + value)
        path = folder / "file.xlsb"
        with zipfile.ZipFile(REAL / "date.xlsb") as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, sheet if name.endswith("sheet1.bin") else old.read(name))
        return path

    def test_cells_of_excel_are_what_it_wrote(self):
        found = self.real("issues")
        day = dt.datetime(2016, 10, 20)
        assert found["datatypes"] == [[1.0], [1.5], ["ab"], [False], ["test"], [day]]
        assert found["issue2"] == [[1.0, "a"], [2.0, "b"], [3.0, "c"]]
        assert found["issue5"] == [[0.5]]
        assert found["spc_chrs"][-2:] == [["֍"], ["àâéêèçöïî«»"]]

    def test_dates_count_from_the_day_that_the_workbook_says(self):
        for name in ("date", "date_1904"):
            (rows,) = self.real(name).values()
            assert [row[0] for row in rows[:2]] == [dt.datetime(2021, 1, 1), dt.datetime(2021, 1, 2)]

    def test_sheets_that_nobody_sees_and_charts_are_known(self):
        path = REAL / "any_sheets.xlsb"
        found = {grid.name: (grid.hidden, grid.has_cells) for grid in read_foreign(path, "package")}
        assert found == {
            "Visible": (False, True),
            "Hidden": (True, True),
            "VeryHidden": (True, True),
            "Chart": (False, False),
        }

    def test_each_kind_of_cell_is_what_it_was(self, tmp_path):
        packed = struct.Struct("<I").pack
        cells = [(2, packed(5 << 2 | 2)), (2, struct.pack("<i", -150 << 2 | 3)), (2, packed(0x40590001))]
        cells += [(3, b"\x2a"), (11, b"\x07"), (4, b"\1"), (10, b"\0"), (5, struct.pack("<d", 0.1))]
        cells += [(9, struct.pack("<d", 2.5)), (6, self.text("007")), (8, self.text("é")), (1, b"")]
        cells += [(62, b"\0" + self.text("rich"))]
        path = self.made(tmp_path, cells, at=1)
        numbers, errors, truths = [5.0, -1.5, 1.0], [CellError("#N/A"), CellError("#DIV/0!")], [True, False]
        expected = [*numbers, *errors, *truths, 0.1, 2.5, "007", "é", None, "rich"]
        assert [grid.rows for grid in read_foreign(path, "package")] == [[[], expected]]

    def test_accounts_are_imported(self, tmp_path):
        header = [(6, self.text(text)) for text in ("Code client", "Nom", "CA N")]
        row = [(6, self.text("00123")), (6, self.text("Café")), (5, struct.pack("<d", 1234.5))]
        found = taken_from([self.made(tmp_path, header, row)])
        assert found["00123"].items() >= {"name": "Café", "turnover": 1234.5}.items()

    def test_cells_beyond_a_sheet_are_refused(self, tmp_path):
        path = self.made(tmp_path, [(6, self.text("a"))], at=2**31)
        with pytest.raises(Refusal, match="table_too_large"):
            read_foreign(path, "package")

    @settings(max_examples=100, deadline=None)
    @given(st.data())
    def test_a_damaged_file_is_read_or_refused_and_nothing_else(self, tmp_path_factory, data):
        path = tmp_path_factory.mktemp("damaged") / "file.xlsb"
        with zipfile.ZipFile(REAL / "issues.xlsb") as old, zipfile.ZipFile(path, "w") as new:
            parts = [name for name in old.namelist() if name.endswith(".bin")]
            chosen = data.draw(st.sampled_from(parts))
            for name in old.namelist():
                content = bytearray(old.read(name))
                if name == chosen:
                    for _ in range(data.draw(st.integers(1, 8))):
                        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
                new.writestr(name, bytes(content))
        try:
            found = read_foreign(path, "package")
        except Refusal as refusal:
            assert refusal.code in ("damaged", "table_too_large", "part_missing")  # noqa: PT017 - all are right
        else:
            assert all(isinstance(row, list) for grid in found for row in grid.rows)

    def test_one_is_no_workbook_to_work_in(self):
        with pytest.raises(Refusal, match="xlsb"):
            PackageBook(REAL / "date.xlsb")
