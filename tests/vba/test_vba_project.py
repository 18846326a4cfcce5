"""The VBA project is what four readers and the two specifications say it is."""

import os
import re
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba import ExcelFile
from support.compound_files import CompoundFile, decompressed, decrypted

from addin.machine.vba_source import module_sources
from addin.template.macros import macro_modules
from addin.template.vba_project import Kind, VbaModule, module_of, vba_project
from addin.template.vba_project.compound_file import compound_file
from addin.template.vba_project.compression import compressed

MODULES = macro_modules("fr", ["StartSheet", "ClientsSheet"])
PROJECT = vba_project(MODULES)


def expected():
    return {module.name: module.encoded().decode("cp1252") for module in MODULES}


def test_our_own_reading_of_the_specification_finds_every_source():
    streams = CompoundFile(PROJECT).streams
    assert {name: decompressed(streams[f"VBA/{name}"]).decode("cp1252") for name in expected()} == expected()


def test_the_reader_of_the_doctor_finds_every_source():
    found = {source.rstrip("\r\n") for source in module_sources(PROJECT)}
    assert found == {text.rstrip("\r\n") for text in expected().values()}


def test_pyopenvba_finds_every_module_and_nothing_amiss():
    with ExcelFile(Path(__file__).parents[2] / "template.xlsm") as book:
        assert set(book.module_names()) >= {module.name for module in MODULES if module.kind != Kind.SHEET}
        for module in MODULES:
            if module.kind is Kind.STANDARD and module.name != "ClientScoreTexts":  # that one is French here
                assert module.source.splitlines()[-1] in book.get_module(module.name)


def test_olevba_finds_every_source(tmp_path):
    path = tmp_path / "vbaProject.bin"
    path.write_bytes(PROJECT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        found = {name.rpartition(".")[0]: text for _, _, name, text in parser.extract_macros()}
        parser.close()
    assert {name: text.splitlines() for name, text in found.items()} == {
        name: text.splitlines() for name, text in expected().items()
    }


@pytest.mark.parametrize("count", [*range(1, 20), 63, 64, 65, 99, 150])
def test_any_number_of_modules_makes_a_sound_file(count):
    modules = [VbaModule(f"M{'x' * (n % 7)}{n}", Kind.STANDARD, f"' {n}") for n in range(count)]
    streams = CompoundFile(vba_project(modules)).streams
    assert len(streams) == count + 4


@given(st.binary(max_size=9000).filter(lambda data: len(data) % 4096 == 0 or len(set(data)) < 60))
@settings(max_examples=60)
def test_what_was_compressed_can_be_read_again(data):
    assert decompressed(compressed(data)) == data


@pytest.mark.parametrize(
    "plain",
    [b"abcdefghijklmnopqrstuv.", b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa", b"a" * 73],
)
def test_the_examples_of_the_specification_survive(plain):
    """[MS-OVBA] 3.2: what cannot be compressed, what can a little, and what can most."""
    assert decompressed(compressed(plain)) == plain
    assert decompressed(bytes.fromhex("0119b00061626364656667680069 6a6b6c6d6e6f70007172737475762e")) == (
        b"abcdefghijklmnopqrstuv."
    )
    assert decompressed(bytes.fromhex("0103b002614500")) == b"a" * 73


def test_the_project_is_open_to_all_and_of_sources_only():
    streams = CompoundFile(PROJECT).streams
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000100")
    text = streams["PROJECT"].decode("cp1252")
    identity = re.search(r'^ID="(.*)"\r$', text, re.MULTILINE)[1]
    fields = {key: re.search(rf'^{key}="(\w+)"', text, re.MULTILINE)[1] for key in ("CMG", "DPB", "GC")}
    assert decrypted(fields["CMG"], identity) == bytes(4)
    assert decrypted(fields["DPB"], identity) == bytes(1)
    assert decrypted(fields["GC"], identity) == b"\xff"
    assert "Document=ThisWorkbook/&H00000000" in text
    assert "Class=Dictionary" in text
    names = streams["PROJECTwm"]
    for module in MODULES:
        assert module.name.encode() + b"\0" + module.name.encode("utf-16-le") + b"\0\0" in names
    assert names.endswith(b"\0\0\0\0")


def test_the_bytes_depend_on_nothing_but_the_sources():
    code = (
        "import hashlib; from addin.template.macros import macro_modules; "
        "from addin.template.vba_project import vba_project; "
        "print(hashlib.sha256(vba_project(macro_modules('fr', ['A', 'B']))).hexdigest())"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("99", "America/Lima"))
    }
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("module", "match"),
    [
        (VbaModule("M", Kind.STANDARD, 'ok\nx = "▲"'), r"M, line 2: '▲'"),
        (VbaModule("M", Kind.STANDARD, "ok\n' one\u2028two"), r"M, line 2: '.u2028' is no letter"),
        (VbaModule("M", Kind.STANDARD, "' one\x0ctwo"), r"M, line 1: '.x0c' is no letter"),
        (VbaModule("M", Kind.CLASS, "VERSION 1.0 CLASS\nBEGIN\nEND"), "line 1: the name stands"),
        (VbaModule("M", Kind.STANDARD, '\nattribute vb_name = "M"'), "line 2: the name stands"),
        (VbaModule("M", Kind.STANDARD, "a\t_ \n" * 25), "more than 24 continuations"),
        (VbaModule("Dir", Kind.STANDARD), "'Dir' is no name of a module"),
        (VbaModule("ClientScoreMacros", Kind.STANDARD), "the project and a module are both called"),
        (VbaModule("M", Kind.STANDARD, "x" * 1024), "line 1: longer than 1023"),
        (VbaModule("M", Kind.STANDARD, "a _\n" * 25), "more than 24 continuations"),
        (VbaModule("M", Kind.STANDARD, 'Attribute VB_Name = "M"'), "stands in the text too"),
        (VbaModule("1st", Kind.STANDARD), "no name of a module"),
        (VbaModule("x" * 32, Kind.STANDARD), "no name of a module"),
    ],
)
def test_what_excel_would_not_take_is_refused(module, match):
    with pytest.raises(ValueError, match=match):
        vba_project([module])


def test_two_modules_of_one_name_are_refused():
    with pytest.raises(ValueError, match="more than one module is called m"):
        vba_project([VbaModule("M", Kind.STANDARD), VbaModule("m", Kind.CLASS)])


def test_a_project_has_a_name_that_vba_can_write():
    with pytest.raises(ValueError, match="is no name of a project"):
        vba_project([], 'a"b')


def test_what_is_just_within_the_limits_is_taken():
    source = "' " + "x" * 1021 + "\n" + "a _\n" * 24 + "1\n' é€"
    streams = CompoundFile(vba_project([VbaModule("M" * 31, Kind.STANDARD, source)])).streams
    text = decompressed(streams["VBA/" + "M" * 31]).decode("cp1252")
    assert text.splitlines()[1:] == source.splitlines()


LETTERS = st.characters(codec="cp1252", exclude_categories=("Cc",)) | st.sampled_from("\t")


@given(st.lists(st.text(LETTERS, max_size=60), max_size=40), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=60, deadline=None)
def test_every_text_of_the_code_page_comes_back(lines, line_end):
    lines = [f"'{line}." for line in lines]  # comments, so that no line reads as a header or goes on
    streams = CompoundFile(vba_project([VbaModule("M", Kind.STANDARD, line_end.join(lines))])).streams
    text = decompressed(streams["VBA/M"]).decode("cp1252")
    assert text == "".join(f"{line}\r\n" for line in ['Attribute VB_Name = "M"', *lines])


@pytest.mark.parametrize("size", [4095, 4096, 4097, 8192])
def test_streams_below_4096_bytes_share_the_mini_stream(size):
    tree = {"Short": b"s" * 64, "Long": b"l" * size, "Nothing": b""}
    assert CompoundFile(compound_file(tree)).streams == tree


def test_the_protection_of_the_example_in_the_specification_is_read():
    """[MS-OVBA] 3.1.2 prints the stream PROJECT of a project that nothing protects."""
    identity = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"
    assert decrypted("0705D8E3D8EDDBF1DBF1DBF1DBF1", identity) == bytes(4)
    assert decrypted("0E0CD1ECDFF4E7F5E7F5E7", identity) == bytes(1)
    assert decrypted("1517CAF1D6F9D7F9D706", identity) == b"\xff"


@pytest.mark.parametrize(
    ("text", "match"),
    [("Option Explicit", "does not begin with"), ("VERSION 1.0 CLASS\nBEGIN", "has no END")],
)
def test_a_file_that_is_no_export_is_refused(text, match):
    with pytest.raises(ValueError, match=match):
        module_of(text, Kind.CLASS)


def test_an_exported_file_loses_its_header_and_keeps_what_describes_a_procedure():
    text = (
        "\ufeffVERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n"
        'Attribute VB_Name = "C"\r\nAttribute VB_Exposed = False\r\n'
        'Public Sub A()\r\nAttribute A.VB_Description = "b"\r\nEnd Sub\r\n'
    )
    source = 'Public Sub A()\nAttribute A.VB_Description = "b"\nEnd Sub'
    assert module_of(text, Kind.CLASS) == VbaModule("C", Kind.CLASS, source)


def test_the_modules_of_xlwings_come_from_the_installed_package():
    folder = Path(find_spec("xlwings").origin).parent
    stock = module_of((folder / "xlwings.bas").read_text(encoding="utf-8"), Kind.STANDARD)
    ours = next(module for module in MODULES if module.name == "xlwings")
    different = [
        (one, other)
        for one, other in zip(stock.source.splitlines(), ours.source.splitlines(), strict=True)
        if one != other
    ]
    assert different == [
        (
            'Public Const PROJECT_NAME As String = "xlwings"',
            'Public Const PROJECT_NAME As String = "ClientScore"',
        )
    ]
