"""The same input gives the same bytes, and the command notices when a file differs."""

import hashlib
import os
import subprocess
import sys
import zipfile

import pytest

from addin.template import build_template
from addin.template.__main__ import main


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Tokyo"), ("77", "America/Lima")])
def test_bytes_depend_neither_on_hash_seed_nor_time_zone_nor_file_name(tmp_path, seed, zone):
    out = tmp_path / f"any name {seed}.xlsm"
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": seed}
    subprocess.run([sys.executable, "-m", "addin.template", str(out)], check=True, env=environment)
    assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(build_template()).digest()


def test_zip_entries_carry_no_trace_of_the_machine(package):
    assert {entry.date_time for entry in package.entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in package.entries} == {0}
    names = [entry.filename for entry in package.entries]
    assert names == ["[Content_Types].xml", *sorted(names[1:])]


def test_check_passes_a_file_just_written(tmp_path, capsys):
    out = tmp_path / "template.xlsm"
    assert main([str(out)]) == 0
    assert main(["--check", str(out)]) == 0
    assert capsys.readouterr().out == ""


def test_check_names_the_parts_that_differ(tmp_path, capsys):
    out = tmp_path / "template.xlsm"
    main([str(out)])
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] += b" "
    parts["xl/extra.xml"] = b"<x/>"
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert main(["--check", str(out)]) == 1
    assert capsys.readouterr().out.split() == ["xl/extra.xml", "xl/styles.xml"]
