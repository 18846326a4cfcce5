"""The exports of the commonest programs go in as they come: their kind and columns are known."""

import tomllib
from importlib import resources

import pytest
from imports.harness import lines, taken
from imports.program_exports import INVOICES, LISTS

from addin.imports.programs import PROGRAMS


def read(folder, export):
    return taken(folder, lines(export.headers, *export.rows, sign=export.sign))


@pytest.mark.parametrize("export", [*LISTS, *INVOICES], ids=lambda export: export.name)
def test_an_export_is_read_as_it_comes(tmp_path, export):
    found = read(tmp_path, export)
    (file,) = found.done.recognition.files
    assert file.kind == export.kind
    assert found.targets().items() >= export.columns.items()
    for code, cells in export.accounts.items():
        assert found[code].items() >= cells.items()
    assert tuple(reason for _, reason in found.aside) == export.left_out


@pytest.mark.parametrize("export", LISTS, ids=lambda export: export.name)
def test_what_a_program_calls_the_turnover_of_the_company_itself_is_not_ours(tmp_path, export):
    assert not {"turnover", "orders", "last_visit"} & set(read(tmp_path, export).targets().values())


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_list_of_names_says_where_they_are_from_and_when_they_were_seen(name):
    text = resources.files("addin.catalogue").joinpath("programs", f"{name}.toml").read_text("utf-8")
    source = tomllib.loads(text)["source"]
    assert source["program"]
    assert source["where"]
    assert source["seen"].year >= 2026


def test_every_list_is_read():
    files = {path.name for path in resources.files("addin.catalogue").joinpath("programs").iterdir()}
    assert {name.removesuffix(".toml") for name in files if name.endswith(".toml")} == set(PROGRAMS)
