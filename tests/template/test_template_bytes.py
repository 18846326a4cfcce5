"""The same input gives the same bytes, and the command notices when a file differs."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import addin.template
from addin.catalogue import LANGUAGES
from addin.template import build_template
from addin.template.__main__ import main
from addin.template.build import vba_project_file

HERE = Path(addin.template.__file__).parent
PROJECTS = [vba_project_file(language) for language in LANGUAGES]
WRITE = (
    "import sys; from pathlib import Path; from addin.template.__main__ import main; "
    "main(sys.argv[1:2], Path(sys.argv[2]))"
)


@pytest.fixture
def folder(tmp_path):
    """A folder that VBA projects can be written into."""
    made = tmp_path / "package"
    for file in PROJECTS:
        (made / file).parent.mkdir(parents=True, exist_ok=True)
    return made


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Tokyo"), ("77", "America/Lima")])
def test_bytes_depend_neither_on_hash_seed_nor_time_zone_nor_file_name(tmp_path, folder, seed, zone):
    out = tmp_path / f"any name {seed}.xlsm"
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": seed}
    subprocess.run([sys.executable, "-c", WRITE, str(out), str(folder)], check=True, env=environment)
    assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(build_template()).digest()
    for file in PROJECTS:
        assert (folder / file).read_bytes() == (HERE / file).read_bytes()


def test_zip_entries_carry_no_trace_of_the_machine(package):
    assert {entry.date_time for entry in package.entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in package.entries} == {0}
    names = [entry.filename for entry in package.entries]
    assert names == ["[Content_Types].xml", *sorted(names[1:])]


def test_check_passes_what_was_just_written(tmp_path, folder, capsys):
    out = tmp_path / "template.xlsm"
    assert main([str(out)], folder) == 0
    assert main(["--check", str(out)], folder) == 0
    assert capsys.readouterr().out == ""


def test_check_names_the_parts_that_differ(tmp_path, folder, capsys):
    out = tmp_path / "template.xlsm"
    main([str(out)], folder)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] += b" "
    parts["xl/extra.xml"] = b"<x/>"
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert main(["--check", str(out)], folder) == 1
    assert capsys.readouterr().out.split() == ["xl/extra.xml", "xl/styles.xml"]


def test_check_names_a_vba_project_that_differs_or_is_missing(tmp_path, folder, capsys):
    out = tmp_path / "template.xlsm"
    main([str(out)], folder)
    one, other = (folder / file for file in PROJECTS)
    one.write_bytes(one.read_bytes() + b" ")
    other.unlink()
    assert main(["--check", str(out)], folder) == 1
    assert capsys.readouterr().out.split() == [one.name, other.name]
