"""The page of a handover in a browser: light and dark, on A4, and nothing asked of any network."""

import datetime as dt
import re
import struct

import pytest
from support.books import Tables
from support.browser import PROGRAM, Browser

from addin.catalogue import catalogue
from addin.reports.page import handover_page, page_name

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium to show a page")

TODAY = dt.date(2026, 11, 29)
HOSTILE = '<img src="http://leak.test/name.png"><script>fetch("http://leak.test/run")</script>'
LINK = "</style><link rel=stylesheet href=http://leak.test/style.css>"


def handed_over(language):
    words = catalogue(language)
    known = {
        "status": words.word("status", "client"),
        "rep": f"Zoé {LINK}",
        "sector": "N&S",
        "days_late": 80.0,
    }
    known |= {"turnover": 90_000.0, "turnover_1": 80_000.0, "turnover_2": 70_000.0, "potential": 200_000.0}
    rows = [
        {"account": f"C-{at}", "name": HOSTILE, "town": HOSTILE, "phone": HOSTILE, **known} for at in range(3)
    ]
    tables = Tables(language).rows("Clients", rows)
    tables.set("Gates", 1, "reason", HOSTILE).set("Classes", 2, "instructions", HOSTILE)
    return tables.score(asked={"handover": {"rep": known["rep"]}}, today=TODAY).uses["handover"]


@pytest.fixture(scope="module", params=["en", "fr"])
def page(request):
    found = handed_over(request.param)
    return handover_page(found, found.words)


@pytest.fixture
def browser(tmp_path):
    return Browser(tmp_path)


def size_of(picture):
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


def test_a_browser_shows_the_page_and_no_request_leaves_it(browser, page, tmp_path):
    pictures = {}
    for scheme, number in (("light", 1), ("dark", 0)):
        picture = tmp_path / f"{scheme}.png"
        options = (f"--blink-settings=preferredColorScheme={number}", "--window-size=1000,1400")
        assert browser.show(page, f"--screenshot={picture}", *options) == []
        assert size_of(picture) == (1000, 1400)
        pictures[scheme] = picture.read_bytes()
    assert len(pictures["light"]) > 20_000, "an empty page has far fewer bytes"
    assert pictures["light"] != pictures["dark"]


def test_the_same_names_taken_for_elements_would_be_seen_to_ask(browser):
    told = browser.show(
        f"<!DOCTYPE html><p>{HOSTILE}</p>".encode(), "--virtual-time-budget=2000", "--dump-dom"
    )
    assert "http://leak.test/name.png" in told


def test_the_page_prints_on_a4(browser, page, tmp_path):
    printed = tmp_path / "page.pdf"
    browser.show(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed.read_bytes())
    assert boxes
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(595, 842)}


def test_the_name_of_the_file_is_one_everywhere():
    found = handed_over("en")
    name = page_name(found, found.words)
    assert name.startswith("Handover Zoé")
    assert name.endswith("2026-11-29.html")
    assert not set(name) & set('<>:"/\\|?*')
