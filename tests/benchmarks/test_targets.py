"""The table at the end says of each target whether it is met."""

from benchmarks.targets import Figure, Target, lines

FIGURES = {"ours": Figure(2.0, 100), "other": Figure(1.0, 400), "slow": Figure(9.0)}


def last_word(target):
    return next(
        word for word in ("not measured", "MISSED", "met") if list(lines(FIGURES, [target]))[1].endswith(word)
    )


def test_a_target_that_is_exceeded_is_missed_in_capitals():
    assert last_word(Target("work", "ours", "other", "the other", most=1.9)) == "MISSED"
    assert last_word(Target("work", "ours", "other", "the other", most=2)) == "met"


def test_times_faster_are_counted_the_other_way_round():
    assert last_word(Target("work", "ours", "slow", "the slow one", least=4.5)) == "met"
    assert last_word(Target("work", "ours", "slow", "the slow one", least=5)) == "MISSED"


def test_memory_can_have_a_target_of_its_own_or_beside_another():
    assert last_word(Target("work", "ours", most=99, memory=True)) == "MISSED"
    assert last_word(Target("work", "ours", "other", "the other", most=0.25, memory=True)) == "met"


def test_growth_counts_the_smaller_work_several_times():
    assert last_word(Target("work", "slow", "ours", "the smaller one", most=0.5, over=10)) == "met"


def test_a_figure_that_is_missing_is_said_and_a_work_without_any_is_left_out():
    assert last_word(Target("work", "ours", "absent", "the absent one", most=1)) == "not measured"
    assert (
        list(lines(FIGURES, [Target("work", "neither", "nor", "x", most=1)]))[-1] == "Targets: none measured."
    )


def test_the_last_line_counts():
    met, missed = (Target("work", "ours", "other", "the other", most=most) for most in (3, 1))
    assert list(lines(FIGURES, [met, missed, met]))[-1] == "Targets: 2 met, 1 MISSED."
