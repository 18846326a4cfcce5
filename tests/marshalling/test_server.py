"""The server behind the formulas: ended, failing, asked once."""

from support.formula_cells import ALL, STRONG, stored, text
from support.formulas import INTERPRETER, NO_VALUE

# ------------------------------------------------------------------------- the server


def test_a_server_that_has_ended_is_started_once_more(excel, small):
    opened = excel()
    expected = stored(small("en"))[STRONG][0]
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected
    opened.run("ForgetAnswers")
    opened.machine.ends = 1
    assert opened.formula("CLIENTSCORE", STRONG, ALL) == expected
    assert opened.machine.started == 2
    assert len(opened.machine.commands) == 2  # and asked first whether Python still works
    assert opened.status_bar is False


def test_what_fails_twice_is_a_fault_and_starts_nothing_more(excel, language):
    opened = excel(language)
    opened.machine.ends = 99
    for _ in range(3):
        assert opened.formula("CLIENTSCORE", STRONG, ALL) == NO_VALUE
    assert len(opened.machine.calls) == 2
    assert opened.machine.started == 2
    assert opened.status_bar == f"ClientScore: {text(language, 'failed')}"
    assert isinstance(opened.formula("CLIENTSCORE", STRONG), float)


def test_a_server_that_does_not_start_is_asked_for_once(excel, small):
    opened = excel()
    start = opened.machine.vba_member("StartServer")
    tries = []

    def fails(machine):
        from pyopenvba.interpreter import VBARuntimeError

        tries.append(machine)
        raise VBARuntimeError(1, "Could not activate Python COM server, hr = -2147221164")

    kept, start.getter = start.getter, fails
    try:
        for _ in range(3):
            assert opened.formula("CLIENTSCORE", STRONG, ALL) == stored(small("en"))[STRONG][0]
    finally:
        start.getter = kept
    assert len(tries) == 1
    assert opened.status_bar == text("en", "no_formulas")


def test_python_is_asked_for_a_sign_of_life_at_its_fixed_place(excel):
    opened = excel()
    opened.formula("CLIENTSCORE", STRONG, ALL)
    (command,) = opened.machine.commands
    assert command.startswith(f'cmd.exe /D /C ""{INTERPRETER}" -B -P -m addin.python_works "C:\\Temp\\')
    assert opened.machine.files == {}, "the answer is cleared away"
