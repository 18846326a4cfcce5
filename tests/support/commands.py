"""The command line, run as a person runs it."""

import pytest

from addin.cli import main


def run_command(capsys, *arguments):
    """Exit code, output and complaints of a command."""
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return stopped.value.code, out, err
