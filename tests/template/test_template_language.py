"""A French workbook is French to the last note."""

import tomllib
from importlib import resources

import pytest

from addin.catalogue import catalogue
from addin.template import build_workbook, empty_content
from addin.template.words import Words


def texts(language):
    """Every text of the template by its path of keys."""

    def walk(node, path):
        if isinstance(node, str):
            yield path, node
        elif isinstance(node, dict | list):  # and no number that ships
            for key, value in node.items() if isinstance(node, dict) else enumerate(node):
                yield from walk(value, (*path, key))

    file = resources.files("addin.catalogue").joinpath(language, "template.toml")
    return dict(walk(tomllib.loads(file.read_text(encoding="utf-8")), ()))


ENGLISH, FRENCH = texts("en"), texts("fr")
# The same word in both languages.
SHARED = {
    ("properties", "title"),
    ("start", "title"),
    ("accounts", "title_clients"),
    ("criteria", "potential", "name"),
    ("classes", "title"),
    ("classes", "B", "label"),
    ("settings", "currency"),
    ("imports", "title"),
    ("dashboard", "never"),
    ("dashboard", "total"),
    ("settings", "working_hours"),
    ("settings", "country"),
    ("call", "fields", "score"),
}
# Letters of classes, and words that both languages have.
SHARED |= {
    ("shipped", "actioncatalogue", place, key)
    for key, places in {
        "classes": (1, 4, 7),
        "statuses": (0, 4, 5, 6, 7),
        "channel": (5, 7),
        "owner": (5,),
    }.items()
    for place in places
}


def test_both_languages_have_the_same_texts():
    assert ENGLISH.keys() == FRENCH.keys()


@pytest.mark.parametrize("path", [path for path in ENGLISH if (path[0], path[-1]) != ("start", "sheet")])
def test_every_text_is_translated_and_keeps_its_gaps(path):
    gaps = [
        sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in (ENGLISH[path], FRENCH[path])
    ]
    assert gaps[0] == gaps[1]
    if path not in SHARED:
        assert ENGLISH[path] != FRENCH[path]


def test_steps_link_to_the_same_sheets():
    links = {path: text for path, text in ENGLISH.items() if path[0] == "start" and path[-1] == "sheet"}
    assert links == {path: FRENCH[path] for path in links}


@pytest.mark.parametrize("language", ["fr"], indirect=True)
def test_no_english_header_word_or_text_is_left_in_a_french_workbook(full):
    english, french = catalogue("en").surface("fields"), catalogue("fr").surface("fields")
    foreign = set()
    for section in (
        "sheets",
        "accounts",
        "criteria",
        "scales",
        "classes",
        "gates",
        "settings",
        "history",
        "imports",
        "importcolumns",
        "roles",
    ):
        foreign |= set(english[section].values()) - set(french[section].values())
    for kind, words in english["words"].items():
        foreign |= set(words.values()) - set(french["words"][kind].values())
    french_words = {word for section in french.values() for word in section.values() if isinstance(word, str)}
    french_words |= {word for words in french["words"].values() for word in words.values()}
    foreign |= set(ENGLISH.values()) - set(FRENCH.values())
    assert not (foreign - french_words - set(FRENCH.values())) & set(full.strings)
    notes = {note for sheet in full.sheets for note in full.notes(sheet).values()}
    for note in notes:
        assert "Filled in" not in note


def test_french_double_signs_never_begin_a_line():
    words = Words("fr")
    assert words.typeset("Qui ? Lui : « oui » !") == "Qui\u00a0? Lui\u00a0: «\u00a0oui\u00a0»\u00a0!"
    assert words.typeset("clientscore refresh <x>") == "clientscore refresh <x>"


def test_a_workbook_of_every_language_can_be_built_twice_alike(language):
    one, other = (build_workbook(language, empty_content(language), macro_enabled=True) for _ in range(2))
    assert one == other
