"""Whatever a hand, a faulty disk or another version has made of a journal: undone or refused, never worse."""

import contextlib
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.made import new_workbook
from support.undone import KNOWN, NEW, imported

from addin.package import PackageBook
from addin.package.edit import changed_parts
from addin.refusals import Refusal
from addin.undo.journal_text import from_plain, to_plain
from addin.undo.last import write
from addin.undo.places import location, undo_folder
from addin.undo.restore import restoring
from addin.undo.stack import Stack


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A workbook after an import, and the journal of that as JSON has it."""
    folder = tmp_path_factory.mktemp("journal")
    book = folder / "book.xlsx"
    client = {"status": "Client"}
    new_workbook(book, "en", [row | client for row in KNOWN])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        package = PackageBook(book)
        changes = imported(package.tables(), {"C1": 1.0, "C2": 2.0}, [row | client for row in NEW])
        assert write(package, book, package.tables(), changes, "import").can_undo
        journal = Stack(undo_folder(), location(book)).top().journal()
    package = PackageBook(book)
    return package, package.tables(), json.loads(json.dumps(to_plain(journal)))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2_000_000),
    st.floats(),
    st.text(max_size=3),
    st.sampled_from(["Clients", "History", "Imports", "Account", "C1", "2026-11-29"]),
    st.builds(list),
    st.builds(dict),
    st.sampled_from([{"formula": "=\x01"}, {"date": "1900-01-01"}, {"formula": "=A1"}, {"formula": "{=A1}"}]),
    st.builds(lambda n: {"formula": "{=A1}", "over": [n, n], "spelled": {}}, st.integers(-1, 9_999_999)),
)


@st.composite
def spoilt(draw, whole):
    """A journal of which some values are others, or missing, or twice there."""
    plain = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        node = plain
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], dict | list) and node[key] and draw(st.integers(0, 4)):
                node = node[key]
                continue
            how = draw(st.integers(0, 3))
            if how == 0:
                del node[key]
            elif how == 1 and isinstance(node, list):
                node.append(copy.deepcopy(node[key]))
            else:
                node[key] = copy.deepcopy(draw(JUNK))
            break
    return plain


@given(data=st.data())
def test_a_journal_that_is_spoilt_is_undone_or_refused(written, data):
    package, tables, whole = written
    try:
        journal = from_plain(data.draw(spoilt(whole)))
    except ValueError:
        return
    for in_file in (True, False):
        with contextlib.suppress(Refusal):
            found = restoring(journal, tables, package.spelled, in_file=in_file)
            if in_file:
                changed_parts(package.archive, package._read(), found.changes)  # noqa: SLF001 - nothing is written
