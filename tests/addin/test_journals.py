"""The journals that Undo reads: kept, old, broken."""

import datetime as dt
import json
import ntpath
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.commands import run_command

from addin.undo.journal import Added, Journal, Replaced, Rewritten
from addin.undo.stack import forget, location, place, recall, store, unremembered
from addin.workbook.port import Formula


def kept(book, text="", n_rows=1):
    """A journal that is known again by a text."""
    rows = [Rewritten("History", 0, [(text,)] * n_rows, [(text,)] * n_rows)]
    return Journal(book, "refresh", dt.datetime.now(dt.UTC), in_file=True, rows=rows)


def text_of(journal):
    return journal.rows[0].before[0][0]


def test_ten_journals_are_kept_and_the_last_is_on_top(tmp_path):
    for number in range(13):
        store(tmp_path, kept("/a", str(number)))
    store(tmp_path, kept("/b", "other"))
    for number in range(12, 2, -1):
        assert text_of(recall(tmp_path, "/a")) == str(number)
        forget(tmp_path, "/a")
    assert recall(tmp_path, "/a") is None
    assert text_of(recall(tmp_path, "/b")) == "other"
    assert len(list(tmp_path.iterdir())) == 1


def test_large_journals_make_room_but_for_the_last(tmp_path):
    for number in range(4):
        store(tmp_path, kept("/a", str(number), n_rows=50), most_bytes=2000)
    found = []
    while journal := recall(tmp_path, "/a"):
        found.append(text_of(journal))
        forget(tmp_path, "/a")
    assert found == ["3", "2"]
    store(tmp_path, kept("/a", "large", n_rows=900), most_bytes=2000)
    assert recall(tmp_path, "/a")


def test_journals_of_twenty_workbooks_are_kept(tmp_path):
    for number in range(23):
        store(tmp_path, kept(f"/{number}"))
    assert len(list(tmp_path.iterdir())) == 20


def test_an_old_or_broken_file_counts_for_nothing(tmp_path):
    store(tmp_path, kept("/a", "half a sign \ud83d, \u2028 and a\nbreak"))
    assert text_of(recall(tmp_path, "/a")) == "half a sign \ud83d, \u2028 and a\nbreak"
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for content in (
        b'{"version": 1, "book": "/a"}',
        b"",
        b"\xff",
        b"[]",
        whole[:-9],
        b'{"version":2,"book":"/b"}\n{}',
    ):
        path.write_bytes(content)
        assert recall(tmp_path, "/a") is None
    store(tmp_path, kept("/a", "new"))
    assert text_of(recall(tmp_path, "/a")) == "new"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain.pop("columns"),
        lambda plain: plain.update(what="dance"),
        lambda plain: plain.update(when="yesterday"),
        lambda plain: plain.update(rows=[{"table": 7, "keep": 0, "before": [], "after": []}]),
        lambda plain: plain.update(rows={"table": "History"}),
        lambda plain: plain["rows"][0].update(before=[[{"shape": "odd"}]]),
        lambda plain: plain.update(
            columns=[{"table": "Clients", "header": "Score", "at": [1, 2], "before": [1.0], "after": [2.0]}]
        ),
    ],
)
def test_a_journal_of_another_shape_is_none(tmp_path, spoil):
    store(tmp_path, kept("/a", "whole"))
    (path,) = tmp_path.iterdir()
    head, line, rest = path.read_bytes().split(b"\n")
    plain = json.loads(line)
    spoil(plain)
    path.write_bytes(b"\n".join([head, json.dumps(plain).encode(), rest]))
    assert recall(tmp_path, "/a") is None


def test_a_journal_comes_back_from_its_file_as_it_was(tmp_path):
    cells = [None, True, 1.5, "text", dt.datetime(2026, 3, 1), Formula("=A1")]
    journal = Journal(
        "/a",
        "import",
        dt.datetime(2026, 11, 29, 8, 30, tzinfo=dt.UTC),
        in_file=False,
        accounts={"Clients": [("c1", 1), ("c1", 2)]},
        columns=[Replaced("Clients", "Score", [0, 1], [1.0, None], ["x", 2.0])],
        added=[Added("Clients", ["Account", "Name"], 1, [("c9", 1)], [("C9", "New")], [(None, None)])],
        rows=[Rewritten("History", 3, [tuple(cells)], [])],
    )
    store(tmp_path, journal)
    assert recall(tmp_path, "/a") == journal


def test_a_journal_that_cannot_be_written_leaves_those_before_and_a_gap(tmp_path, monkeypatch):
    store(tmp_path, kept("/a", "first"))
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError("full")))
        with pytest.raises(OSError, match="full"):
            store(tmp_path, kept("/a", "lost"))
    assert unremembered(tmp_path, "/a") is not None
    store(tmp_path, kept("/a", "last"))
    assert unremembered(tmp_path, "/a") is None
    assert text_of(recall(tmp_path, "/a")) == "last"
    forget(tmp_path, "/a")
    assert unremembered(tmp_path, "/a") is not None
    forget(tmp_path, "/a")
    assert unremembered(tmp_path, "/a") is None
    assert text_of(recall(tmp_path, "/a")) == "first"
    forget(tmp_path, "/a")
    assert list(tmp_path.iterdir()) == []


def test_undo_after_a_gap_says_so_and_then_takes_back_what_came_before(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    book = tmp_path / "book.xlsx"
    assert run_command(capsys, "new", book, "--lang", "en")[0] == 0
    (tmp_path / "crm.csv").write_text("Account;Name;Town\nC1;One;Lyon\nC2;Two;Nice\n", encoding="utf-8")
    assert run_command(capsys, "import", book, tmp_path / "crm.csv", "--yes")[0] == 0
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError("full")))
        assert run_command(capsys, "refresh", book)[0] == 0
    code, _, err = run_command(capsys, "undo", book)
    assert code == 1
    assert "could not be remembered" in err
    code, out, _ = run_command(capsys, "undo", book)
    assert code == 0
    assert "The import of" in out


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"C:\Users\Eva\Portfolio.xlsm", "c:/users/eva/PORTFOLIO.xlsm"),
        (r"C:\Users\Eva\..\Eva\Portfolio.xlsm", r"C:\Users\Eva\Portfolio.xlsm"),
        (r"\\?\C:\Users\Eva\Portfolio.xlsm", r"C:\Users\Eva\Portfolio.xlsm"),
        (r"\\?\UNC\server\sales\Portfolio.xlsm", r"\\server\sales\Portfolio.xlsm"),
        (r"\\server\share\Book.xlsm", "//SERVER/Share/book.xlsm"),
    ],
)
def test_on_windows_case_and_slashes_do_not_matter(one, other):
    assert place(one, ntpath) == place(other, ntpath)


def test_a_workbook_has_one_place_whoever_names_it(tmp_path, monkeypatch):
    book = tmp_path / "book.xlsx"
    book.touch()
    (tmp_path / "link.xlsx").symlink_to(book)
    monkeypatch.chdir(tmp_path)
    wanted = location(book)
    assert location(Path("book.xlsx")) == location(Path("link.xlsx")) == wanted
    for api in (
        SimpleNamespace(FullName=str(book)),
        SimpleNamespace(full_name=SimpleNamespace(get=lambda: str(book))),
    ):
        assert location(SimpleNamespace(api=api, name="book.xlsx")) == wanted
    assert place("https://d.docs.live.net/1/Book.xlsm") == "https://d.docs.live.net/1/Book.xlsm"
    assert place("Book1") == "Book1"
    assert location(SimpleNamespace(api=object(), name="Book1")) == "Book1"
