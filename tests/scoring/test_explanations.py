"""Several accounts explained at once say what each says alone."""

import numpy as np
from support.portfolios import ON, accounts, model

from scoring import Criterion, assess
from scoring.explanation import explain, explanations


def test_several_accounts_are_explained_as_each_one_alone():
    used = model(
        Criterion("Note", "growth", None, 2.0, "note"),
        Criterion("Other", "influence", None, 1.0, "note"),
        margin=3.0,
    )
    table = accounts(growth=[9.0, 5.0, 3.0, np.nan, 7.0], influence=[9.0, 6.0, np.nan, 2.0, 8.0])
    together = list(explanations(table, used, assess(table, used, ON), range(5)))
    for row, found in enumerate(together):
        alone = explain(table, used, ON, row)
        assert (found.levers, found.next_class, found.parts) == (alone.levers, alone.next_class, alone.parts)
        assert found.mean == alone.mean
    assert any(found.levers for found in together)


def test_without_pairs_nobody_waits_for_two_values_together():
    columns = ("growth", "influence", "relationship", "own")
    used = model(*(Criterion(column, column, None, 1.0, "note") for column in columns))
    table = accounts(**{column: [1.0] for column in columns})  # 10 points: one note of 10 makes 32.5, C is 35
    found = assess(table, used, ON)
    (with_pairs,) = explanations(table, used, found, [0])
    (without,) = explanations(table, used, found, [0], pairs=False)
    assert [len(lever.changes) for lever in with_pairs.levers] == [2]
    assert without.levers == ()
    assert with_pairs.next_class == without.next_class == "C"
