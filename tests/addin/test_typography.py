"""What is read is written as one writes it: spaces, apostrophes and quotation marks of both languages."""

import re
import tomllib
from pathlib import Path

import pytest

from addin.catalogue import LANGUAGES, catalogue
from addin.workbook.tables import TABLES

FOLDER = Path(__file__).parents[2] / "addin" / "catalogue"
LOOKED_FOR = {"statuses.toml", "rows.toml"}
"""Words that are found in the files of others, however these write them."""
TYPED = re.compile(
    r"clientscore [^.;\u00a0]*|\w+\[#\w+\]|--[a-z-]+( [^\s]+)?|\{[^}]*\}|<[^>]*>|\b\d\d:\d\d\b|\"[^\"]*\""
)
"""What is typed at a keyboard, or stands for something else: it keeps its own signs."""

CONDITIONS = ("condition", "condition_form", "signs_in_name")
"""What follows one of these names shows signs as they are typed: Late > 30; Potential known."""
NO_SPACE_BEFORE = re.compile(
    r"[\w)’\]%»](?=[:;!?](?:\s|$))|\w(?=%)|[^\s\u00a0\u202f](?=»)|«(?![\u00a0\u202f])"
)
PLAIN_SPACE = re.compile(r" (?=[:;!?%»](?:\s|$))|« ")
FOREIGN = re.compile(
    r"\b(scoring|reporting|feedback|planning|deadline|workflow|customis\w+|à l’heure|supporter|basé sur)\b",
    re.IGNORECASE,
)


def texts(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from texts(inner, (*path, str(at)))
    elif isinstance(value, str):
        yield ".".join(path), value


def sentences(language):
    """Every text of a language by its place, without what is typed."""
    for file in sorted((FOLDER / language).glob("*.toml")):
        if file.name in LOOKED_FOR:
            continue
        for place, text in texts(tomllib.loads(file.read_text(encoding="utf-8"))):
            if not place.startswith("also.") and not place.endswith(CONDITIONS):
                yield f"{file.name}: {place}", TYPED.sub("0", text)


def found(language, wrong):
    return [(place, text) for place, text in sentences(language) if wrong.search(text)]


@pytest.mark.parametrize("wrong", [NO_SPACE_BEFORE, PLAIN_SPACE], ids=["none", "one that breaks lines"])
def test_no_french_sign_stands_without_a_space_that_holds_it(wrong):
    assert found("fr", wrong) == []


def test_the_rules_see_what_is_wrong():
    for wrong in ("Compte: vide", "Vraiment?", "12%", "«oui»", "« oui\u00a0»"):
        assert NO_SPACE_BEFORE.search(wrong) or PLAIN_SPACE.search(wrong), wrong
    for wrong in ("Compte : vide", "12 %", "oui »"):
        assert PLAIN_SPACE.search(wrong), wrong
    for right in ("Compte\u00a0: vide", "12\u00a0%", "«\u00a0oui\u00a0»", "à 10:30"):
        assert not NO_SPACE_BEFORE.search(right), right
        assert not PLAIN_SPACE.search(right), right


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_are_round(language):
    assert found(language, re.compile(r"(?<=\w)'(?=\w)")) == []


def test_english_has_no_space_before_its_signs():
    assert found("en", re.compile(r"\w +(?=[,.;:!](?:\s|$))|\w +%")) == []


def test_french_is_french():
    assert found("fr", FOREIGN) == []


def test_no_french_sentence_names_a_sheet_in_english():
    english = {catalogue("en").sheet(table.sheet) for table in TABLES}
    french = {catalogue("fr").sheet(table.sheet) for table in TABLES}
    same = {word for name in french for word in name.split()} | {
        "Gates",
        "Stock",
        "Actions",
        "Models",
        "Imports",
    }
    names = sorted(name for name in english - french if name not in same)
    assert len(names) > 30
    assert found("fr", re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")) == []
