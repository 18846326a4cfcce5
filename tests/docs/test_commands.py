"""Every command of the guide runs as it stands and prints what its page shows."""

import pytest
from support.guide import LANGUAGES, LOCALES, commands, first_difference, pages, run, text

PAGES = [(one, name) for one in LANGUAGES for name in pages(one) if commands(text(one, name))]
SAMPLE = "clientscore-demo.xlsm"
ON_THE_EXPORTS = {"first-classes.md", "from-fec.md"}
"""The pages that work on the exports of a made-up company, the second on what the first has made."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for each language, with the sample workbook in it, and what making it printed."""
    made = {}

    def of(language):
        if language not in made:
            made[language] = tmp_path_factory.mktemp(language), {}
        return made[language]

    return of


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_a_page_prints_what_it_shows(language, name, folder, monkeypatch):
    place, earlier = folder(language)
    monkeypatch.chdir(place)
    monkeypatch.setenv("LC_ALL", LOCALES[language])

    def printed_by(command):
        if command not in earlier:  # some pages take up what another has made
            earlier[command] = run(command)
        return earlier[command]

    if name in ON_THE_EXPORTS:
        for command, _ in commands(text(language, "first-classes.md")):
            printed_by(command)
    else:
        printed_by(f"clientscore demo --lang {language}")
    kept = (place / SAMPLE).read_bytes() if (place / SAMPLE).exists() else b""
    for command, expected in commands(text(language, name)):
        code, lines = printed_by(command)
        lines = [line.replace(f"{place}/", "") for line in lines]
        assert code == 0, lines
        assert first_difference(expected, lines) is None, "\n".join(lines)
    if kept:
        (place / SAMPLE).write_bytes(kept)  # each page begins with the sample as it was made
