"""Files on Windows: held by other programs, under odd names and paths; where journals and the log lie."""

# ruff: noqa: SLF001 - the names of drafts are nobody else's business

import os
import subprocess
import sys
from pathlib import Path

import pytest
from package.fills import column
from package.raw_package import HEADER, RawBook
from support.commands import run_command
from windows.on_windows.holding import NOTHING, READ, READ_AND_WRITE, held

from addin.imports.files.content import content_of
from addin.log import log_failure
from addin.machine.places import places
from addin.package import PackageBook, alone, atomic, putting
from addin.package.exchange import place_of_old
from addin.refusals import Refusal
from addin.undo.places import undo_folder
from addin.workbook.place import place

CHANGES = column(1, ["one", "other"])


@pytest.fixture
def place_of_work(tmp_path):
    folder = tmp_path / "Été & hiver (1)"
    folder.mkdir()
    return folder


@pytest.fixture
def book(place_of_work):
    """A small workbook in a folder with a French name."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in (2, 3))
    return RawBook(HEADER + rows).save(place_of_work / "Portefeuille d’été.xlsx")


@pytest.mark.parametrize("sharing", [NOTHING, READ, READ_AND_WRITE])
def test_a_workbook_that_another_program_holds_is_left_and_said_to_be_open(book, sharing):
    before = book.read_bytes()
    with held(book, sharing), pytest.raises(Refusal, match="open_elsewhere"):
        PackageBook(book).apply(CHANGES)
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_workbook_that_is_held_from_the_moment_it_was_read_is_left(book):
    before = book.read_bytes()
    package = PackageBook(book)
    with held(book, NOTHING), pytest.raises(Refusal, match=r"changed_meanwhile|open_elsewhere"):
        package.apply(CHANGES)
    assert book.read_bytes() == before


def test_an_export_that_another_program_holds_is_said_to_be_open(capsys, place_of_work):
    path = place_of_work / "comptes clients.csv"
    path.write_text("Account;Name\nC1;Érable\n", encoding="cp1252")
    with held(path, NOTHING), pytest.raises(Refusal, match="open_elsewhere"):
        content_of(path)
    with held(path, NOTHING):
        code, _, said = run_command(
            capsys, "new", path.with_suffix(".xlsx"), "--accounts", path, "--lang", "fr"
        )
    assert code == 1
    assert said.startswith("Le fichier comptes clients.csv est ouvert dans un autre programme")


@pytest.mark.parametrize("sharing", [NOTHING, READ])
def test_a_file_that_an_indexer_holds_for_a_moment_is_waited_for(book, sharing):
    package = PackageBook(book)
    with held(book, sharing, seconds=0.2):
        assert package.apply(CHANGES)


def test_a_workbook_is_found_that_was_being_replaced_as_its_process_was_killed(book):
    """Replacing takes two steps here: in between the old one has another name, the new one is complete."""
    before = book.read_bytes()
    draft = book.with_name(f"{atomic._stem(book)}dead.tmp")
    draft.write_bytes(b"complete")
    book.rename(place_of_old(draft))
    package = PackageBook(book)
    assert book.read_bytes() == before
    assert package.apply(CHANGES)
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_workbook_that_another_program_saves_in_the_last_instant_is_put_back(book, monkeypatch):
    """As Excel saves: a new file in the place of the old one."""
    theirs = book.read_bytes()[:-2] + b"\3\0new"
    real = putting.exchange

    def exchange(draft, path):
        monkeypatch.setattr(putting, "exchange", real)
        beside = path.with_name("theirs.xlsx")
        beside.write_bytes(theirs)
        beside.replace(path)
        return real(draft, path)

    monkeypatch.setattr(putting, "exchange", exchange)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        PackageBook(book).apply(CHANGES)
    assert book.read_bytes() == theirs
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_one_command_at_a_time_has_a_workbook(book, monkeypatch):
    monkeypatch.setattr(alone, "_PATIENCE", 0.0)
    program = (
        "import sys; from addin.package.alone import alone_with\n"
        "with alone_with(sys.argv[1], 'book'): print(flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", program, place(str(book))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(Refusal, match="busy_with_book"), alone.alone_with(place(str(book)), book.name):
            pass
        other.communicate(b"\n")
    with alone.alone_with(place(str(book)), book.name):
        pass


def test_a_read_only_workbook_is_said_to_be_read_only(book):
    book.chmod(0o444)
    with pytest.raises(Refusal, match="read_only"):
        PackageBook(book).apply(CHANGES)
    book.chmod(0o666)
    assert PackageBook(book).apply(CHANGES)


@pytest.mark.parametrize("name", ["NUL.xlsm", "con.xlsx", "com1.xlsm"])
def test_a_device_is_no_workbook(capsys, tmp_path, name):
    code, _, said = run_command(capsys, "new", tmp_path / name, "--lang", "en")
    assert code == 1
    assert "belongs to a device" in said
    code, _, said = run_command(capsys, "refresh", tmp_path / name, "--lang", "en")
    assert code == 1
    assert "Traceback" not in said


def test_a_sign_that_no_name_may_have_is_named(capsys, tmp_path):
    code, _, said = run_command(capsys, "new", tmp_path / "who?.xlsm", "--lang", "en")
    assert code == 1
    assert "holds a sign" in said


def test_a_workbook_is_the_same_however_its_path_is_written(capsys, book):
    long = f"\\\\?\\{book}"
    assert place(long) == place(str(book)) == place(str(book).upper()) == place(str(book).replace("\\", "/"))
    assert PackageBook(Path(long)).apply(CHANGES)
    code, _, said = run_command(capsys, "undo", long, "--lang", "en")
    assert code == 1
    assert said.startswith("There is no refresh or import of this workbook")


def test_journals_and_the_log_lie_in_the_profile_where_the_removal_looks_for_them():
    found = places("win32", os.environ)
    log = log_failure(Refusal("folder", file="é"))
    assert log.is_file()
    assert os.path.normcase(log.parent) == os.path.normcase(found.logs)
    assert os.path.normcase(undo_folder().parent) == os.path.normcase(found.state)


def test_what_is_redirected_is_utf_8(tmp_path):
    """Whatever the code page: into a file, and into a pipe."""
    command = [sys.executable, "-m", "addin.cli", "refresh", "Été ▲.xlsx", "--lang", "fr"]
    to_file = tmp_path / "out.txt"
    with to_file.open("wb") as file:
        subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.PIPE, check=False)
    assert to_file.read_text(encoding="utf-8").startswith("Le fichier Été ▲.xlsx n’existe pas.")
    piped = subprocess.run(command, capture_output=True, stdin=subprocess.PIPE, check=False).stderr
    assert piped.decode("utf-8").startswith("Le fichier Été ▲.xlsx n’existe pas.")


def test_this_is_windows_with_its_own_code_page():
    import locale

    assert sys.platform == "win32"
    assert locale.getencoding() == "cp1252"
    assert sys.flags.utf8_mode == 0
    assert Path(sys.executable).name == "python.exe"
