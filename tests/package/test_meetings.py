"""Commands and other programs that meet on one workbook: nothing that was said to be written is lost."""

import os

import pytest
from support.meetings import meet


@pytest.mark.skipif(os.name != "posix", reason="the other program saves by an exchange of its own")
def test_what_was_said_to_be_written_is_there_whoever_else_writes():
    came = meet(25, 10)
    assert came["import: written"] >= 25
    assert came["undo: written"] >= 1
    for what in came:
        known = (
            "changed by another program",
            "open in another program",
            "is damaged",
            "no refresh or import",
        )
        assert what.endswith("written") or any(words in what for words in known), what
