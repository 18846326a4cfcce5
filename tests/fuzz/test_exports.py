"""Exports drawn and spoilt, over import, refresh and undo."""

from fuzz.exports import spoilt, whole
from fuzz.laws import cells_are_sound, others_are_untouched, refused, strict_json, undone_is_as_before
from fuzz.packages import sight
from fuzz.runs import inputs, run, workplace
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from laws.exports import TODAY, after, any_sheet, changes_of, counted, planned, put, told
from support.books import Tables
from support.made import new_workbook

from addin.catalogue import LANGUAGES
from addin.refusals import Refusal

few = settings(max_examples=5, phases=[Phase.generate])
many = settings(few, max_examples=40)
languages = st.sampled_from(LANGUAGES)
sheets = st.integers(0, 5)


def count(*files):
    for one in files:
        inputs["exports"] += 1
        inputs.update(f"export: {kind}" for kind in one.kinds)


def rows_of(sheet):
    return any_sheet(sheet, sheet)


def workbook(sheet, language="fr"):
    """The tables of a workbook with some accounts."""
    rows = rows_of(sheet)
    tables = Tables(language)
    return (tables.rows("Clients", rows) if rows else tables).list()


def outcome(tables, paths):
    """All that an import would do, or why it is declined."""
    try:
        done = planned(tables, paths)
    except Refusal as refusal:
        inputs[f"imports declined: {refusal.code}"] += 1
        return refusal.code, None
    inputs["imports read"] += 1
    for report in done.reports:
        assert report.n_read == report.n_used + report.n_aside, report
        if report.units_read is not None:
            assert report.units_read == report.units_used + report.units_aside, report
    return "", done


@many
@given(spoilt, sheets, languages)
def test_an_export_is_read_to_the_cent_or_declined_plainly(export, sheet, language):
    count(export)
    with workplace() as folder:
        tables, paths = workbook(sheet, language), put(folder, (export.name, export.content))
        _, done = outcome(tables, paths)
        if done is None:
            return
        now = after(tables, done)
        code, again = outcome(now, paths)
        assert again is not None, f"the second time declined: {code}"
        assert not again.changes_accounts
        assert not changes_of(again).columns
        assert not changes_of(again).rows
        assert counted(again) == counted(done)


@many
@given(whole, sheets, st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_rows_and_their_files_change_nothing(export, sheet, random, n_parts):
    count(export)
    with workplace() as folder:
        tables, paths = workbook(sheet), put(folder, (export.name, export.content))
        parts = export.shuffled(random, 1 if export.kind in ("aged", "orders", "stock") else n_parts)
        name = export.name if export.kind == "fec" else "part {}" + export.name
        split = put(folder, *((name.format(at), part) for at, part in enumerate(parts)))
        (one, left), (other, right) = outcome(tables, paths), outcome(tables, split)
        if n_parts > 1 and other and not one:
            return  # a part of it alone may not say what it is
        assert one == other
        if left is not None:
            assert told(left) == told(right)
            assert counted(left) == counted(right)


@few
@given(spoilt, st.lists(spoilt, max_size=1), sheets, languages)
def test_an_import_by_command_is_written_once_refreshed_and_undone(export, more, sheet, language):
    files = [export, *more]
    count(*files)
    with workplace() as folder:
        path = folder / "book.xlsx"
        new_workbook(path, language, rows_of(sheet))
        paths = put(
            folder, *((f"{at}/{one.name}".replace("/", " "), one.content) for at, one in enumerate(files))
        )
        before = path.read_bytes()
        code, out, err = run("import", path, *paths, "--yes", "--json", today=TODAY)
        if refused(path, before, code):
            return
        done = strict_json(out)
        written = path.read_bytes()
        assert done["written"] == (written != before)
        for file in done["files"]:
            rows = file["rows"]
            assert rows["read"] == rows["used"] + rows["set_aside"]
        if written != before:
            others_are_untouched(before, written)
            cells_are_sound(before, written)
        run("import", path, *paths, "--yes", today=TODAY)
        assert path.read_bytes() == written, "a second import changes something"
        run("refresh", path, today=TODAY)
        if written != before and not err.strip():
            if path.read_bytes() != written:
                undone_is_as_before(path, written)
            undone_is_as_before(path, before)
            assert sight(path.read_bytes()) == sight(before)
