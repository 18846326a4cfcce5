"""What the formulas show where Python is missing, slow or has ended."""

import pytest
from support.formula_cells import ALL, FORMULAS, STRONG, stored, text
from support.formulas import NO_VALUE


@pytest.mark.parametrize("machine", ["missing", "no library", "broken", "silent"])
def test_without_python_the_stored_values_stand_in_and_it_is_said_once(excel, small, language, machine):
    opened = excel(language, machine=machine)
    expected = stored(small(language))[STRONG]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected[0]
    assert opened.status_bar == text(language, "slow" if machine == "silent" else "no_formulas")
    opened.clear_status_bar()
    clock = opened.machine.seconds
    asked = list(opened.machine.commands)
    assert len(asked) == (machine in ("broken", "silent"))
    for place, formula in enumerate(FORMULAS):
        given = (STRONG, None, ALL) if formula == "CLIENTWHY" else (STRONG, ALL)
        assert opened.formula(formula, *given) == expected[place]
        opened.run("ForgetAnswers")
    assert opened.status_bar is False
    assert opened.machine.commands == asked, "Python is asked for a sign of life once a session"
    assert opened.machine.seconds == clock, "and never waited for again"
    assert opened.machine.started == 0, "xlwings would keep Excel waiting for two minutes"
    assert opened.machine.files == {} or machine == "silent"


def test_a_python_that_does_not_answer_is_given_up_after_twenty_seconds(excel):
    opened = excel(machine="silent")
    before = opened.machine.seconds
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert 20 <= opened.machine.seconds - before < 21


def test_a_slow_start_is_waited_for_once_and_found_to_work_later(excel, small, language):
    """The first time of a day, with a scanner at work: Excel never freezes twice, and nothing is given up."""
    opened = excel(language, machine="slow")
    expected = stored(small(language))[STRONG][0]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected
    assert opened.status_bar == text(language, "slow")
    clock = opened.machine.seconds
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected
    assert opened.machine.seconds == clock
    assert opened.machine.started == 0
    opened.machine.seconds += 60
    opened.formula("CLIENTSCORE", STRONG, ALL)
    assert opened.machine.started == 1
    assert len(opened.machine.calls) == 1
    assert len(opened.machine.commands) == 1
    assert opened.status_bar is False
    assert opened.machine.files == {}


def test_a_button_pressed_while_python_starts_says_so_and_starts_no_other(excel, language):
    opened = excel(language, machine="slow")
    for press in (1, 2):
        opened.run("PressButton", "refresh")
        assert opened.messages == [text(language, "slow_press")] * press
    assert len(opened.machine.commands) == 1
    opened.machine.seconds += 60
    opened.run("PressButton", "refresh")
    assert len(opened.machine.scripts) == 1
    assert len(opened.machine.commands) == 1


def test_a_python_that_never_answers_is_started_anew_after_two_minutes(excel, language):
    opened = excel(language, machine="silent")
    opened.run("PressButton", "refresh")
    opened.machine.seconds += 120
    opened.run("PressButton", "refresh")
    assert opened.messages == [text(language, "slow_press"), text(language, "no_python")]
    opened.machine.restart("works")
    opened.run("PressButton", "refresh")
    assert len(opened.machine.scripts) == 1


def test_midnight_does_not_make_it_wait_a_day(excel):
    opened = excel(machine="silent")
    opened.machine.seconds = 86390.0
    passed = opened.machine.vba_member("Pass")
    ticks = []

    def pass_over_midnight(machine, milliseconds):
        ticks.append(milliseconds)
        machine.seconds = (machine.seconds + milliseconds / 1000) % 86400

    kept, passed.getter = passed.getter, pass_over_midnight
    try:
        opened.formula("CLIENTSCORE", STRONG, ALL)
    finally:
        passed.getter = kept
    assert 20 <= sum(ticks) / 1000 < 21


def test_on_a_mac_the_stored_values_stand_in(excel, small, language):
    opened = excel(language, mac=True)
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small(language))[STRONG][0]
    assert opened.formula("CLIENTSCORE", STRONG, 5) == NO_VALUE
    assert opened.machine.commands == opened.machine.calls == []
    assert opened.status_bar is False
