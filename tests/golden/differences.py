"""Cells of a refreshed workbook that are not what the oracle wants."""

import re
from itertools import zip_longest

from golden import terms, why


def close(found, wanted):
    numbers = (int, float)
    if isinstance(found, numbers) and isinstance(wanted, numbers):
        return abs(found - wanted) <= 1e-6 * (1 + 1e-6)
    return found == wanted


def differences(before, after, wanted):
    """Cells that are not as they should be: (sheet, row, column, wanted, found)."""
    wrong = []
    assert [t.headers for t in before["accounts"]] == [t.headers for t in after["accounts"]]
    for old, new in zip(before["accounts"], after["accounts"], strict=True):
        assert len(old.rows) == len(new.rows)
        for i, (was, now) in enumerate(zip(old.records(), new.records(), strict=True), start=1):
            place = (new.sheet, new.first_row + i)
            for key, value in wanted.cells.get(place, {}).items():
                if key in now and not close(now[key], value):
                    wrong.append((*place, was["account"], key, value, now[key]))
            if "reasons" in now and place in wanted.accounts:
                unsaid = why.missing(now["reasons"], wanted.accounts[place], wanted.model)
                wrong += [(*place, was["account"], "reasons", words, now["reasons"]) for words in unsaid]
            untouched = set(was) - set(terms.FILLED) - {"reasons"}
            if place not in wanted.cells:
                untouched = set(was)
            wrong += [(*place, key, was[key], now[key]) for key in untouched if not close(now[key], was[key])]
    for name in ("criteria", "scales", "classes", "gates", "settings"):
        if name in before and before[name].rows != after[name].rows:
            wrong.append((name, "changed"))
    return wrong + totals_differences(after, wanted) + history_differences(before, after, wanted)


def totals_differences(after, wanted):
    """The table of the Dashboard, rows kept for more classes left out."""
    keys = ("class", "label", "accounts", "share_accounts", "turnover", "share_turnover")
    found = [tuple(row[key] for key in keys) for row in after["totals"].records() if row["label"] is not None]
    pairs = zip_longest(found, wanted.totals)
    return [("totals", want, is_) for is_, want in pairs if not (is_ and want and all(map(close, is_, want)))]


def history_differences(before, after, wanted):
    old, new = ([r for r in t["history"].records() if r["account"] is not None] for t in (before, after))
    if new[: len(old)] != old:
        return [("history", "earlier rows changed")]
    models = {row["model"] for row in new[len(old) :]}
    if len(models) > 1 or not all(re.fullmatch(r"[0-9a-f]{6,16}", str(model)) for model in models):
        return [("history", "models", models)]
    keys = ("date", "account", "score", "class", "completeness", "name", "before")
    added = [tuple(row[key] for key in keys) for row in new[len(old) :]]
    wrong, left = [], list(added)
    for row in wanted.history:
        same = [r for r in left if all(close(a, b) for a, b in zip(r, row, strict=True))]
        if same:
            left.remove(same[0])
        else:
            wrong.append(("history", "missing", row))
    return wrong + [("history", "not wanted", row) for row in left]
