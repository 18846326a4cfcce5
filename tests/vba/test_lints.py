"""The shipped workbooks fall into none of the known traps; and the checks for them bite."""

import functools
import io
import re
import zipfile

import pytest
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, decompress
from support import formula_lint, package_lint, ribbon_lint, vba_lint
from support.compound_files import CompoundFile
from support.validator import sdk_errors

from addin.catalogue import LANGUAGES
from addin.template import build_workbook, empty_content
from addin.template.build import names_in_code
from addin.template.macros import macro_modules
from addin.template.vba_project import Kind, VbaModule, vba_project


@pytest.fixture(scope="module", params=LANGUAGES)
def package(request):
    return build_workbook(request.param, empty_content(request.param), macro_enabled=True)


def test_the_macros_and_the_ribbon_fall_into_no_trap(package):
    assert vba_lint.vba_findings(package) == []


def test_the_workbook_falls_into_no_trap(package):
    assert package_lint.package_findings(package) == []


def test_office_schemas_are_content_with_the_workbook_and_its_ribbon(package, tmp_path):
    path = tmp_path / "book.xlsm"
    path.write_bytes(package)
    assert sdk_errors(path) == []


# What follows plants one fault each. The package is read, changed and written; `of` names the check that has to speak.

PACKAGE = build_workbook("en", empty_content("en"), macro_enabled=True)
SHEETS = [name for name in vba_lint.Workbook(PACKAGE).code_names().values() if name != "ThisWorkbook"]


def parts_of(package):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package_of(parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def replaced(part, old, new, count=1):
    """A package in one of whose parts a text was replaced."""
    parts = parts_of(PACKAGE)
    content, n_found = re.subn(old, new, parts[part].decode(), count=count, flags=re.DOTALL)
    assert n_found
    return package_of(parts | {part: content.encode()})


def replaced_in(package, part, old, new):
    parts = parts_of(package)
    assert old.encode() in parts[part]
    return package_of(parts | {part: parts[part].replace(old.encode(), new.encode())})


def with_modules(change):
    """A package with other modules."""
    modules = change(macro_modules("en", SHEETS))
    return package_of(parts_of(PACKAGE) | {"xl/vbaProject.bin": vba_project(modules)})


def with_line(name, line):
    def change(modules):
        return [
            VbaModule(one.name, one.kind, f"{one.source}\n{line}") if one.name == name else one
            for one in modules
        ]

    return with_modules(change)


@functools.cache
def uncompilable():
    """A package with a name that is not declared in one module, and half a line in another."""
    planted = {
        "ClientScoreRibbon": "Private Sub X()\nnothere = 1\nEnd Sub",
        "ClientScoreTables": "Private Sub X(\nEnd Sub",
    }

    def change(modules):
        return [
            VbaModule(one.name, one.kind, f"{one.source}\n{planted[one.name]}")
            if one.name in planted
            else one
            for one in modules
        ]

    return with_modules(change)


def edited(name, old, new):
    def change(modules):
        found = [one for one in modules if one.name == name]
        assert old in found[0].source
        return [
            VbaModule(one.name, one.kind, one.source.replace(old, new)) if one.name == name else one
            for one in modules
        ]

    return with_modules(change)


def with_stream(name, change):
    """A package in whose VBA project one stream has other bytes; sources and dir are changed unpacked."""
    parts = parts_of(PACKAGE)
    container = CFB.from_bytes(parts["xl/vbaProject.bin"])
    *folder, stream = name.split("/")
    data = container.get_stream_at(folder, stream)
    packed = folder and not stream.startswith("_")
    content = compress(change(decompress(data))) if packed else change(data)
    assert content != data
    container.write_stream_at(folder, stream, content)
    return package_of(parts | {"xl/vbaProject.bin": container.to_bytes()})


def with_project(old, new):
    """A package in whose VBA project some bytes are others, the container included."""
    parts = parts_of(PACKAGE)
    head, found, tail = parts["xl/vbaProject.bin"].rpartition(old)
    assert found
    return package_of(parts | {"xl/vbaProject.bin": head + new + tail})


RIBBON = "customUI/customUI14.xml"
BOOK = "xl/workbook.xml"
CLIENTS = "xl/worksheets/sheet2.xml"
TABLE = "xl/tables/table1.xml"
STYLES = "xl/styles.xml"
CHART = "xl/charts/chart1.xml"
DIR = "VBA/dir"
BUTTONS = "VBA/ClientScoreRibbon"
SETTING = 'size="large"'


def with_column_formula(formula):
    """A package in which a column of a table calculates."""
    new = rf"\1><calculatedColumnFormula>{formula}</calculatedColumnFormula></tableColumn>"
    return replaced(TABLE, r'(<tableColumn [^>]*name="Score"[^>]*?)/>', new)


def with_cell_formula(formula):
    return replaced(CLIENTS, "<f>", f"<f>{formula}+")


def with_getter(macro, arguments):
    """A package with a macro that a button asks for its label's visibility, and that takes these arguments."""
    parts = parts_of(with_line("ClientScoreRibbon", f"Public Sub {macro}{arguments}\nEnd Sub"))
    parts[RIBBON] = parts[RIBBON].replace(SETTING.encode(), f'{SETTING} getVisible="{macro}"'.encode(), 1)
    return package_of(parts)


VBA_FAULTS = {
    "truncated": (vba_lint.project_is_sound, lambda: package_of(parts_of(PACKAGE) | {"xl/vbaProject.bin": parts_of(PACKAGE)["xl/vbaProject.bin"][:-512]}), "no sound compound file"),
    "module gone": (vba_lint.code_names_have_modules, lambda: with_modules(lambda all_: [one for one in all_ if one.name != "ClientsSheet"]), "has no module"),
    "module of no sheet": (vba_lint.code_names_have_modules, lambda: with_modules(lambda all_: [*all_, VbaModule("GhostSheet", Kind.SHEET)]), "belongs to no sheet"),
    "code name gone": (vba_lint.code_names_have_modules, lambda: replaced(CLIENTS, r' codeName="ClientsSheet"', ""), "has no module"),
    "name twice": (vba_lint.public_names_are_single, lambda: with_line("ClientScoreRibbon", "Public Sub ForgetAnswers()\nEnd Sub"), "ForgetAnswers stands in"),
    "like xlwings": (vba_lint.public_names_are_single, lambda: with_line("ClientScoreRibbon", "Public Function GetConfig()\nEnd Function"), "GetConfig stands in"),
    "like a module": (vba_lint.procedures_have_names_of_their_own, lambda: with_line("ClientScoreRibbon", "Public Sub ClientScoreTexts()\nEnd Sub"), "is also a module"),
    "like a table": (vba_lint.procedures_have_names_of_their_own, lambda: with_line("ClientScoreRibbon", "Public Sub Clients()\nEnd Sub"), "is also a table"),
    "like the project": (vba_lint.procedures_have_names_of_their_own, lambda: with_stream("PROJECT", lambda text: text.replace(b'"ClientScoreMacros"', b'"ClientScore"')), "CLIENTSCORE is also a project"),
    "like a cell": (vba_lint.procedures_have_names_of_their_own, lambda: with_line("ClientScoreRibbon", "Public Sub ABC1()\nEnd Sub"), "reads as a cell"),
    "no relation": (vba_lint.package_names_the_macros, lambda: replaced("xl/_rels/workbook.xml.rels", "2006/relationships/vbaProject", "2007/relationships/vbaProject"), "no relationship names"),
    "plain type": (vba_lint.package_names_the_macros, lambda: replaced("[Content_Types].xml", "macroEnabled.main", "main"), "content types"),
    "ribbon year": (ribbon_lint.ribbon_is_named, lambda: replaced(RIBBON, "2009/07/customui", "2006/01/customui"), "another namespace"),
    "ribbon relation": (ribbon_lint.ribbon_is_named, lambda: replaced("_rels/.rels", "2007/relationships/ui", "2006/relationships/ui"), "no relationship of the right type"),
    "id twice": (ribbon_lint.ribbon_is_consistent, lambda: replaced(RIBBON, "ClientScore_check", "ClientScore_refresh"), "has the id"),
    "two labels": (ribbon_lint.ribbon_is_consistent, lambda: replaced(RIBBON, 'size="large"', 'size="large" getLabel="X"'), "has label and a macro"),
    "own picture": (ribbon_lint.ribbon_is_consistent, lambda: replaced(RIBBON, 'imageMso="RefreshAll"', 'image="logo"'), "picture that nothing names"),
    "other picture": (ribbon_lint.ribbon_is_consistent, lambda: replaced(RIBBON, 'imageMso="RefreshAll"', 'imageMso="RefreshMe"'), "may not have"),
    "long tip": (ribbon_lint.ribbon_is_consistent, lambda: replaced(RIBBON, 'supertip="', 'supertip="' + "x" * 1024), "over 1,024"),
    "macro gone": (ribbon_lint.callbacks_are_there, lambda: replaced(RIBBON, 'onAction="RibbonPress"', 'onAction="RibbonPres"'), "no macro RibbonPres"),
    "macro private": (ribbon_lint.callbacks_are_there, lambda: edited("ClientScoreRibbon", "Public Sub RibbonPress", "Private Sub RibbonPress"), "cannot be called"),
    "no control": (ribbon_lint.callbacks_are_there, lambda: edited("ClientScoreRibbon", "RibbonPress(control As IRibbonControl)", "RibbonPress()"), "does not take a control"),
    "thick callback": (ribbon_lint.callbacks_are_there, lambda: edited("ClientScoreRibbon", "PressTagged control.Tag", "PressTagged control.Tag\n    Beep"), "more than one line"),
    "tag unknown": (ribbon_lint.tags_are_known, lambda: replaced(RIBBON, 'tag="check"', 'tag="chek"'), "asks for chek"),
    "call not allowed": (ribbon_lint.tags_are_known, lambda: edited("ClientScoreButtons", '"undo"', '"undone"'), "asks for undo"),
    "no tag": (ribbon_lint.tags_are_known, lambda: replaced(RIBBON, ' tag="check"', ""), "asks for nothing"),
    "other xlwings": (vba_lint.xlwings_is_the_pinned_one, lambda: edited("xlwings", "xlwings64-0.37.8.dll", "xlwings64-0.37.7.dll"), "the macros name xlwings"),
    "other project": (vba_lint.configuration_is_read, lambda: edited("xlwings", 'PROJECT_NAME As String = "ClientScore"', 'PROJECT_NAME As String = "xlwings"'), "there is no sheet"),
    "key twice": (vba_lint.configuration_is_read, lambda: replaced("xl/sharedStrings.xml", "INTERPRETER_MAC", "INTERPRETER_WIN"), "a key twice"),
    "errors ignored": (vba_lint.style_of_our_macros, lambda: with_line("ClientScoreRibbon", "Private Sub X()\nOn Error Resume Next\nEnd Sub"), "goes on after an error"),
    "what is in front": (vba_lint.style_of_our_macros, lambda: with_line("ClientScoreRibbon", "Private Sub X()\nActiveWorkbook.Save\nEnd Sub"), "depends on what is in front"),
    "implicit": (vba_lint.style_of_our_macros, lambda: edited("ClientScoreTables", "Option Explicit", ""), "lacks Option Explicit"),
    "undeclared": (vba_lint.compiler_is_content, uncompilable, "ClientScoreRibbon: Variable not defined: 'nothere'"),
    "syntax": (vba_lint.compiler_is_content, uncompilable, "ClientScoreTables: Unbalanced parentheses"),
    "order": (vba_lint.project_is_sound, lambda: with_project("ClientScoreTables".encode("utf-16-le"), "AAAAAAAAAAATables".encode("utf-16-le")), "not in the order"),
    "colour": (vba_lint.project_is_sound, lambda: with_project("PROJECT".encode("utf-16-le") + bytes(50) + b"\x10\0\x02\x01", "PROJECT".encode("utf-16-le") + bytes(50) + b"\x10\0\x02\0"), "red"),
    "version": (vba_lint.project_is_sound, lambda: with_stream("VBA/_VBA_PROJECT", lambda _: bytes.fromhex("cc61b500000100")), "claims a version"),
    "letter": (vba_lint.modules_can_be_read, lambda: package_of(parts_of(PACKAGE) | {"xl/vbaProject.bin": parts_of(with_stream(BUTTONS, lambda text: text + b"' \x81\r\n"))["xl/vbaProject.bin"]}), "no letter of cp1252"),
    "packing": (vba_lint.modules_can_be_read, lambda: with_project(CompoundFile(parts_of(PACKAGE)["xl/vbaProject.bin"]).streams[BUTTONS][:64], b"\x02" + bytes(63)), "not compressed"),
    "other module in dir": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: data.replace(b"ClientScoreRibbon", b"ClientScoreRibbox")), "list different modules"),
    "offset in dir": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: data.replace(b"\x31\0\x04\0\0\0\0\0\0\0", b"\x31\0\x04\0\0\0\x09\0\0\0", 1)), "does not begin at once"),
    "kind in dir": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: data.replace(b"\x22\0\0\0\0\0", b"\x21\0\0\0\0\0", 1)), "of different kinds"),
    "count in dir": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: re.sub(rb"\x0f\0\x02\0\0\0..\x13\0", b"\x0f\0\x02\0\0\0\x01\0\x13\0", data, flags=re.DOTALL)), "counts its modules"),
    "code page in dir": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: data.replace(b"\x03\0\x02\0\0\0\xe4\x04", b"\x03\0\x02\0\0\0\xe2\x04", 1)), "another code page"),
    "no reference": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: data.replace(b"2DF8D04C", b"2DF8D04D")), "no reference to Office"),
    "dir cut off": (vba_lint.directory_agrees, lambda: with_stream(DIR, lambda data: data[:-40]), "cannot be read"),
    "own name twice": (vba_lint.headers_are_right, lambda: with_stream(BUTTONS, lambda text: text.replace(b"Option Explicit", b'Attribute VB_Name = "X"\r\nOption Explicit', 1)), "does not bear its name once"),
    "own name other": (vba_lint.headers_are_right, lambda: with_stream(BUTTONS, lambda text: text.replace(b'"ClientScoreRibbon"', b'"ClientScoreRibbox"', 1)), "calls itself otherwise"),
    "preamble": (vba_lint.headers_are_right, lambda: with_stream("VBA/Dictionary", lambda text: b"VERSION 1.0 CLASS\r\nBEGIN\r\nEND\r\n" + text), "preamble"),
    "continued": (vba_lint.lines_are_short, lambda: with_stream(BUTTONS, lambda text: text + b"Private Sub Q()\r\nDebug.Print 1" + b" + _\r\n1" * 25 + b"\r\nEnd Sub\r\n"), "more than 25 pieces"),
    "constant twice": (vba_lint.public_names_are_single, lambda: with_stream(BUTTONS, lambda text: text.replace(b"Option Explicit\r\n", b'Option Explicit\r\nPublic Const XLWINGS_VERSION As String = "1"\r\n', 1)), "XLWINGS_VERSION stands in"),
    "like a name": (vba_lint.procedures_have_names_of_their_own, lambda: with_line("ClientScoreRibbon", "Public Sub CoreShare()\nEnd Sub"), "is also a table or name"),
    "names gone": (vba_lint.project_wm_is_plain, lambda: with_stream("PROJECTwm", lambda _: b"\0\0"), "PROJECTwm"),
    "type of the project": (vba_lint.package_names_the_macros, lambda: replaced("[Content_Types].xml", "application/vnd.ms-office.vbaProject", "application/octet-stream"), "content types"),
    "one code name for two": (vba_lint.code_names_have_modules, lambda: replaced(CLIENTS, "ClientsSheet", "ProspectsSheet"), "share a name in code"),
    "ribbon broken": (ribbon_lint.ribbon_is_named, lambda: replaced(RIBBON, "</customUI>", ""), "is no XML"),
    "id and Office's": (ribbon_lint.ribbon_is_consistent, lambda: replaced(RIBBON, SETTING, f'{SETTING} idMso="Copy"'), "an id of Office"),
    "macro in the workbook": (ribbon_lint.callbacks_are_there, lambda: replaced_in(with_line("ThisWorkbook", "Public Sub RibbonElse(control As IRibbonControl)\nEnd Sub"), RIBBON, "RibbonPress", "RibbonElse"), "RibbonElse cannot be called"),
    "getter gone": (ribbon_lint.callbacks_are_there, lambda: replaced(RIBBON, SETTING, f'{SETTING} getVisible="RibbonGone"'), "no macro RibbonGone"),
    "getter without return": (ribbon_lint.callbacks_are_there, lambda: with_getter("RibbonShown", "(control As IRibbonControl)"), "as getVisible needs"),
    "onLoad gone": (ribbon_lint.callbacks_are_there, lambda: replaced(RIBBON, "<customUI ", '<customUI onLoad="RibbonGone" '), "no macro RibbonGone"),
    "onLoad of a button": (ribbon_lint.callbacks_are_there, lambda: replaced(RIBBON, "<customUI ", '<customUI onLoad="RibbonPress" '), "as onLoad needs"),
    "header row": (vba_lint.configuration_is_read, lambda: replaced("xl/sharedStrings.xml", "ADD_WORKBOOK_TO_PYTHONPATH", "Setting"), "no header row"),
    "empty value": (vba_lint.configuration_is_read, lambda: replaced(f"xl/worksheets/sheet{len(names_in_code())}.xml", r'<c r="B1".*?</c>', ""), "a key without a value"),
    "compressed names": (vba_lint.project_wm_is_plain, lambda: with_stream("PROJECTwm", lambda data: b"\x01" + data), "PROJECTwm"),
    "declared twice": (vba_lint.declarations_are_single, lambda: with_stream("PROJECT", lambda data: data.replace(b"Module=xlwings\r\n", b"Module=xlwings\r\n" * 2)), "declared twice"),
    "another identity": (vba_lint.protection_belongs_to_the_project, lambda: with_stream("PROJECT", lambda data: re.sub(rb'ID="{\w', b'ID="{0', data)), "would be locked"),
    "no base": (vba_lint.headers_are_right, lambda: with_stream("VBA/Dictionary", lambda text: re.sub(rb"Attribute VB_Base[^\n]*\n", b"", text)), "without VB_Base"),
    "long line": (vba_lint.lines_are_short, lambda: with_line("ClientScoreRibbon", "' " + "x" * 1022), "over 1,023"),
}  # fmt: skip

PACKAGE_FAULTS = {
    "header": (package_lint.tables_match_their_cells, lambda: replaced("xl/tables/table1.xml", 'name="Account"', 'name="Acount"'), "headers of Clients"),
    "column count": (package_lint.tables_match_their_cells, lambda: replaced("xl/tables/table1.xml", r'tableColumns count="\d+"', 'tableColumns count="3"'), "counts its columns"),
    "table name twice": (package_lint.names_are_single_and_no_cells, lambda: replaced("xl/tables/table2.xml", "Prospects", "Clients", 2), "is there twice"),
    "table id twice": (package_lint.names_are_single_and_no_cells, lambda: replaced("xl/tables/table2.xml", ' id="2"', ' id="1"'), "share an id"),
    "table like a cell": (package_lint.names_are_single_and_no_cells, lambda: replaced("xl/tables/table2.xml", "Prospects", "TBL1", 2), "reads as a cell"),
    "merged table": (package_lint.areas_are_apart, lambda: replaced(CLIENTS, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A4:B5"/></mergeCells>'), "overlap"),
    "format": (package_lint.indexes_are_in_range, lambda: replaced(CLIENTS, r'<c r="A5" s="\d+"', '<c r="A5" s="99999"'), "a format that is not there"),
    "look": (package_lint.indexes_are_in_range, lambda: replaced(CLIENTS, r'dxfId="\d+"', 'dxfId="9999"'), "whose look is not there"),
    "row order": (package_lint.cells_are_in_order, lambda: replaced(CLIENTS, r'<row r="2"', '<row r="9"'), "rows are out of order"),
    "cell order": (package_lint.cells_are_in_order, lambda: replaced(CLIENTS, r'<c r="A5"', '<c r="Z5"'), "cells of row 5"),
    "table in a rule": (package_lint.rules_hold_no_table_reference, lambda: replaced(CLIENTS, "<formula1>ClassLetters", "<formula1>Classes[Class]"), "refers to a table"),
    "long list": (package_lint.rules_hold_no_table_reference, lambda: replaced(CLIENTS, '<formula1>"', '<formula1>"' + "x" * 256), "over 255"),
    "leading =": (package_lint.formulas_are_as_files_hold_them, lambda: replaced(CLIENTS, "<f>", "<f>="), "begins with ="),
    "semicolon": (package_lint.formulas_are_as_files_hold_them, lambda: replaced(CLIENTS, "<f>HYPERLINK\\(", "<f>HYPERLINK(1;"), "semicolons"),
    "this row": (package_lint.formulas_are_as_files_hold_them, lambda: replaced(CLIENTS, "<f>", "<f>Clients[@Score]+"), "written in full|write in full"),
    "unknown table": (package_lint.formulas_are_as_files_hold_them, lambda: replaced(CLIENTS, "<f>", "<f>Nowhere[Score]+"), "names the table Nowhere"),
    "calls Python": (package_lint.formulas_are_as_files_hold_them, lambda: replaced(CLIENTS, "<f>", "<f>CLIENTSCORE(1)+"), "calls Python"),
    "all hidden": (package_lint.sheets_can_be_shown, lambda: replaced(BOOK, "<sheet ", '<sheet state="hidden" ', 12), "all sheets are hidden"),
    "sheet of code": (package_lint.sheets_can_be_shown, lambda: replaced(BOOK, 'name="Score history"', 'name="History.py"'), "taken for code"),
    "calculated": (package_lint.nothing_is_calculated_on_opening, lambda: replaced(BOOK, "<calcPr ", '<calcPr fullCalcOnLoad="1" '), "as the workbook opens"),
    "no type": (package_lint.parts_have_types, lambda: package_of(parts_of(PACKAGE) | {"xl/extra.dat": b""}), "no content type"),
    "headers only": (package_lint.tables_are_whole, lambda: replaced(TABLE, r"(A4:[A-Z]+)5", r"\g<1>4"), "has headers only"),
    "column twice": (package_lint.tables_are_whole, lambda: replaced(TABLE, 'name="Account"', 'name="score"'), "two columns of one name"),
    "header a number": (package_lint.tables_are_whole, lambda: replaced(CLIENTS, r'(<c r="A4"[^>]*) t="s"', r"\1"), "is no text"),
    "name of no sheet": (package_lint.defined_names_lead_somewhere, lambda: replaced(BOOK, r'localSheetId="\d+"', 'localSheetId="99"'), "belongs to a sheet"),
    "name defined twice": (package_lint.defined_names_lead_somewhere, lambda: replaced(BOOK, '<definedName name="CoreShare"', '<definedName name="ReferenceDate"'), "defined twice"),
    "name with a space": (package_lint.defined_names_lead_somewhere, lambda: replaced(BOOK, '<definedName name="CoreShare"', '<definedName name="Core Share"'), "is no name"),
    "merge of one": (package_lint.merges_are_more_than_a_cell, lambda: replaced(CLIENTS, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B1"/></mergeCells>'), "the one cell B1"),
    "two rules": (package_lint.validations_are_sound, lambda: replaced(CLIENTS, "L5:L1048576", "G9:L9"), "two rules for"),
    "long title": (package_lint.validations_are_sound, lambda: replaced(CLIENTS, 'errorTitle="', 'errorTitle="' + "x" * 32), "errorTitle of a rule is over 32"),
    "long error": (package_lint.validations_are_sound, lambda: replaced(CLIENTS, ' error="', ' error="' + "x" * 255), "error of a rule is over 255"),
    "text": (package_lint.indexes_are_in_range, lambda: replaced(CLIENTS, r't="s"><v>\d+', 't="s"><v>99999'), "a text that is not there"),
    "font": (package_lint.styles_are_sound, lambda: replaced(STYLES, r'(<cellXfs.*?fontId=")\d+', r"\g<1>999"), "a fontId that is not there"),
    "base of a format": (package_lint.styles_are_sound, lambda: replaced(STYLES, r'(<cellXfs.*?xfId=")\d+', r"\g<1>999"), "an? xfId that is not there"),
    "style twice": (package_lint.styles_are_sound, lambda: replaced(STYLES, r"(<cellStyles[^>]*>)", r'\1<cellStyle name="normal" xfId="0"/>'), "the style normal is there twice"),
    "look of a table": (package_lint.styles_are_sound, lambda: replaced(TABLE, '<tableColumn id="1"', '<tableColumn dataDxfId="9999" id="1"'), "a look that is not there"),
    "sheet twice": (package_lint.sheets_can_be_shown, lambda: replaced(BOOK, '<sheet name="Prospects"', '<sheet name="clients"'), "share a name"),
    "long sheet name": (package_lint.sheets_can_be_shown, lambda: replaced(BOOK, '<sheet name="Prospects"', f'<sheet name="{"x" * 32}"'), "no name of a sheet"),
    "quoted sheet name": (package_lint.sheets_can_be_shown, lambda: replaced(BOOK, '<sheet name="Prospects"', '<sheet name="Prospects\'"'), "no name of a sheet"),
    "opens at the hidden": (package_lint.sheets_can_be_shown, lambda: replaced(BOOK, "<workbookView ", '<workbookView activeTab="12" '), "opens at a sheet"),
    "type of a sheet": (package_lint.parts_have_types, lambda: replaced("[Content_Types].xml", r'(PartName="/xl/worksheets/sheet2.xml" ContentType=")[^"]*', r"\1application/xml"), "has the content type"),
    "table gone": (package_lint.relations_lead_somewhere, lambda: package_of({name: part for name, part in parts_of(PACKAGE).items() if name != TABLE}), "which is not there"),
    "relation gone": (package_lint.relations_lead_somewhere, lambda: replaced("xl/worksheets/_rels/sheet2.xml.rels", r'<Relationship [^>]*table1.xml"/>', ""), "uses the relationship"),
    "column of this row": (formula_lint.structured_references_lead_somewhere, lambda: with_column_formula("Clients[[#This Row],Turnover]"), "without brackets of its own"),
    "no table": (formula_lint.structured_references_lead_somewhere, lambda: with_column_formula("[[#This Row],[Turnover]]"), "of no table"),
    "column unknown": (formula_lint.structured_references_lead_somewhere, lambda: with_cell_formula("Clients[Nosuch]"), "names the column Nosuch"),
    "item unknown": (formula_lint.structured_references_lead_somewhere, lambda: with_cell_formula("Clients[[#Row],[Score]]"), "asks for #Row"),
    "sheet unknown": (formula_lint.sheets_and_names_are_known, lambda: with_cell_formula("Nosuch!A1"), "names the sheet Nosuch"),
    "quoted sheet unknown": (formula_lint.sheets_and_names_are_known, lambda: with_cell_formula("'No such'!A1"), "names the sheet No such"),
    "name unknown": (formula_lint.sheets_and_names_are_known, lambda: with_cell_formula("NoSuchName"), "uses the name NoSuchName"),
    "error in a name": (formula_lint.sheets_and_names_are_known, lambda: replaced(BOOK, r"(<definedName [^>]*>)[^<]*", r"\1#REF!"), "holds #REF!"),
    "chart of no sheet": (formula_lint.sheets_and_names_are_known, lambda: replaced(CHART, r"<c:f>[^<]*", "<c:f>Nosuch!$A$1"), "names the sheet Nosuch"),
    "chart of a table": (formula_lint.charts_name_cells, lambda: replaced(CHART, r"<c:f>[^<]*", "<c:f>Clients[Score]"), "refers to a table"),
    "new function": (formula_lint.new_functions_are_marked, lambda: with_cell_formula("XLOOKUP(1,A1,A1)"), "without _xlfn"),
    "column and cell": (formula_lint.columns_hold_their_formulas, lambda: with_column_formula("1+1"), "its column 1.1"),
    "this row in a column": (package_lint.formulas_are_as_files_hold_them, lambda: with_column_formula("Clients[@Turnover]"), "write in full"),
}  # fmt: skip


@pytest.mark.parametrize("fault", VBA_FAULTS)
def test_a_planted_fault_of_the_macros_is_found(fault):
    trap, plant, finding = VBA_FAULTS[fault]
    assert any(finding in found for found in trap(vba_lint.Workbook(plant())))


@pytest.mark.parametrize("fault", PACKAGE_FAULTS)
def test_a_planted_fault_of_the_package_is_found(fault):
    trap, plant, finding = PACKAGE_FAULTS[fault]
    assert any(re.search(finding, found) for found in trap(package_lint.Workbook(plant())))


def test_every_check_has_a_fault_that_it_finds():
    planted = {trap for trap, *_ in (*VBA_FAULTS.values(), *PACKAGE_FAULTS.values())}
    assert planted == {*vba_lint.TRAPS, *package_lint.TRAPS}
