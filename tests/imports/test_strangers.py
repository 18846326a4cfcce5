"""New, one import, one refresh, nothing else typed: a stranger's files end in classes to believe."""

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from imports.strangers import SETS, Outcome, files_of
from support.commands import run_command

from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from addin.workbook.read_workbook import take_in
from scoring.assessment import assess

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Workbooks by set, each made once."""
    made = {}

    def of(name, capsys):
        if name not in made:
            folder = tmp_path_factory.mktemp("stranger")
            book = folder / "book.xlsx"
            new_workbook(book, "en")
            run = partial(run_command, capsys)
            code, out, err = run(
                "import", book, *files_of(name, folder), "--reference", "last", "--refresh", "--yes"
            )
            assert code == 0, out + err
            made[name] = book
        return made[name]

    return of


@pytest.mark.parametrize("name", SETS)
def test_files_of_a_stranger_end_in_four_classes_that_tell_accounts_apart(imported, capsys, name):
    found = Outcome.of(imported(name, capsys))
    assert found.accounts >= 20
    assert found.classes["?"] <= 0.05
    assert all(0 < found.classes[letter] <= 0.70 for letter in "ABCD")
    assert 0.02 <= found.classes["A"] <= 0.30
    least = 1 / 3 if found.top_fifth < 0.40 else 1 / 2
    assert found.turnover["A"] + found.turnover["B"] >= least


@pytest.mark.parametrize("name", SETS)
def test_a_point_of_weight_makes_nobodys_class_unknown(imported, capsys, name):
    layout = Layout(PackageBook(imported(name, capsys)).tables())
    intake = take_in(layout, dt.date.max)
    model = intake.model

    def unknown(criteria):
        done = assess(
            intake.portfolio.accounts, replace(model, criteria=criteria), intake.reference_date, explain=False
        )
        return set(done.results.index[done.results["class"] == "?"])

    before = unknown(model.criteria)
    for at, one in enumerate(model.criteria):
        for points in (-1, 1):
            changed = replace(one, weight=max(one.weight + points, 0.0))
            criteria = (*model.criteria[:at], changed, *model.criteria[at + 1 :])
            assert unknown(criteria) <= before, (one.name, points)


@pytest.mark.parametrize("readme", ["README.md", "README.fr.md"])
@pytest.mark.parametrize("name", SETS)
def test_the_readme_shows_what_became_of_them(imported, capsys, name, readme):
    found = Outcome.of(imported(name, capsys))
    best = found.turnover["A"] + found.turnover["B"]
    shares = [*(found.classes[letter] for letter in "ABCD?"), best]
    row = f"| {found.accounts} | " + " | ".join(f"{share:.0%}".replace("%", " %") for share in shares) + " |"
    assert row in (ROOT / readme).read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
