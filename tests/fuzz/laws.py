"""What holds of every workbook, however it was spoilt."""

import dataclasses
import json
import re
import zipfile
from io import BytesIO

import numpy as np
from fuzz.packages import sight
from fuzz.runs import run
from support.books import TODAY
from support.validator import sdk_errors

from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.refusals import Refusal
from addin.uses import printed
from addin.workbook.located_tables import Layout
from addin.workbook.uses import USES


def refused(path, before, code):
    """Whether a command declined, which changes nothing."""
    if code:
        assert path.read_bytes() == before, "declined, and changed the file all the same"
    return code != 0


def strict_json(text):
    """JSON as every program reads it: without NaN and Infinity."""

    def no(name):
        raise AssertionError(f"{name} in JSON")

    return json.loads(text, parse_constant=no)


def check_changes_nothing(path):
    before = path.read_bytes()
    code, out, _ = run("check", path, "--json", today=TODAY)
    if code == 0:
        strict_json(out[out.index("\n{") :] if not out.startswith("{") else out)
    assert path.read_bytes() == before


def refresh_is_right(path):
    """Refresh, refresh again, undo; return whether it was refreshed."""
    before = path.read_bytes()
    code, out, err = run("refresh", path, "--json", today=TODAY)
    if refused(path, before, code):
        return False
    report = strict_json(out)
    after = path.read_bytes()
    if report["written"]:
        others_are_untouched(before, after)
        cells_are_sound(before, after)
    else:
        assert after == before
    run("refresh", path, today=TODAY)
    assert path.read_bytes() == after, "a second refresh changes something"
    if report["written"] and not err.strip():
        undone_is_as_before(path, before)
        assert run("refresh", path, today=TODAY)[0] == 0, "refreshed, undone and declined"
    return True


def undone_is_as_before(path, before):
    code, out, err = run("undo", path, today=TODAY)
    assert code == 0, f"undo declines: {out}{err}"
    one, other = sight(before), sight(path.read_bytes())
    assert one.keys() == other.keys(), f"undo leaves {sorted(one.keys() ^ other.keys(), key=str)[:5]}"
    wrong = [(place, one[place], other[place]) for place in one if one[place] != other[place]]
    assert not wrong, f"undo puts back other cells: {wrong[:3]}"


def others_are_untouched(before, after):
    """Sheets, tables, the list of the sheets and the chain of formulas may change, and nothing else."""
    one, other = (zipfile.ZipFile(BytesIO(content)) for content in (before, after))
    with one, other:
        changed = [
            name
            for name in one.namelist()
            if not name.startswith(("xl/worksheets/sheet", "xl/tables/"))
            and name not in ("xl/workbook.xml", "xl/calcChain.xml", "[Content_Types].xml")
            and (name not in other.namelist() or one.read(name) != other.read(name))
        ]
    assert changed in ([], ["xl/_rels/workbook.xml.rels"]), f"other parts changed: {changed}"


def cells_are_sound(before, after):
    """No cell that was written holds a number that is none."""
    one, other = sight(before), sight(after)
    for place, seen in other.items():
        if one.get(place) != seen and isinstance(place, tuple):
            kind, shown, _ = seen
            if kind == "n":
                assert np.isfinite(shown), f"{place} holds {shown}"
            elif kind == "text":
                assert shown not in ("nan", "None", "inf", "NaT") or shown in map(str, one.values())


def arguments_of(use, tables):
    """What a use is asked, in a few ways."""
    layout = Layout(tables)
    rows = [row for located in layout.accounts for row in located.rows()]
    codes = [row["account"] for row in rows if isinstance(row.get("account"), str)]
    reps = [row["rep"] for row in rows if isinstance(row.get("rep"), str)]
    some = lambda found: [text for text in found if text.strip() and not text.startswith("-")][:1]  # noqa: E731
    return {
        "call": [[], some(codes), ["comp"], ["0123456701", "--received", "2026-11-20 16:30"]],
        "explain": [[], some(codes), ["?"]],
        "handover": [["--rep", *(some(reps) or ["Zoé"])], ["--sector", "North"]],
        "target": [[], ["--rep", *(some(reps) or ["Zoé"])]],
    }.get(use, [[]])


def use_is_right(path, use, way):
    """Ask for a use as JSON, fill its sheets, once more, and undo."""
    before = path.read_bytes()
    try:
        tables = PackageBook(path).tables()
    except Refusal:
        return
    ways = arguments_of(use, tables)
    asked = ways[way % len(ways)]
    code, out, _ = run(use, path, *asked, "--json", today=TODAY)
    assert path.read_bytes() == before, "--json changes the file"
    if code == 0:
        strict_json(out)
    names = {table.name for table in tables}
    code, out, err = run(use, path, *asked, today=TODAY)
    if refused(path, before, code):
        return
    after = path.read_bytes()
    upgraded = {table.name for table in PackageBook(path).tables()} - names
    if not upgraded:
        cells_are_sound(before, after)
        if after != before:
            others_are_untouched(before, after)
    run(use, path, *asked, today=TODAY)
    assert path.read_bytes() == after, f"{use} a second time changes something"
    if after != before and not upgraded and not err.strip():
        undone_is_as_before(path, before)


def _faulted(path):
    """What the Open XML SDK finds, wherever it stands."""
    return {re.sub(r"\d+", "#", error) for error in sdk_errors(path)}


def nothing_new_is_faulted(path, use):
    """Refresh and fill the sheets of a use: the Open XML SDK faults nothing that it did not before."""
    if run("refresh", path, "--dry-run", today=TODAY)[0]:
        return
    before = _faulted(path)
    run("refresh", path, today=TODAY)
    run(use, path, *arguments_of(use, PackageBook(path).tables())[0], today=TODAY)
    assert _faulted(path) <= before


COMMANDS = (
    ("scales", "--apply"),
    ("scales", "--json"),
    ("call", "--sort"),
    ("workshop", "new", "Zoé", "=1+1", "--pairs"),
    ("workshop", "new", "Abel"),
    ("workshop", "apply", "--yes"),
    ("workshop", "apply", "--by", "median", "--yes", "--json"),
    ("moves", "--since", "2025-12-01"),
    ("strategies", "--apply", "Conquest"),
    ("strategies", "--apply", "Fidélisation", "--json"),
    ("tour", "--export", "csv", "{folder}/tour.csv"),
    ("tour", "--export", "xlsx", "{folder}/tour.xlsx"),
    ("tour", "--export", "ics", "{folder}/tour.ics"),
    ("tour", "--export", "portatour", "{folder}/portatour.xlsx"),
    ("tour", "--export", "toursolver", "{folder}/toursolver.xlsx"),
    ("actions", "--export", "csv", "{folder}/actions.csv"),
    ("export", "--to", "csv", "{folder}/classes.csv"),
    ("export", "--to", "xlsx", "{folder}/classes.xlsx"),
    ("refresh", "--output", "{folder}/other.xlsx"),
    ("upgrade",),
)
"""Commands beside those of the uses, with what is typed behind the workbook."""


def command_is_right(path, command):
    """Run a command that writes something or nothing; what it declines leaves the workbook as it was."""
    before = path.read_bytes()
    name, *typed = (one.format(folder=path.parent) for one in command)
    code, out, _ = run(name, path, *typed, today=TODAY)
    if refused(path, before, code):
        return
    if "--json" in command:
        strict_json(out)
    after = path.read_bytes()
    if after != before:
        cells_are_sound(before, after)
        run("check", path, today=TODAY)
        if name != "upgrade" and "new" not in command:
            run(name, path, *typed, today=TODAY)
            assert sight(path.read_bytes()) == sight(after), f"{name} a second time changes something"


def order_is_irrelevant(path, random):
    """The rows of the account sheets in another order have the same results, in every list too."""
    try:
        tables = PackageBook(path).tables()
    except Refusal:
        return
    accounts = {located.table.name for located in Layout(tables).accounts}
    moved, orders = [], {}
    for table in tables:
        if table.name in accounts:
            order = list(range(table.n_rows))
            random.shuffle(order)
            orders[table.name] = order
            columns = tuple([column[at] for at in order] for column in table.columns)
            moved.append(dataclasses.replace(table, columns=columns))
        else:
            moved.append(table)
    asked = {use.key: {} for use in USES if use.key not in ("backtest", "handover", "explain")}
    one, other = (_scored(each, asked) for each in (tables, moved))
    assert one[1] == other[1], "the order of the rows changes a list"
    for (name, column), values in one[0].items():
        there = other[0].get((name, column))
        order = orders.get(name)
        if order is not None:
            assert there is not None
            assert [repr(values[at]) for at in order] == list(map(repr, there)), f"{name}, column {column}"


def _to_the_cent(told):
    """Sums of numbers in another order differ in their last digits, which nobody sees."""
    match told:
        case float():
            return float(f"{told:.10g}")
        case list():
            return [_to_the_cent(one) for one in told]
        case dict():  # where an account stands is another cell by then
            return {key: _to_the_cent(one) for key, one in told.items() if key != "cell"}
    return told


def _scored(tables, asked):
    try:
        scoring = score_tables(tables, TODAY, asked=asked)
    except Refusal as refusal:
        return {}, refusal.code
    fills = {
        (fill.table, fill.column): [
            None if skip else value for value, skip in zip(fill.values, fill.skip, strict=True)
        ]
        for fill in scoring.changes.columns
    }
    return fills, _to_the_cent(json.loads(json.dumps(printed(scoring.uses), default=str)))
