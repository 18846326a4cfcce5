"""Help opens the guide in the browser, in the language of the workbook."""

import datetime as dt
import sys
import webbrowser

import pytest

from addin import help as guide
from addin.catalogue import LANGUAGES, catalogue
from addin.presses import Press
from addin.presses.guide import press
from addin.refusals import Refusal

TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser was asked for; it takes them."""
    found = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(webbrowser, "open", lambda address: found.append(address) or True)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_opens_the_first_page_in_the_language_of_the_workbook(language, opened):
    assert press(Press(None, catalogue(language), "help", TODAY)) == ""
    assert opened == [(guide.FOLDER / language / "index.html").as_uri()]


def test_every_page_can_be_opened(opened):
    for page in (guide.FOLDER / "fr").glob("*.html"):
        guide.open_page("fr", page.name)
    assert len(opened) > 20


def test_a_computer_without_a_browser_is_told_which_file_to_open(monkeypatch, opened):
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    with pytest.raises(Refusal, match="guide_unopened") as refused:
        guide.open_page("en")
    said = catalogue("en").text("refusals", refused.value.code, **refused.value.details)
    assert str(guide.FOLDER / "en" / "index.html") in said
    assert opened == []


def test_a_page_that_is_not_there_is_no_traceback(opened):
    with pytest.raises(Refusal, match="guide_unopened"):
        guide.open_page("en", "no-such-page.html")
    assert opened == []


def test_on_windows_and_on_a_mac_the_system_opens_it(monkeypatch, opened):
    started = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("os.startfile", started.append, raising=False)
    page = guide.open_page("fr")
    assert started == [page]
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(guide.subprocess, "run", lambda command, **_: _Ended(command))
    assert guide.open_page("fr") == page
    assert opened == []


class _Ended:
    def __init__(self, command):
        assert command == ["/usr/bin/open", str(guide.FOLDER / "fr" / "index.html")]
        self.returncode = 0
