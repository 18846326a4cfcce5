"""The VBA projects that the package carries are what four readers and the two specifications say they are."""

import re
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyopenvba import check_file
from support.compound_files import CompoundFile, decompressed, decrypted, directory
from support.vba_lint import Workbook

import addin.template
from addin.catalogue import LANGUAGES
from addin.machine.vba_source import module_sources
from addin.template import build_workbook, empty_content
from addin.template.build import names_in_code, vba_project_file
from addin.template.macros import macro_modules
from addin.template.vba_project import Kind, VbaModule, module_of, vba_project

CLASS_FLAGS = ("False", "False", "False", "False", "False", "False")
DOCUMENT_FLAGS = ("False", "False", "True", "True", "False", "True")
FLAGS = ("GlobalNameSpace", "Creatable", "PredeclaredId", "Exposed", "TemplateDerived", "Customizable")
BASES = {
    Kind.CLASS: ("FCFB3D2A-A0FA-1068-A738-08002B3371B5", CLASS_FLAGS),
    Kind.WORKBOOK: ("00020819-0000-0000-C000-000000000046", DOCUMENT_FLAGS),
    Kind.SHEET: ("00020820-0000-0000-C000-000000000046", DOCUMENT_FLAGS),
}
REFERENCES = ["{00020430-0000-0000-C000-000000000046}#2.0", "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0"]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def modules(language):
    """The modules that have to be in the project."""
    return macro_modules(language, names_in_code())


@pytest.fixture(scope="module")
def shipped(language):
    """The project that the package carries."""
    return (Path(addin.template.__file__).parent / vba_project_file(language)).read_bytes()


def whole(module):
    """The lines of a module with the attributes that Excel writes before them."""
    head = [f'Attribute VB_Name = "{module.name}"']
    if module.kind is not Kind.STANDARD:
        base, flags = BASES[module.kind]
        head.append(f'Attribute VB_Base = "0{{{base}}}"')
        head += [f"Attribute VB_{name} = {flag}" for name, flag in zip(FLAGS, flags, strict=True)]
    return [*head, *module.source.removesuffix("\n").split("\n")] if module.source else head


def test_the_package_carries_what_a_fresh_build_gives(modules, shipped):
    assert vba_project(modules) == shipped, "run: python -m addin.template template.xlsm"


def test_our_own_reading_of_the_specifications_finds_every_module_whole(modules, shipped):
    streams = CompoundFile(shipped).streams
    found = {name[4:]: data for name, data in streams.items() if re.match(r"VBA/[^_d]", name)}
    texts = {name: decompressed(data).decode("cp1252") for name, data in found.items()}
    assert {name: text.removesuffix("\r\n").split("\r\n") for name, text in texts.items()} == {
        module.name: whole(module) for module in modules
    }


def test_the_reader_of_the_doctor_finds_every_module_whole(modules, shipped):
    found = {source.removesuffix("\r\n") for source in module_sources(shipped)}
    assert found == {"\r\n".join(whole(module)) for module in modules}


def test_olevba_finds_every_module_whole(modules, shipped, tmp_path):
    path = tmp_path / "vbaProject.bin"
    path.write_bytes(shipped)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        found = {name.rpartition(".")[0]: text for _, _, name, text in parser.extract_macros()}
        parser.close()
    assert {name: text.splitlines() for name, text in found.items()} == {
        module.name: whole(module) for module in modules
    }


def test_pyopenvba_finds_nothing_amiss(language, tmp_path):
    path = tmp_path / "book.xlsm"
    path.write_bytes(build_workbook(language, empty_content(language), macro_enabled=True))
    report = check_file(path)
    assert report.ok
    assert report.issues == ()


def test_the_streams_say_what_the_specification_prescribes_to_writers(modules, shipped):
    streams = CompoundFile(shipped).streams
    assert set(streams) == {"PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir"} | {
        f"VBA/{module.name}" for module in modules
    }
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000100")
    general, references, described = directory(decompressed(streams["VBA/dir"]))
    assert general[0x03] == (1252).to_bytes(2, "little")
    assert general[0x04] == b"ClientScoreMacros"
    assert {general[0x13], *(one[0x2C] for one in described)} == {b"\xff\xff"}
    assert [one.removeprefix("*\\G").rpartition("#")[0][:42] for one in references] == REFERENCES
    assert [(one[0x19].decode(), 0x21 in one) for one in described] == [
        (module.name, module.kind is Kind.STANDARD) for module in modules
    ]
    names = [module.name.encode() + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules]
    assert streams["PROJECTwm"] == b"".join([*names, b"\0\0"])


def test_the_project_is_named_and_open_to_all(modules, shipped):
    text = CompoundFile(shipped).streams["PROJECT"].decode("cp1252")
    lines = text.split("\r\n")
    assert 'Name="ClientScoreMacros"' in lines
    declared = {Kind.STANDARD: "Module={}", Kind.CLASS: "Class={}"}
    assert [line for line in lines if line.startswith(("Document=", "Module=", "Class="))] == [
        declared.get(module.kind, "Document={}/&H00000000").format(module.name) for module in modules
    ]
    identity = re.search(r'^ID="(.*)"\r$', text, re.MULTILINE)[1]
    fields = {key: re.search(rf'^{key}="(\w+)"', text, re.MULTILINE)[1] for key in ("CMG", "DPB", "GC")}
    assert decrypted(fields["CMG"], identity) == bytes(4)
    assert decrypted(fields["DPB"], identity) == bytes(1)
    assert decrypted(fields["GC"], identity) == b"\xff"


def test_the_modules_of_xlwings_are_those_of_the_installed_package(shipped):
    """The pin of xlwings moves the macros with it: they name its DLL, and call its Python."""
    streams = CompoundFile(shipped).streams
    folder = Path(find_spec("xlwings").origin).parent
    named = {"xlwings": folder / "xlwings.bas", "Dictionary": folder / "addin" / "Dictionary.cls"}
    different = []
    for name, file in named.items():
        installed = module_of(file.read_text(encoding="utf-8"), Kind.STANDARD).text.splitlines()
        carried = decompressed(streams[f"VBA/{name}"]).decode("cp1252").splitlines()[-len(installed) :]
        different += [pair for pair in zip(installed, carried, strict=True) if pair[0] != pair[1]]
    line = 'Public Const PROJECT_NAME As String = "{}"'
    assert different == [(line.format("xlwings"), line.format("ClientScore"))]


def test_a_workbook_carries_the_project_of_its_language_as_it_is(language, shipped):
    book = Workbook(build_workbook(language, empty_content(language), macro_enabled=True))
    assert book.parts["xl/vbaProject.bin"] == shipped


def test_macros_for_other_account_sheets_are_refused():
    content = empty_content("en")
    fewer = type(content)(accounts=content.accounts[:1])
    with pytest.raises(ValueError, match=r"modules for the account sheets \['Clients', 'Prospects'\]"):
        build_workbook("en", fewer, macro_enabled=True)


def test_a_letter_that_the_code_page_lacks_is_refused():
    with pytest.raises(UnicodeEncodeError, match="u25b2"):
        vba_project([VbaModule("M", Kind.STANDARD, 'ok\nx = "▲"')])


def test_two_modules_of_one_name_are_refused():
    with pytest.raises(ValueError, match="already exists: 'm'"):
        vba_project([VbaModule("M", Kind.STANDARD), VbaModule("m", Kind.CLASS)])


@pytest.mark.parametrize(
    "text", ["Option Explicit\n", "VERSION 1.0 CLASS\nBEGIN\nEND\n", 'x\nAttribute VB_Name = "M"\n']
)
def test_a_file_that_is_no_export_is_refused(text):
    with pytest.raises(ValueError, match="does not begin with"):
        module_of(text, Kind.CLASS)


def test_an_exported_file_loses_its_header_and_keeps_what_describes_a_procedure():
    text = (
        "VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  'True\nEND\n"
        'Attribute VB_Name = "C"\nAttribute VB_Exposed = False\n'
        'Public Sub A()\nAttribute A.VB_Description = "b"\nEnd Sub\n'
    )
    source = 'Public Sub A()\nAttribute A.VB_Description = "b"\nEnd Sub\n'
    assert module_of(text, Kind.CLASS) == VbaModule("C", Kind.CLASS, source)


def test_the_reader_undoes_the_examples_of_the_specification():
    """[MS-OVBA] 3.2: what cannot be compressed, and what can most."""
    assert decompressed(bytes.fromhex("0119b00061626364656667680069 6a6b6c6d6e6f70007172737475762e")) == (
        b"abcdefghijklmnopqrstuv."
    )
    assert decompressed(bytes.fromhex("0103b002614500")) == b"a" * 73


def test_the_protection_of_the_example_in_the_specification_is_read():
    """[MS-OVBA] 3.1.2 prints the stream PROJECT of a project that nothing protects."""
    identity = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"
    assert decrypted("0705D8E3D8EDDBF1DBF1DBF1DBF1", identity) == bytes(4)
    assert decrypted("0E0CD1ECDFF4E7F5E7F5E7", identity) == bytes(1)
    assert decrypted("1517CAF1D6F9D7F9D706", identity) == b"\xff"
