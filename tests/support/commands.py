"""The command line, run as a person runs it."""

import pytest

from addin.cli import main


def run_command(capsys, *arguments, today=None):
    """Exit code, output and complaints of a command, given today or on another day."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments], today)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return stopped.value.code, out, err
