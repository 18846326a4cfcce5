"""The guide is whole: the same pages in both languages, no link to nowhere, no name or figure of its own."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from support.guide import LANGUAGES, ROOT, commands, pages, prose, text

from addin.buttons import deeds
from addin.catalogue import catalogue
from addin.guide.__main__ import main
from addin.guide.pictures import SHEETS
from addin.guide.reference import REFERENCE
from addin.imports.programs import PROGRAMS, columns_of
from addin.template.defaults import settings
from addin.template.words import Words
from addin.workbook.formulas import FORMULAS

HELP = ROOT / "addin" / "help"
LINK = re.compile(r"\]\(([^)]+)\)")
WRITTEN = [
    (language, name)
    for language in LANGUAGES
    for name in pages(language)
    if name.removesuffix(".md") not in REFERENCE
]


def test_both_languages_have_the_same_pages():
    assert set(pages("en")) == set(pages("fr"))
    assert set(REFERENCE) == {
        name.removesuffix(".md") for name in pages("en") if name.startswith("reference-")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_names_every_page_by_its_title(language):
    listed = dict(re.findall(r"^- \[([^]]+)\]\(([\w-]+\.md)\)$", text(language, "index.md"), re.MULTILINE))
    titles = {text(language, name).partition("\n")[0].removeprefix("# "): name for name in pages(language)}
    assert listed == {title: name for title, name in titles.items() if name != "index.md"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_picture_is_there(language):
    for name, path in pages(language).items():
        for target in LINK.findall(prose(path.read_text(encoding="utf-8"))):
            if "://" not in target:
                assert (path.parent / target.partition("#")[0]).is_file(), (name, target)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_are_few_small_and_all_of_them_shown(language):
    files = {path.stem: path for path in (HELP / language / "pictures").iterdir()}
    assert set(files) == set(SHEETS)
    assert len(files) <= 12
    assert all(path.stat().st_size < 150_000 for path in files.values())
    shown = "".join(text(language, name) for name in pages(language))
    assert all(f"help/{language}/pictures/{name}.png" in shown for name in files)


def test_the_pages_that_follow_from_the_code_are_up_to_date(capsys):
    assert main(["--check"]) == 0, f"python -m addin.guide writes them: {capsys.readouterr().out}"


def test_a_page_that_differs_is_named_and_written(tmp_path, capsys):
    for language in LANGUAGES:
        folder = tmp_path / "docs" / language
        folder.mkdir(parents=True)
        (folder / "index.md").write_text("# T\n\n[F](reference-formulas.md) [R](../../README.md)\n")
    assert main(["--check"], tmp_path) == 1
    assert "docs/en/reference-formulas.md" in capsys.readouterr().out.splitlines()
    assert not (tmp_path / "docs" / "en" / "reference-formulas.md").exists()
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    page = (tmp_path / "addin" / "help" / "en" / "index.html").read_text(encoding="utf-8")
    assert '<a href="reference-formulas.html">F</a>' in page
    assert "<span>R</span>" in page, "what does not ship is no link"


class _Targets(HTMLParser):
    """What a page links to and shows."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, _, attributes):
        self.found += [value for name, value in attributes if name in ("href", "src")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_for_the_browser_lead_nowhere_else_and_load_nothing_from_elsewhere(language):
    made = sorted((HELP / language).glob("*.html"))
    assert {path.stem for path in made} == {name.removesuffix(".md") for name in pages(language)} | {"it"}
    for path in made:
        page = _Targets()
        content = path.read_text(encoding="utf-8")
        page.feed(content)
        for target in page.found:
            assert "://" not in target, (path.name, target)
            assert (path.parent / unquote(target.partition("#")[0])).is_file(), (path.name, target)
        assert "<script" not in content


# ----------------------------------------------------------------------------- the words of the product


def screen_words(language):
    """All that is written on the ribbon and in the menu, on sheets, above columns and in the settings."""
    words = catalogue(language)
    fields = words.surface("fields")
    buttons = {said["label"] for said in words.surface("ribbon")["buttons"].values()}
    headers = {
        word
        for table, section in fields.items()
        if isinstance(section, dict) and table not in ("words", "also", "older")
        for word in section.values()
        if isinstance(word, str)
    }
    return buttons | headers | set(words.surface("doctor")["menu"].values())


@pytest.mark.parametrize(("language", "name"), WRITTEN)
def test_what_is_in_bold_is_written_so_on_the_screen(language, name):
    bold = {word for word in re.findall(r"\*\*(.+?)\*\*", prose(text(language, name))) if word[-1] != "."}
    assert bold - screen_words(language) == set()


def test_every_button_formula_and_setting_is_in_the_reference():
    for language in LANGUAGES:
        said = catalogue(language).surface("ribbon")["buttons"]
        page = text(language, "reference-buttons.md")
        assert all(f"**{said[key]['label']}**" in page for key, _ in deeds())
        assert all(f"={formula.name}(" in text(language, "reference-formulas.md") for formula in FORMULAS)
        for row in settings(Words(language), None):
            assert f"**{row['setting']}**" in text(language, "reference-settings.md")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_of_each_program_are_known_as_its_own(language):
    rows = re.findall(
        r"^\| ([^|`]+) \|([^|]*`[^|]*)\|([^|]*)\|", text(language, "program-exports.md"), re.MULTILINE
    )
    said = {
        columns_of(name)["source"]["program"].split()[0].rstrip(","): columns_of(name) for name in PROGRAMS
    }
    assert {program.split()[0] for program, _, _ in rows} >= {"Sage", "EBP", "Dolibarr", "Odoo", "Xero"}
    assert len(rows) == len(PROGRAMS)
    general = catalogue(language).surface("fields")["also"]
    other = catalogue("fr" if language == "en" else "en").surface("fields")["also"]
    for program, accounts, invoices in rows:
        known = said[program.split()[0].rstrip(",")]
        for cell, kinds, also in (
            (accounts, ("accounts", "lists", "ids"), "accounts"),
            (invoices, ("roles",), "roles"),
        ):
            names = {one for kind in kinds for listed in known[kind].values() for one in listed}
            names |= {one for words in (general, other) for listed in words[also].values() for one in listed}
            for header in re.findall(r"`([^`]+)`", cell):
                assert header in names, (program, header)


def first_cells(language, name):
    """What stands in the first column of the tables of a page."""
    rows = re.findall(r"^\| (.+?) \|", text(language, name), re.MULTILINE)
    heads = {"you read", "vous lisez"}
    return [row for row in rows if row not in heads]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_refusal_says_is_in_a_message(language):
    said = plain(text(language, "reference-messages.md"))
    for cell in first_cells(language, "refused.md"):
        if not cell.startswith("("):  # in brackets: what Excel says by itself
            for part in re.split(r"…|;", plain(cell)):
                assert part.strip() in said, cell


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_column_why_says_is_one_of_its_texts(language):
    texts = [one for one in catalogue(language).surface("reasons").values() if isinstance(one, str)]
    texts = [one for one in texts if len(re.sub(r"\{.*?\}|\W", "", one)) > 4]  # the others fit anything
    forms = [re.sub(r"\\\{.*?\\\}", ".+", re.escape(plain(form))) for form in texts]
    for cell in first_cells(language, "reading-why.md"):
        assert any(re.fullmatch(form, plain(cell)) for form in forms), cell


def plain(of):
    """A text with plain spaces."""
    return of.replace("\u00a0", " ").replace("\u202f", " ")


# ------------------------------------------------------------------------------------------- the figures

NUMBER = re.compile(r"(?<![\w,.])\d[\d\u202f\u00a0 ]*(?:[.,:/]\d+)*(?![\w])")
COUNTED = {"2", "3", "4", "5", "6", "7", "1", "0"}
"""Numbers of steps, and of what one counts on the fingers."""
TOLD = {
    "index.md": {"15", "27", "2026"},  # the day of the figures, and of the pictures
    "first-classes.md": {"15"},
    "tours.md": {"12", "30.4", "30,4", "100"},  # 365 / 12
    "call-desk.md": {"33"},  # the country
    "from-fec.md": {"70", "12"},
    "program-exports.md": {"100", "50", "365"},  # Sage 100, Sage 50, Dynamics 365
    "campaign.md": {"30"},
    "new-rep.md": {"90"},
    "weights-workshop.md": {"100", "0.10", "0,10"},
    "yearly-review.md": {"12", "60", "80"},
    "reading-why.md": {"45"},
}
"""What is said in a page without a command that prints it: rules of the product, which other tests hold."""


@pytest.mark.parametrize(("language", "name"), WRITTEN)
def test_every_figure_is_printed_by_a_command_of_the_page_or_ships_so(language, name):
    page = text(language, name)
    words = prose(page)
    words = LINK.sub("", re.sub(r"!\[[^]]*\]\([^)]*\)", "", words))
    words = re.sub(r"`[^`\n]*\.txt`|`--[^`]*`|`\"%[^`]*`", "", words)
    shown = " ".join(line for command, lines in commands(page) for line in (command, *lines))
    shipped = {
        catalogue(language).show(round(100 * value) if isinstance(value, float) and value < 1 else value)
        for row in settings(Words(language), None)
        if isinstance(value := row["value"], (int, float))
    }
    known = numbers(shown) | shipped | COUNTED | TOLD.get(name, set())
    assert numbers(words) - known == set()


def numbers(of):
    """The numbers of a text."""
    found = (one.strip().replace("\u00a0", " ").replace("\u202f", " ") for one in NUMBER.findall(of))
    return {part for one in found for part in (re.sub(r"(?<=\d) (?=\d{3}\b)", "", one)).split()}


# ----------------------------------------------------------------------------------------- the typography

_PLAIN = re.compile(r"`[^`\n]*`|\]\([^)]*\)|^\|(?: ?:?-+:? ?\|)+$|https?://\S+", re.MULTILINE)


@pytest.mark.parametrize("name", [*sorted(pages("fr"))])
def test_french_is_set_as_a_french_printer_sets_it(name):
    said = html.unescape(_PLAIN.sub("x", prose(text("fr", name))))
    faults = re.findall(r".{0,30}(?<![\u00a0\u202f:?!;([=%])[?!;»%](?=\s|$).{0,10}", said)
    faults += re.findall(r".{0,30}[^\u00a0\u202f\d/]:(?=\s).{0,10}", said)
    faults += re.findall(r".{0,20}«[^\u00a0\u202f].{0,20}", said)
    faults += re.findall(r".{0,20}\w'\w.{0,20}", said)
    assert faults == []
