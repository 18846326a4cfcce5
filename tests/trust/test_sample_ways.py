"""The way up of the accounts of the sample: nearly all of B and C are told one, in one sentence."""

import datetime as dt

import numpy as np
import pytest

from addin.fresh import demo_workbook
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from addin.workbook.read_workbook import take_in
from scoring import assess
from scoring.explanation import explain

TODAY = dt.date(2026, 11, 29)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """What the demonstration holds, and how it is scored."""
    path = tmp_path_factory.mktemp("sample") / "demo.xlsx"
    demo_workbook(path, "en", TODAY)
    intake = take_in(Layout(PackageBook(path).tables()), TODAY)
    return intake, assess(intake.portfolio.accounts, intake.model, TODAY)


def rows_of(assessment, *letters):
    return np.flatnonzero(assessment.results["computed"].astype(object).isin(letters)).tolist()


def test_nine_in_ten_have_a_sentence_at_the_end_of_why(sample):
    intake, assessment = sample
    rows = rows_of(assessment, "B", "C")
    why = intake.portfolio.tables
    texts = [cell for located in why for cell in located.cells("reasons")]
    told = [
        text for text in texts if isinstance(text, str) and (" pts from " in text or "as long as:" in text)
    ]
    named = assessment.ways_up.criteria[rows, 0] >= 0
    assert named.mean() >= 0.9
    assert len(told) >= 0.9 * len(rows)


def test_nine_in_ten_have_a_lever_or_a_pair_and_it_is_the_one_that_why_names(sample):
    intake, assessment = sample
    accounts, model, ways = intake.portfolio.accounts, intake.model, assessment.ways_up
    rows = rows_of(assessment, "B", "C")[::3]
    with_lever, same, named = 0, 0, 0
    for row in rows:
        found = explain(accounts, model, TODAY, row)
        with_lever += bool(found.levers)
        if ways.criteria[row, 0] >= 0:
            assert found.levers
            named += 1
            assert found.target - found.assessment.results["score"].iat[row] == pytest.approx(ways.short[row])
            first = [change.criterion for change in found.levers[0].changes]
            same += first == [at for at in ways.criteria[row].tolist() if at >= 0]
    assert with_lever >= 0.9 * len(rows)
    assert same >= 0.95 * named, "of pairs another may need as few points"
