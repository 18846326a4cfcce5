"""A handover: whose portfolio it is, its lists, its page, and what a program is told."""

import datetime as dt
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from support.commands import run_command
from support.made import layout, new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.undo.last import undo_last
from addin.uses import shown_uses

TODAY = dt.date(2026, 11, 29)
SCRIPT = "<script>alert(1)</script>"
RICH = {"turnover": 900_000.0, "turnover_1": 500_000.0, "turnover_2": 300_000.0, "potential": 2_000_000.0}
RICH |= {"days_late": 0.0, "open_amount": 900.0, "overdue": 100.0}
POOR = {"turnover": 500.0, "turnover_1": 900.0, "turnover_2": 900.0, "potential": 900.0, "days_late": 90.0}


def rows(words):
    client, prospect = (words.word("status", key) for key in ("client", "prospect"))
    old, new = dt.datetime(2026, 1, 15), dt.datetime(2026, 11, 2)
    return [
        {"account": "A-1", "name": SCRIPT, "status": client, "rep": "Ana", "sector": "North", **RICH}
        | {"last_visit": old, "last_purchase": old, "phone": '"><img src=x onerror=alert(2)>'},
        {
            "account": "A-2",
            "name": "=cmd|' /c'!A0",
            "status": client,
            "rep": "ana ",
            "sector": "South",
            **RICH,
        }
        | {"last_visit": new, "last_purchase": new},
        {"account": "D-1", "name": "Lost & Sons", "status": client, "rep": "Ana", "sector": "North", **POOR}
        | {"turnover": 0.0, "turnover_1": 800.0, "forced": "B", "forced_reason": "Sister company"}
        | {"forced_until": dt.datetime(2027, 1, 31)},
        {"account": "P-1", "name": "Prospect", "status": prospect, "rep": "Ana", "sector": "North"},
        {"account": "B-1", "name": "Elsewhere", "status": client, "rep": "Ben", "sector": "South", **RICH},
    ]


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    return path


def run(capsys, book, *options):
    return run_command(capsys, "handover", book, *options, today=TODAY)


def page_of(book):
    (page,) = book.parent.glob("*.html")
    return page


def test_the_sheets_have_the_portfolio_of_one_rep(book, capsys):
    code, out, _ = run(capsys, book, "--rep", "ANA")
    found = layout(book)
    words = catalogue(found.language)
    assert code == 0
    assert str(page_of(book)) in out
    assert page_of(book).name == f"{words.sheet('handover')} Ana 2026-11-29.html"
    assert shown_uses(found) == ["handover"]
    named = found.named
    assert [row["account"] for row in named["handover"].rows()] == ["A-1", "A-2", "D-1", "P-1"]
    first = named["handover"].rows()[0]
    assert first["share_of_wallet"] == 0.45
    assert first["instructions"] == next(row["instructions"] for row in named["classes"].rows())
    assert named["handoverof"].rows() == [{"by": words.word("handover_by", "rep"), "whose": "Ana"}]
    figures = {row["figure"]: row["value"] for row in named["handoverfigures"].rows()}
    assert figures[words.word("handover_figure", "accounts")] == "4"
    assert "1" in figures[words.word("handover_figure", "turnover")]
    classes = {row["class"]: row["accounts"] for row in named["handoverclasses"].rows()}
    assert classes == {"A": 2, "B": 1, "C": 0, "D": 0, "?": 1}
    assert [row["period_turnover"] for row in named["handoveryears"].rows()] == [
        600_900,
        1_000_800,
        1_800_000,
    ]
    assert "Ana" in named["handoverfiguresnotes"].rows()[0]["note"]


def test_what_is_to_be_watched_says_why(book, capsys):
    run(capsys, book, "--rep", "Ana")
    found = layout(book)
    words = catalogue(found.language)
    watched = [(row["watch"], row["account"]) for row in found.named["handoverwatch"].rows()]
    kinds = {key: words.word("handover_watch", key) for key in ("sleeping", "at_risk", "hold", "forced")}
    assert (kinds["sleeping"], "A-1") in watched
    assert (kinds["sleeping"], "A-2") not in watched
    assert (kinds["at_risk"], "D-1") in watched
    assert (kinds["hold"], "D-1") in watched
    assert watched[-1] == (kinds["forced"], "D-1")
    because = {row["watch"]: row["because"] for row in found.named["handoverwatch"].rows()}
    assert "800" in because[kinds["at_risk"]]
    assert "Sister company" in because[kinds["forced"]]
    note = words.text("views", "handover", "sleep_unknown", count=1, classes=["A", "B"])
    assert note in found.named["handoverwatchnotes"].rows()[0]["note"], "of D-1, forced to B"


def test_a_sector_is_handed_over_as_one_portfolio(book, capsys):
    code, out, _ = run(capsys, book, "--sector", "south", "--json")
    tables = json.loads(out)["tables"]
    assert code == 0
    assert [row["account"] for row in tables["Handover"]] == ["A-2", "B-1"]
    assert tables["HandoverOf"] == [{"by": "sector", "whose": "South"}]
    assert {row["rep"] for row in tables["Handover"]} == {"Ana", "Ben"}
    assert {row["account"] for row in tables["HandoverAgenda"]} == {"A-2", "B-1"}


def test_a_program_is_told_keys_and_nothing_is_written(book, capsys):
    before = book.read_bytes()
    code, out, _ = run(capsys, book, "--rep", "Ana", "--json")
    tables = json.loads(out)["tables"]
    assert code == 0
    assert book.read_bytes() == before
    assert not list(book.parent.glob("*.html"))
    figures = {row["figure"]: row["value"] for row in tables["HandoverFigures"]}
    assert (figures["accounts"], figures["clients"], figures["prospects"], figures["turnover"]) == (
        4,
        3,
        1,
        1_800_000,
    )
    assert figures["share_company"] == pytest.approx(2 / 3)
    assert [row["period"] for row in tables["HandoverYears"]] == ["turnover_2", "turnover_1", "turnover"]
    assert {row["watch"] for row in tables["HandoverWatch"]} == {"sleeping", "at_risk", "hold", "forced"}
    lever = next(row["lever"] for row in tables["Handover"] if row["account"] == "P-1")
    assert set(lever) == {"class", "criterion", "from", "to", "shown"}
    assert tables["HandoverAgenda"][0]["date"] == "2026-11-30"


def test_the_page_goes_where_it_is_told_and_with_json_only_then(book, capsys, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    code, out, err = run(capsys, book, "--rep", "Ana", "--json", "--output", folder)
    assert code == 0
    assert json.loads(out)
    (page,) = folder.glob("*.html")
    assert str(page) in err


def test_a_refresh_keeps_whose_portfolio_it_is_and_undo_puts_it_away(book, capsys):
    run_command(capsys, "refresh", book, today=TODAY)
    run(capsys, book, "--rep", "Ana")
    before = layout(book).named["handover"].rows()
    assert run_command(capsys, "refresh", book, today=TODAY)[0] == 0
    assert layout(book).named["handover"].rows() == before
    run(capsys, book)
    assert layout(book).named["handover"].rows() == before, "asked for again, it is the same rep's"
    run(capsys, book, "--sector", "South")
    undo_last(book, lambda _: None)
    assert layout(book).named["handover"].rows() == before
    undo_last(book, lambda _: None)
    assert shown_uses(layout(book)) == []
    assert layout(book).named["handoverof"].table.n_filled == 0


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((), "Ana"),
        (("--rep", "Ana", "--sector", "South"), "--sector"),
        (("--rep", "Zoé"), "Ana, Ben"),
        (("--sector", "West"), "North, South"),
        (("--rep", "Ana", "--output", "nowhere"), "nowhere"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_refused_in_one_sentence(book, capsys, options, named):
    before = book.read_bytes()
    code, _, err = run(capsys, book, *options)
    assert code != 0
    assert named in err
    assert book.read_bytes() == before


def test_a_workbook_without_reps_says_so_and_what_to_do(tmp_path, capsys):
    path = tmp_path / "book.xlsx"
    new_workbook(path, "en", [{"account": "1", "status": "Client", "turnover": 5.0}])
    for options in ((), ("--rep", "Ana")):
        code, _, err = run(capsys, path, *options)
        assert code != 0
        assert "Fill in the column Rep" in err


class Read(HTMLParser):
    """The elements of a page, and what it would load."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.loads, self.ids, self.links = set(), [], set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name in (
                "src",
                "srcset",
                "data",
                "style",
                "action",
                "background",
                "poster",
            ) or name.startswith("on"):
                self.loads.append((tag, name, value))
            if name == "href":
                self.links.append(value)
            if name == "id":
                self.ids.add(value)


def test_the_page_shows_every_text_as_text_and_loads_nothing(book, capsys):
    run(capsys, book, "--rep", "Ana")
    page = page_of(book).read_text(encoding="utf-8")
    read = Read(page)
    assert not read.tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    assert read.loads == []
    assert all(link.removeprefix("#") in read.ids for link in read.links)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src 'none'" in page
    assert "http:" not in page.replace("http-equiv", "")
    assert "https:" not in page
    assert "url(" not in page
    assert {"svg", "table", "h1"} <= read.tags
    assert f'<html lang="{layout(book).language}">' in page


def test_control_signs_in_a_name_do_not_break_the_page():
    from addin.reports.page.html import el

    text = ET.tostring(el("p", "a\x00b\x1f\ud800", title="\x07"), encoding="unicode", method="html")
    assert text == '<p title="\ufffd">a\ufffdb\ufffd\ufffd</p>'


def test_a_second_time_the_levers_are_the_same_though_the_first_gave_everybody_a_class_to_hold(
    capsys, tmp_path
):
    """Up from a class that is held takes the margin, which nobody has to clear who had none."""
    path = tmp_path / "book.xlsx"
    some = {"status": "Client", "rep": "Ana", "potential": 90_000.0, "days_late": 20.0}
    sales = [9_000.0 * at for at in range(1, 16)]
    made = [some | {"account": f"C{at}", "turnover": one, "turnover_1": one} for at, one in enumerate(sales)]
    new_workbook(path, "en", made)
    assert run(capsys, path, "--rep", "Ana")[0] == 0
    before = path.read_bytes()
    levers = [row["lever"] for row in layout(path).named["handover"].rows()]
    assert run(capsys, path, "--rep", "Ana")[0] == 0
    assert len(set(levers)) > 2
    assert path.read_bytes() == before
