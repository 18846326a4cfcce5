"""The journals that Undo reads: kept, old, broken."""

import datetime as dt
import json
import ntpath
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.commands import run_command

from addin.undo.journal import Added, Group, Journal, Replaced, Rewritten
from addin.undo.places import location
from addin.undo.stack import Stack
from addin.workbook.place import place
from addin.workbook.port import Formula, Spread


def kept(book, text="", n_rows=1):
    """A journal that is known again by a text."""
    rows = [Rewritten("History", 0, [(text,)] * n_rows, [(text,)] * n_rows)]
    return Journal(book, "refresh", dt.datetime.now(dt.UTC), in_file=True, rows=rows)


def text_of(journal):
    return journal.rows[0].before[0][0]


def taken(stack):
    """The text of the journal on top, which goes."""
    entry = stack.top()
    text = text_of(entry.journal())
    stack.drop(entry)
    return text


def test_ten_journals_are_kept_and_the_last_is_on_top(tmp_path):
    stack, other = Stack(tmp_path, "/a"), Stack(tmp_path, "/b")
    for number in range(13):
        stack.put(kept("/a", str(number)))
    other.put(kept("/b", "other"))
    assert [taken(stack) for _ in range(10)] == [str(number) for number in range(12, 2, -1)]
    assert stack.top() is None
    assert taken(other) == "other"
    assert list(tmp_path.iterdir()) == []


def test_large_journals_make_room_but_for_the_last(tmp_path):
    stack = Stack(tmp_path, "/a", most_bytes=2000)
    for number in range(4):
        stack.put(kept("/a", str(number), n_rows=50))
    assert [taken(stack), taken(stack), stack.top()] == ["3", "2", None]
    stack.put(kept("/a", "large", n_rows=900))
    assert taken(stack) == "large"


def test_journals_of_twenty_workbooks_are_kept(tmp_path):
    for number in range(23):
        Stack(tmp_path, f"/{number}").put(kept(f"/{number}"))
    assert len(list(tmp_path.iterdir())) == 20


def test_journals_are_for_nobody_else_to_read(tmp_path):
    stack = Stack(tmp_path / "undo", "/a")
    stack.put(kept("/a"))
    file = stack.top().path
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]


def test_a_journal_that_was_begun_stands_only_where_the_workbook_is_what_it_says(tmp_path):
    stack = Stack(tmp_path, "/a")
    stack.put(kept("/a", "first"))
    for digest, expected in (("aa", "first"), ("bb", "second"), ("cc", "second")):
        entry = stack.begin(kept("/a", "second"), "aa", "bb")
        stack.settle(digest)
        assert text_of(stack.top().journal()) == expected
        assert stack.top().is_begun == (digest == "cc")
        if digest != "aa":
            stack.drop(stack.top())
        assert not entry.path.exists()


def test_what_was_being_undone_is_undone_only_where_the_workbook_says_so(tmp_path):
    stack = Stack(tmp_path, "/a")
    for text in ("first", "second"):
        stack.put(kept("/a", text))
    for digest, expected in (("bb", "second"), ("aa", "first")):
        stack.mark_undoing(stack.top(), "aa")
        stack.settle(digest)
        assert text_of(stack.top().journal()) == expected
        assert len(list(stack.top().path.parent.iterdir())) == (2 if digest == "bb" else 1)


def spoilt(stack, content):
    stack.put(kept("/a", "whole"))
    stack.top().path.write_bytes(content)
    return stack.top()


def test_an_old_or_broken_file_is_no_journal(tmp_path):
    stack = Stack(tmp_path, "/a")
    text = "half a sign \ud83d, \u2028 and a\nbreak"
    stack.put(kept("/a", text))
    whole = stack.top().path.read_bytes()
    assert text_of(stack.top().journal()) == text
    assert b'"version":3' in whole
    other = whole.replace(b'"version":3', b'"version":2')
    for content in (b"", b"\xff", b"[]", b"7", b"[" * 100_000, whole[:-9], other):
        with pytest.raises(ValueError, match="journal"):
            spoilt(stack, content).journal()


def spoil(path, value):
    """Return what puts another value at a place of a journal."""

    def spoiling(plain):
        *way, last = path
        for step in way:
            plain = plain[step]
        plain[last] = value

    return spoiling


COLUMN = {"table": "Clients", "header": "Score", "at": [0, 1], "before": [1.0, 2.0], "after": [3.0, 4.0]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: plain.pop("columns"),
        lambda plain: plain["accounts"].clear(),
        spoil(["version"], 2),
        spoil(["what"], "dance"),
        spoil(["when"], "yesterday"),
        spoil(["when"], "0001-01-01T00:00:00+00:00"),
        spoil(["when"], "2026-11-29T08:30:00"),
        spoil(["rows"], [{"table": 7, "keep": 0, "before": [], "after": []}]),
        spoil(["rows"], {"table": "History"}),
        spoil(["rows", 0, "keep"], -1),
        spoil(["rows", 0, "before"], [[{"shape": "odd"}]]),
        spoil(["rows", 0, "before"], [["a", "b"]]),
        spoil(["rows", 0, "before"], [[{"date": "1066-10-14T00:00:00"}]]),
        spoil(["rows", 0, "before"], [[{"date": "2026-10-14T00:00:00+02:00"}]]),
        spoil(["rows", 0, "before"], [[{"formula": "=\x00"}]]),
        spoil(["rows", 0, "before"], [[{"formula": "=\ud83d"}]]),
        spoil(["rows", 0, "before"], [[float("nan")]]),
        spoil(["rows", 0, "before"], [[10**400]]),
        lambda plain: plain["rows"].append(plain["rows"][0]),
        spoil(["columns", 0, "before"], [1.0]),
        spoil(["columns", 0, "at"], [0, 2]),
        spoil(["columns", 0, "at"], [-1, 0]),
        spoil(["columns", 0, "at"], [1, 1]),
        spoil(["columns", 0, "table"], "Prospects"),
        spoil(["accounts", "Clients"], [["c1", "1"], ["c2", 1]]),
    ],
)
def test_a_journal_of_another_shape_is_none(tmp_path, spoil):
    stack = Stack(tmp_path, "/a")
    stack.put(kept("/a", "whole"))
    plain = json.loads(stack.top().path.read_bytes())
    plain["columns"], plain["accounts"] = [COLUMN | {}], {"Clients": [["c1", 1], ["c2", 1]]}
    entry = spoilt(stack, json.dumps(plain).encode())
    assert entry.journal().columns[0].before == [1.0, 2.0]
    spoil(plain)
    with pytest.raises(ValueError, match="journal"):
        spoilt(stack, json.dumps(plain).encode()).journal()


def test_a_journal_comes_back_from_its_file_as_it_was(tmp_path):
    cells = [
        None,
        True,
        1.5,
        "text",
        dt.datetime(2026, 3, 1),
        Formula("=A1"),
        Formula("{=B}", Spread(2, 1, (("cm", "1"),))),
    ]
    journal = Journal(
        "/a",
        "import",
        dt.datetime(2026, 11, 29, 8, 30, tzinfo=dt.UTC),
        in_file=False,
        accounts={"Clients": [("c1", 1), ("c1", 2)]},
        columns=[Replaced("Clients", "Score", [0, 1], [1.0, None], ["x", 2.0])],
        added=[Added("Clients", ["Account", "Name"], 1, [("c9", 1)], [("C9", "New")], [(None, None)])],
        rows=[Rewritten("History", 3, [tuple(cells)], [])],
        groups=(Group("Clients", ["Score"], 0, 2, "E4:E5"),),
    )
    stack = Stack(tmp_path, "/a")
    stack.put(journal)
    assert stack.top().journal() == journal


def full(monkeypatch):
    """Let journals find no room, as on a disk that is full but for the names of files."""
    monkeypatch.setattr("addin.undo.stack.json_pieces", lambda _: (_ for _ in ()).throw(OSError("full")))


def test_a_journal_that_cannot_be_written_leaves_those_before_and_a_gap(tmp_path, monkeypatch):
    stack = Stack(tmp_path, "/a")
    stack.put(kept("/a", "first"))
    with monkeypatch.context() as patch:
        full(patch)
        with pytest.raises(OSError, match="full"):
            stack.put(kept("/a", "lost"))
    assert stack.top().is_gap
    stack.put(kept("/a", "last"))
    assert taken(stack) == "last"
    assert stack.top().is_gap
    stack.drop(stack.top())
    assert taken(stack) == "first"
    assert list(tmp_path.iterdir()) == []


def test_undo_after_a_gap_says_so_and_then_takes_back_what_came_before(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    book = tmp_path / "book.xlsx"
    assert run_command(capsys, "new", book, "--lang", "en")[0] == 0
    (tmp_path / "crm.csv").write_text("Account;Name;Town\nC1;One;Lyon\nC2;Two;Nice\n", encoding="utf-8")
    assert run_command(capsys, "import", book, tmp_path / "crm.csv", "--yes")[0] == 0
    with monkeypatch.context() as patch:
        full(patch)
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
