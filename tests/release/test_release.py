"""What a release is made of: the same bytes whenever it is made; a package that works without the project."""

import hashlib
import os
import subprocess
import sys
import sysconfig
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from support.packages import VERSION, WHEEL

from addin.catalogue import LANGUAGES
from addin.package import PackageBook
from addin.release import making, offline
from addin.release.__main__ import main
from addin.release.archives import zip_folder
from addin.release.installers import INSTALLERS, packed
from addin.release.making import make_release
from addin.release.project import ROOT, NotReady, epoch, run_uv, uv
from addin.workbook.located_tables import Layout

MOMENT = 1_795_910_400
SOURCES = f"clientscore-{VERSION}.tar.gz"
PACKAGES = ROOT / "addin" / "install" / "packages.txt"


def run(*command, **settings):
    """What a program prints that ends well."""
    return subprocess.run(command, check=True, capture_output=True, text=True, **settings).stdout


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    make_release(folder, MOMENT, offline=False)
    return folder


def test_a_release_has_all_that_people_download_with_its_checksum(release):
    workbooks = {f"ClientScore-{language}.xlsm" for language in LANGUAGES}
    guide = f"clientscore-{VERSION}-guide"
    names = {path.name for path in release.iterdir()}
    assert names == {WHEEL, SOURCES, *INSTALLERS, *workbooks, f"{guide}.zip", "SHA256SUMS"}
    assert run("sha256sum", "--strict", "-c", "SHA256SUMS", cwd=release).count(": OK\n") == len(names) - 1
    with zipfile.ZipFile(release / f"{guide}.zip") as package:
        pages = set(package.namelist())
    assert {f"{guide}/{language}/index.html" for language in LANGUAGES} < pages
    assert not [page for page in pages if page.endswith(".py")]
    for name in INSTALLERS:
        assert (release / name).read_bytes() == packed(name, release / WHEEL)
    for language in LANGUAGES:
        layout = Layout(PackageBook(release / f"ClientScore-{language}.xlsm").tables())
        assert layout.language == language


def test_made_again_the_packages_are_the_same_bytes_and_the_sources_are_complete(release, tmp_path):
    """The package of a release is built out of its sources: it equals the one out of the project."""
    for kind in ("--sdist", "--wheel"):
        run_uv("build", "--quiet", kind, "--out-dir", str(tmp_path), str(ROOT), SOURCE_DATE_EPOCH=str(MOMENT))
    for name in (SOURCES, WHEEL):
        assert (tmp_path / name).read_bytes() == (release / name).read_bytes(), name
    with tarfile.open(release / SOURCES) as sources:
        names = {name.partition("/")[2] for name in sources.getnames()}
    assert {"requirements.lock", "template.xlsm", "IT.fr.md", "addin/release/making.py"} <= names


def test_the_package_holds_nothing_that_makes_it(release):
    with zipfile.ZipFile(release / WHEEL) as package:
        names = package.namelist()
    parts = {name.partition("/")[0] for name in names}
    assert parts == {"addin", "scoring", f"clientscore-{VERSION}.dist-info"}
    makers = ("addin/release/", "addin/guide/")
    assert not [name for name in names if name.startswith(makers) or name.endswith((".bas", ".cls"))]
    pictures = {name for name in names if name.endswith(".png")}
    assert {name.rpartition("/")[0] for name in pictures} == {
        f"addin/help/{language}/pictures" for language in LANGUAGES
    }
    assert {f"addin/help/{language}/index.html" for language in LANGUAGES} < set(names)


def test_installed_in_a_clean_environment_it_leads_to_a_scored_workbook_without_the_project(
    release, tmp_path
):
    """What it needs comes from beside these tests; it itself from the package alone."""
    place = tmp_path / "place"
    run(uv(), "venv", "--quiet", "--no-project", "--python", sys.executable, place)
    python = place / "bin" / "python"
    install = [uv(), "pip", "install", "--quiet", "--no-deps", "--no-index", "--python", python]
    run(*install, release / WHEEL)
    site = next(place.glob("lib/python3*/site-packages"))
    (site / "needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    exports = tmp_path / "exports"
    exports.mkdir()
    rows = [f"C{n:02};Client {n};{n * 1000};{n * 900};{n * 800}" for n in range(1, 31)]
    (exports / "clients.csv").write_text("\n".join(["Code;Nom;CA N;CA N-1;CA N-2", *rows]), encoding="utf-8")
    account = {
        "env": {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        "cwd": tmp_path,
    }
    command = place / "bin" / "clientscore"
    assert run(command, "--version", **account) == f"clientscore {VERSION}\n"
    out = run(command, "start", exports, "--book", "livre.xlsm", "--lang", "fr", **account)
    assert "30 comptes ont une classe pour la première fois." in out
    where = run(python, "-I", "-c", "import addin, scoring; print(addin.__file__, scoring.__file__)")
    assert where.split() == [str(site / name / "__init__.py") for name in ("addin", "scoring")]


@pytest.fixture
def listed(tmp_path):
    """A kit with a wheel that is listed and one that another version of it is, and the list."""
    kit = tmp_path / "kit"
    (kit / "wheels").mkdir(parents=True)
    (kit / "wheels" / "a-1-py3-none-any.whl").write_bytes(b"tested")
    (kit / "wheels" / "b-2-py3-none-any.whl").write_bytes(b"damaged")
    a, b, c = (hashlib.sha256(content).hexdigest() for content in (b"tested", b"whole", b"elsewhere"))
    text = f"a==1 \\\n    --hash=sha256:{a}\nb==2 ; sys_platform == 'win32' \\\n    --hash=sha256:{b}\n"
    return kit, f"{text}c==3 ; sys_platform == 'darwin' \\\n    --hash=sha256:{c}\n"


def test_a_package_of_a_kit_is_taken_by_its_hash_and_every_other_is_fetched_by_it(
    listed, tmp_path, monkeypatch
):
    kit, packages = listed
    fetched = []
    monkeypatch.setattr(offline, "run_uv", lambda *given: fetched.append(Path(given[-1]).read_text()))
    offline.add_wheels(tmp_path / "wheels", packages, kit)
    assert [path.read_bytes() for path in (tmp_path / "wheels").iterdir()] == [b"tested"]
    assert fetched == [f"b==2 --hash=sha256:{hashlib.sha256(b'whole').hexdigest()}\n"]


def test_the_offline_folder_has_all_that_windows_needs_and_nothing_of_a_mac():
    names = {pin.requirement.partition("==")[0] for pin in offline.pins(PACKAGES.read_text(encoding="utf-8"))}
    assert {"numpy", "pandas", "pywin32", "xlwings", "tzdata"} <= names
    assert not {"appscript", "psutil", "lxml", "clientscore"} & names


def test_the_offline_folder_is_one_file_that_holds_a_python_uv_wheels_and_the_installer(
    listed, tmp_path, monkeypatch
):
    kit, _ = listed
    (kit / "python").mkdir()
    (kit / "python" / "python.exe").write_bytes(b"MZ")

    def wheels(folder, *_):
        folder.mkdir(parents=True)
        (folder / "numpy.whl").touch()

    monkeypatch.setattr(making, "add_wheels", wheels)
    monkeypatch.setattr(making, "add_uv", lambda folder: (folder / "uv.exe").touch())
    monkeypatch.setattr(making, "run_uv", lambda *_, **__: (out / WHEEL).write_bytes(b"ours"))
    monkeypatch.setattr(making, "new_workbook", lambda path, _: path.touch())
    out = tmp_path / "out"
    make_release(out, MOMENT, kit=kit)
    name = f"clientscore-{VERSION}-windows-offline"
    assert f"  {name}.zip\n" in (out / "SHA256SUMS").read_text(encoding="utf-8")
    with zipfile.ZipFile(out / f"{name}.zip") as package:
        inside = {entry.removeprefix(f"{name}/") for entry in package.namelist()}
        assert package.read(f"{name}/install.cmd") == packed("install.cmd", out / WHEEL)
        assert {info.date_time for info in package.infolist()} == {time.gmtime(MOMENT)[:6]}
    wanted = {"install.cmd", "uv.exe", "python/python.exe", "wheels/numpy.whl", f"wheels/{WHEEL}", "list.txt"}
    assert inside == wanted | {"IT.md", "IT.fr.md"}


def test_a_folder_is_packed_to_the_same_bytes_whenever_its_files_were_written(tmp_path):
    packs = []
    for moment in (1_000_000_000, 1_700_000_000):
        folder = tmp_path / str(moment) / "guide"
        (folder / "fr").mkdir(parents=True)
        for name in ("b.md", "a.md", "fr/c.png"):
            (folder / name).write_text(name, encoding="utf-8")
            os.utime(folder / name, (moment, moment))
        zip_folder(folder, tmp_path / f"{moment}.zip", MOMENT)
        packs.append((tmp_path / f"{moment}.zip").read_bytes())
    assert packs[0] == packs[1]
    with zipfile.ZipFile(tmp_path / "1700000000.zip") as package:
        assert package.namelist() == ["guide/a.md", "guide/b.md", "guide/fr/c.png"]


def test_a_release_is_of_the_day_that_the_changelog_gives_its_version():
    changelog = f"# Changelog\n\n## [Unreleased]\n\n## [{VERSION}] - 2026-11-29\n\n- All.\n"
    assert epoch(changelog, {}) == MOMENT
    with pytest.raises(NotReady, match="has no section"):
        epoch("# Changelog\n\n## [Unreleased]\n", {})


def test_what_a_release_lacks_is_said_and_nothing_is_made(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
    (tmp_path / "left.txt").touch()
    assert main([str(tmp_path), "--no-offline"]) == 1
    assert "holds something already" in capsys.readouterr().err
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([str(tmp_path / "new"), "--no-offline"]) == 1
    assert "pip install uv" in capsys.readouterr().err
    assert not list((tmp_path / "new").iterdir())
