"""VBA out of a vbaProject.bin."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from install.machines import stock_vba

from addin.machine.vba_source import decompressed, module_sources


@pytest.mark.parametrize(
    ("container", "text"),
    [
        (
            "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E",
            b"abcdefghijklmnopqrstuv.",
        ),
        (
            (
                "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D "
                "6E 6F 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
            ),
            b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
        ),
        ("01 03 B0 02 61 45 00", b"a" * 73),
    ],
    ids=["none", "normal", "maximum"],
)
def test_the_compression_examples_of_ms_ovba_section_3_2(container, text):
    assert decompressed(bytes.fromhex(container)) == text


def test_the_project_that_xlwings_ships_holds_the_module_that_xlwings_ships():
    sources = [source.replace("\r\n", "\n") for source in module_sources(stock_vba())]
    folder = Path(find_spec("xlwings").origin).parent
    expected = (folder / "xlwings.bas").read_text(encoding="cp1252")
    assert expected in sources
    assert len(sources) == 6


def test_what_is_no_project_is_refused():
    with pytest.raises(ValueError, match="not a vbaProject"):
        module_sources(b"PK\x03\x04 and so on")


@pytest.mark.parametrize("size", [8, 100, 600, 5000])
def test_a_project_cut_short_is_refused(size):
    with pytest.raises(ValueError, match=r"vbaProject\.bin"):
        module_sources(stock_vba()[:size])


def test_a_project_whose_chain_bites_its_tail_is_refused():
    project = bytearray(stock_vba())
    sector = 1 << int.from_bytes(project[30:32], "little")
    directory = int.from_bytes(project[48:52], "little")
    table = int.from_bytes(project[76:80], "little")
    at = (table + 1) * sector + 4 * directory
    project[at : at + 4] = directory.to_bytes(4, "little")
    with pytest.raises(ValueError, match=r"circular vbaProject\.bin"):
        module_sources(bytes(project))
