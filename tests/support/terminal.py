"""A terminal, in which a person answers what a program asks."""

import os
import pty
import select
import subprocess

_PATIENCE = 120
"""Seconds without a sign from the program, after which it is given up."""


def in_terminal(command, answers, environment, folder):
    """Run a program in a terminal of its own, in which a person answers its questions in turn.

    Parameters
    ----------
    command
        The program and its arguments.
    answers
        End of each question that is expected, and what is typed then.
    environment, folder
        Where it runs.

    Returns
    -------
    tuple of int and str
        What it ended with, and all that stood on the screen.
    """
    ours, theirs = pty.openpty()
    streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    screen, since, waiting = b"", 0, list(answers)
    with subprocess.Popen(command, env=environment, cwd=folder, start_new_session=True, **streams) as program:
        os.close(theirs)
        while shown := _shown(ours):
            screen += shown
            if waiting and waiting[0][0].encode() in screen[since:]:
                since = len(screen)
                os.write(ours, f"{waiting.pop(0)[1]}\n".encode())
        os.close(ours)
        try:
            program.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            program.kill()
    text = screen.decode("utf-8").replace("\r", "")
    assert not waiting, f"{waiting[0][0]!r} was never asked:\n{text}"
    return program.returncode, text


def _shown(terminal):
    """What comes next to a terminal; nothing once all that wrote to it have ended."""
    if not select.select([terminal], [], [], _PATIENCE)[0]:
        return b""
    try:
        return os.read(terminal, 2**16)
    except OSError:  # Linux says so where others say nothing more comes
        return b""
