"""The ribbon follows from the buttons; and a menu can be one of them."""

import zipfile

import pytest
from lxml import etree
from support.formulas import Excel
from support.ribbon_lint import RIBBON, TRAPS
from support.validator import sdk_errors
from support.vba_lint import Workbook

from addin.buttons import CONTROLS, Button, Line, Menu, Runs, Shows, deeds, handlers, shown_sheets
from addin.catalogue import LANGUAGES, catalogue
from addin.template import build_template
from addin.template.button_macros import buttons_source
from addin.template.ribbon import custom_ui
from addin.template.words import Words
from addin.workbook.uses import MENUS, of_menu

LINES = (
    Line("greet", "Help", Runs("addin.presses.view:press")),
    Line("dashboard", "Help", Shows("StartSheet")),
)
WITH_MENU = (*CONTROLS, Menu("more", "workbook", "PropertySheet", LINES))


@pytest.fixture(params=LANGUAGES)
def words(request, monkeypatch):
    """The words of a language, with those of the menu."""
    texts = catalogue(request.param).surface("ribbon")["buttons"]
    for key in ("more", "greet", "dashboard"):
        monkeypatch.setitem(texts, key, {"key": "U", "label": f"L {key}", "title": f"T {key}", "tip": "…"})
    return Words(request.param)


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "template.xlsm"
    path.write_bytes(build_template())
    return path


def controls(part):
    return {one.get("id"): one for one in etree.fromstring(part).iter("{*}button", "{*}menu")}


def with_part(path, name, content):
    """The workbook with another content in a part."""
    with zipfile.ZipFile(path) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for one, old in parts.items():
            package.writestr(one, content if one == name else old)
    return path


def test_every_button_has_a_name_of_its_own_and_a_word_in_every_language():
    keys = [*(key for key, _ in deeds()), *(one.key for one in CONTROLS if isinstance(one, Menu))]
    assert len(set(keys)) == len(keys)
    for language in LANGUAGES:
        texts = catalogue(language).surface("ribbon")
        assert set(texts["buttons"]) == set(keys)
        assert set(texts["groups"]) == {control.group for control in CONTROLS}


def test_within_a_language_no_two_buttons_share_the_letter_that_presses_them():
    levels = [CONTROLS, *(one.lines for one in CONTROLS if isinstance(one, Menu))]
    for language in LANGUAGES:
        texts = catalogue(language).surface("ribbon")["buttons"]
        for level in levels:
            letters = [texts[one.key]["key"] for one in level]
            assert len(set(letters)) == len(letters)


def test_what_python_does_is_there_and_what_is_shown_is_a_sheet(template):
    import pkgutil

    assert all(callable(pkgutil.resolve_name(handler)) for handler in handlers().values())
    code_names = set(Workbook(template.read_bytes()).code_names().values())
    assert set(shown_sheets().values()) <= code_names


def test_each_menu_has_a_line_for_each_of_its_uses():
    menus = {
        one.get("id"): one
        for one in controls(custom_ui(Words("en"))).values()
        if etree.QName(one).localname == "menu"
    }
    filled = [menu for menu in MENUS if of_menu(menu)]
    assert {f"ClientScore_{menu}" for menu in filled} <= set(menus)
    assert menus["ClientScore_uses"].get("label") == "Uses"
    for menu in filled:
        assert [line.get("tag") for line in menus[f"ClientScore_{menu}"]] == [
            use.button for use in of_menu(menu)
        ]


def test_a_menu_lists_its_lines(words):
    part = custom_ui(words, WITH_MENU)
    menu = controls(part)["ClientScore_more"]
    assert etree.QName(menu).namespace == RIBBON
    assert menu.get("label") == "L more"
    assert menu.get("onAction") is None
    assert [(one.get("label"), one.get("tag")) for one in menu] == [
        ("L greet", "greet"),
        ("L dashboard", "dashboard"),
    ]
    assert {one.get("onAction") for one in menu} == {"RibbonPress"}
    assert {one.get("size") for one in menu} == {None}, "Office knows no size of a line"


def test_a_menu_without_lines_is_left_out(words):
    empty = Menu("uses", "elsewhere", "PropertySheet", ())
    assert custom_ui(words, (*CONTROLS, empty)) == custom_ui(words)


def test_office_schemas_are_content_with_a_menu(words, template):
    path = with_part(template, "customUI/customUI14.xml", custom_ui(words, WITH_MENU))
    assert sdk_errors(path) == []


def test_the_ribbon_with_a_menu_falls_into_no_trap(words, template):
    book = Workbook(with_part(template, "customUI/customUI14.xml", custom_ui(words, WITH_MENU)).read_bytes())
    assert [finding for trap in TRAPS for finding in trap(book)] == [
        "ClientScore_greet asks for greet: no macro knows that",
        "ClientScore_dashboard asks for dashboard: no macro knows that",
    ]
    book.modules["ClientScoreButtons"] = buttons_source(WITH_MENU)
    assert [finding for trap in TRAPS for finding in trap(book)] == []


def test_a_line_of_a_menu_asks_python_or_shows_its_sheet_like_a_button(template):
    excel = Excel(template, "en", None, controls=WITH_MENU)
    excel.press("greet")
    assert excel.machine.scripts == ["import addin.ribbon; addin.ribbon.press('greet', 'en')"]
    excel.press("settings")
    assert excel.app.application.vba_get("ActiveSheet").vba_get("CodeName") == "SettingsSheet"
    excel.press("dashboard")
    assert excel.app.application.vba_get("ActiveSheet").vba_get("CodeName") == "StartSheet"
    assert len(excel.machine.scripts) == 1


@pytest.mark.parametrize("tag", ["", "Refresh", "greet", "refresh|check", "refresh'); import os #"])
def test_a_tag_of_no_button_does_nothing(template, tag):
    excel = Excel(template, "en", None)
    excel.press(tag)
    assert excel.machine.scripts == excel.machine.commands == excel.messages == []


def test_buttons_stand_in_their_groups_whatever_their_order(words):
    mixed = [
        Button("check", "accounts", "Help", Shows("StartSheet")),
        Button("help", "scoring", "Help", Shows("StartSheet")),
        Button("undo", "accounts", "Undo", Runs("addin.presses.undo:press"), size="normal"),
    ]
    groups = etree.fromstring(custom_ui(words, mixed)).iter("{*}group")
    assert {group.get("id"): [one.get("tag") for one in group] for group in groups} == {
        "ClientScore_accounts": ["check", "undo"],
        "ClientScore_scoring": ["help"],
    }


def test_a_link_to_a_sheet_of_a_use_that_is_out_of_the_way_presses_its_line(template):
    excel = Excel(template, "en", None)
    worksheets = excel.app.application.vba_get("ActiveWorkbook").vba_get("Worksheets")
    sheet = worksheets.vba_call("Item", ["Review - accounts"])
    excel.run("FollowToUse", "'Review - accounts'!A1")
    assert excel.machine.scripts == [], "Excel follows a link to a sheet that is shown by itself"
    sheet.visible = 2  # the interpreter does not read it from the file
    excel.run("FollowToUse", "'Review - accounts'!A1")
    assert excel.machine.scripts == ["import addin.ribbon; addin.ribbon.press('review', 'en')"]


@pytest.mark.parametrize("place", ["'Settings'!A1", "", "'Review - accounts'!B7", "'No such sheet'!A1"])
def test_a_link_to_any_other_place_is_left_to_excel(template, place):
    excel = Excel(template, "en", None)
    excel.run("FollowToUse", place)
    assert excel.machine.scripts == excel.messages == []
