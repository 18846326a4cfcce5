"""A second, deliberately plain reading of the workbook contract.

Dictionaries and loops only, nothing shared with the product: what ``expected`` computes from the
cells of a workbook, as openpyxl reads them, is what a refresh has to write into it.
"""

import datetime as dt
import math
from itertools import pairwise

from golden.purchases import mark_profiles, mark_risks
from golden.reading import day, fold, key_of, number, same
from golden.terms import (
    ACCOUNTS,
    ALL,
    BETTER,
    DATES,
    FILLED,
    KNOWLEDGE,
    LISTS,
    METHODS,
    MISSING,
    NUMBERS,
    SCALE_WORDS,
    SETTING_NAMES,
    STATES,
    STATUS,
    TOO_LITTLE,
    TOTAL,
    YES_NO,
)

# ---- the model -----------------------------------------------------------------------------------


class Model:
    def __init__(self, tables, today):
        self.settings = {}
        for row in tables["settings"].records():
            self.settings[key_of(SETTING_NAMES, row["setting"])] = row["value"]
        self.today = self.settings.get("reference_date") or today
        if isinstance(self.today, dt.datetime):
            self.today = self.today.date()
        language = fold(self.settings.get("language") or "en")
        self.at = 1 if language.startswith("fr") else 0
        self.method = key_of(METHODS, self.settings.get("method") or "cutoffs")
        self.margin = self.number_setting("margin", 3)
        self.min_completeness = self.number_setting("min_completeness", 0.5)
        self.in_use_from = self.number_setting("in_use_from", 0.2)
        self.core_share = self.number_setting("core_share", 0.8)
        self.classes = [row for row in tables["classes"].records() if row["class"] is not None]
        self.letters = [str(row["class"]).strip() for row in self.classes]
        self.gates = []
        if "gates" in tables:
            self.gates = [
                row | {"column": column_key(row["column"])}
                for row in tables["gates"].records()
                if row["column"] is not None
            ]
        self.criteria = []
        for row in tables["criteria"].records():
            if row["criterion"] is None:
                continue
            name = fold(row["criterion"])
            points = [
                (scale_row["value"], number(scale_row["points"]))
                for scale_row in tables["scales"].records()
                if scale_row["criterion"] is not None and fold(scale_row["criterion"]) == name
            ]
            applies = [key_of({**STATUS, **ALL}, part) for part in str(row["applies"]).split(",")]
            self.criteria.append(
                {
                    "name": row["criterion"],
                    "column": column_key(row["column"]),
                    "applies": applies,
                    "weight": number(row["weight"]),
                    "scale": key_of(SCALE_WORDS, row["scale"]),
                    "better": key_of(BETTER, row["better"]) or "high",
                    "missing": key_of(MISSING, row["missing"]),
                    "points": points,
                }
            )

    def number_setting(self, key, default):
        value = number(self.settings.get(key))
        return default if value is None else value

    def position(self, letter):
        """Place of a class, 0 the best; None for what is no class."""
        if letter is None:
            return None
        for i, own in enumerate(self.letters):
            if fold(own) == fold(letter):
                return i
        return None

    def applies(self, criterion, status):
        return "all" in criterion["applies"] or (status is not None and status in criterion["applies"])


def column_key(header):
    return key_of(ACCOUNTS, header) or "own:" + fold(header)


# ---- one account ---------------------------------------------------------------------------------


def growth_rate(a, b):
    return 0.0 if a == 0 and b == 0 else (a - b) / ((a + b) / 2)


def trend_of(t0, t1, t2):
    """The trend of two years, or of one where the year before last is unknown."""
    if t0 is None or t1 is None:
        return None
    if t2 is None:
        return None if t1 == 0 else growth_rate(t0, t1)
    return None if t1 == 0 and t2 == 0 else (2 * growth_rate(t0, t1) + growth_rate(t1, t2)) / 3


def state_of(t0, t1, t2):
    """The state, and the turnover it is about; a year before last that is unknown counts as none."""
    if t0 is None or t1 is None:
        return None, None
    if t0 > 0 and t1 > 0:
        return "active", t0
    if t1 > 0:
        return "lost", t1
    if t0 > 0:
        return "returned" if t2 else "new", t0
    return ("dormant", t2) if t2 else (None, None)


def known_value(criterion, value):
    """The value that a criterion scores, or None where it is unknown."""
    scale = criterion["scale"]
    if scale == "list":
        if value is None:
            return None
        return next((listed for listed, _ in criterion["points"] if matches(criterion, value, listed)), None)
    as_day = day(value)
    result = float(as_day) if as_day is not None else number(value)
    if scale == "note" and result is not None and not 0 <= result <= 10:
        return None
    return result


def matches(rule, value, listed):
    """Whether a value is the one of a list or a gate; words of the product in either language."""
    names = LISTS.get(rule["column"], {})
    if key_of(names, value) and key_of(names, listed):
        return key_of(names, value) == key_of(names, listed)
    return same(value, listed)


def points_of(criterion, value, population):
    scale = criterion["scale"]
    if scale == "note":
        return value
    if scale == "list":
        return next(points for listed, points in criterion["points"] if listed is value)
    if scale == "rank":
        below = sum(1 for v in population if v < value)
        equal = sum(1 for v in population if v == value)
        share = 10 * (below + (equal + 1) / 2 - 0.5) / len(population)
        return 10 - share if criterion["better"] == "low" else share
    table = sorted((float(day(v)) if day(v) is not None else number(v), p) for v, p in criterion["points"])
    if value <= table[0][0]:
        return table[0][1]
    if value >= table[-1][0]:
        return table[-1][1]
    for (x0, y0), (x1, y1) in pairwise(table):
        if x0 <= value < x1:
            return y0 if scale == "steps" else y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    raise AssertionError


def gate_applies(gate, account):
    key = gate["column"]
    value = account.get(key)
    if key in NUMBERS:
        value = number(value)
    elif key in DATES and day(value) is None:
        value = None
    word = key_of(KNOWLEDGE, gate["condition"])
    if word:
        return (value is None) == (word == "unknown")
    if value is None:
        return False
    limit, condition = gate["value"], str(gate["condition"]).strip()
    if day(limit) is not None and isinstance(value, (int, float)):
        value = dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
    if condition == "=":
        return matches(gate, value, limit)
    if condition == "<>":
        return not matches(gate, value, limit)
    a = day(value) if day(limit) is not None else number(value)
    b = day(limit) if day(limit) is not None else number(limit)
    if a is None or b is None:
        return False
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[condition]


# ---- classes -------------------------------------------------------------------------------------


def by_cutoff(model, score):
    for i, row in enumerate(model.classes):
        if number(row["min_score"]) <= score + 1e-9:
            return i
    return None


def with_margin(model, score, held):
    plain = by_cutoff(model, score)
    if plain is None:
        plain = len(model.classes) - 1
    if held is None or model.margin <= 0:
        return plain
    up = by_cutoff(model, score - model.margin)
    if up is not None and up < held:
        return up
    down = by_cutoff(model, score + model.margin)
    if down is None:
        down = len(model.classes) - 1
    return max(down, held)


def by_quota(model, rank, count):
    total = 0.0
    for i, row in enumerate(model.classes):
        total += number(row["share"])
        if rank - 1 < total * count - 1e-9:
            return i
    return len(model.classes) - 1


def natural_breaks(scores, groups):
    """Group, 0 the lowest, of each distinct score, and whether the best grouping is the only one."""
    values = sorted(set(scores))
    counts = [scores.count(v) for v in values]
    n, mean = len(values), math.fsum(scores) / len(scores)
    ones, sums, squares = [0], [0.0], [0.0]
    for v, c in zip(values, counts, strict=True):
        ones.append(ones[-1] + c)
        sums.append(sums[-1] + c * (v - mean))
        squares.append(squares[-1] + c * (v - mean) ** 2)

    def cost(i, j):
        total = sums[j] - sums[i]
        return squares[j] - squares[i] - total * total / (ones[j] - ones[i])

    best = [[math.inf] * (n + 1) for _ in range(groups + 1)]
    ways = [[0] * (n + 1) for _ in range(groups + 1)]
    start = [[0] * (n + 1) for _ in range(groups + 1)]
    best[0][0], ways[0][0] = 0.0, 1
    for k in range(1, groups + 1):
        for j in range(k, n + 1):
            for i in range(k - 1, j):
                if best[k - 1][i] == math.inf:
                    continue
                found = best[k - 1][i] + cost(i, j)
                if found < best[k][j] - 1e-9:
                    best[k][j], ways[k][j], start[k][j] = found, ways[k - 1][i], i
                elif found <= best[k][j] + 1e-9:
                    ways[k][j] += ways[k - 1][i]
    group, j = {}, n
    for k in range(groups, 0, -1):
        for at in range(start[k][j], j):
            group[values[at]] = k - 1
        j = start[k][j]
    return group, ways[groups][n] == 1


# ---- the portfolio -------------------------------------------------------------------------------


def code_of(value):
    """The code of an account as text: 12.0 typed as a number is the code 12."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


class Expected:
    def __init__(self):
        self.cells = {}  # (sheet, row) -> {key: value}
        self.model = None
        self.history = []  # (date, account, score, class, completeness, name, class before)
        self.totals = []  # (class, label, accounts, share of them, turnover, share of it)
        self.accounts = {}  # (sheet, row) -> all that was found out about the account
        self.ambiguous_breaks = False
        self.empty_rows = 0


def expected(tables, today):  # noqa: C901 - plain on purpose, step by step
    """What a refresh of these tables has to write."""
    model = Model(tables, today)
    accounts, result = [], Expected()
    for table in tables["accounts"]:
        for offset, row in enumerate(table.records(), start=1):
            if row["account"] is None:
                result.empty_rows += 1
                continue
            row["place"] = (table.sheet, table.first_row + offset)
            row["code"] = code_of(row["account"])
            accounts.append(row)
    codes = [account["code"].casefold() for account in accounts]

    for account in accounts:
        account["duplicate"] = codes.count(account["code"].casefold()) > 1
        account["kind"] = key_of(STATUS, account.get("status"))
        turnovers = [number(account.get(key)) for key in ("turnover", "turnover_1", "turnover_2")]
        floored = [None if t is None else max(t, 0.0) for t in turnovers]
        account["old"] = {key: account.get(key) for key in FILLED}
        account["trend"], account["one year"] = trend_of(*floored), floored[2] is None
        account["state_key"], account["state_amount"] = state_of(*floored)
        account["state"] = STATES[account["state_key"]][model.at] if account["state_key"] else None
        account["amount"] = turnovers[0]

    for criterion in model.criteria:
        values = [
            known_value(criterion, account.get(criterion["column"]))
            for account in accounts
            if model.applies(criterion, account["kind"])
        ]
        criterion["population"] = [v for v in values if v is not None]
        criterion["in use"] = {kind: in_use(model, criterion, kind, accounts) for kind in (None, *STATUS)}

    for account in accounts:
        score_account(model, account)
    scored = [account for account in accounts if account["score"] is not None]
    for account in accounts:
        account["rank"] = None
        if account["score"] is not None:
            account["rank"] = 1 + sum(1 for other in scored if other["score"] > account["score"])
    classify(model, accounts, scored, result)
    mark_core(model, accounts)
    mark_risks(model, accounts)
    mark_profiles(model, accounts)
    result.model, result.totals = model, totals(model, accounts)
    result.accounts = {account["place"]: account for account in accounts}

    for account in accounts:
        old_class, old_score = account["old"]["class"], account["old"]["score"]
        changed = old_class != account["class"]
        account["previous"] = account["old"].get("previous")
        if changed and old_class is not None:
            account["previous"] = old_class
        moved = (old_score is None) != (account["score"] is None)
        if old_score is not None and account["score"] is not None:
            moved = abs(account["score"] - old_score) >= 0.05 - 1e-9
        if changed or moved:
            score, completeness = account["score"], account["completeness"]
            row = (model.today, account["code"], score, account["class"], completeness)
            row += (account["name"], old_class)
            result.history.append(row)
        result.cells[account["place"]] = {key: account[key] for key in FILLED}
    return result


def in_use(model, criterion, kind, accounts):
    """Whether enough is known of a criterion for its absence to count; of all accounts for no status."""
    values = [
        known_value(criterion, account.get(criterion["column"]))
        for account in accounts
        if (kind is None or account["kind"] == kind) and model.applies(criterion, account["kind"])
    ]
    known = sum(1 for value in values if value is not None)
    return bool(values) and known >= model.in_use_from * len(values) - 1e-9


def score_account(model, account):
    weight_known = weight_wanted = weight_counted = total = total_known = weight_all = 0.0
    account["unknown"] = []  # (weight, name) of the criteria in use that are unknown here
    for criterion in model.criteria:
        if not model.applies(criterion, account["kind"]):
            continue
        weight = criterion["weight"]
        weight_all += weight
        value = known_value(criterion, account.get(criterion["column"]))
        if value is not None:
            points = points_of(criterion, value, criterion["population"])
            weight_known += weight
            weight_wanted += weight
            total_known += weight * points
            weight_counted += weight
            total += weight * points
            continue
        if criterion["in use"][account["kind"]]:
            weight_wanted += weight
            account["unknown"] += [(weight, criterion["name"])] if weight else []
        if criterion["missing"] != "skip":
            weight_counted += weight
            total += weight * {"zero": 0, "neutral": 5}[criterion["missing"]]
    account["score"] = account["score_known"] = account["completeness"] = None
    if not weight_all:
        return
    account["completeness"] = weight_known / weight_wanted if weight_wanted else 0.0
    if weight_known:
        account["score_known"] = round(10 * total_known / weight_known, 6)
    if account["duplicate"] or not weight_counted:
        return
    if account["completeness"] >= model.min_completeness - 1e-9:
        account["score"] = round(10 * total / weight_counted, 6)


def classify(model, accounts, scored, result):
    method = model.method
    group, alone = {}, True
    if method == "breaks":
        scores = [account["score"] for account in scored]
        if len(set(scores)) < len(model.classes):
            method = "cutoffs"
        else:
            group, alone = natural_breaks(scores, len(model.classes))
    result.ambiguous_breaks = not alone
    for account in accounts:
        place, held = None, class_so_far(model, account["old"])
        account["held"] = None if held is None else model.letters[held]
        account["class known"] = None
        if account["score"] is not None:
            place = by_method(model, method, account["score"], account["rank"], len(scored), held, group)
            account["held"] = model.letters[place]
            place = capped(model, account, place)
        elif account["score_known"] is not None:
            score = account["score_known"]
            rank = 1 + sum(1 for other in scored if other["score"] > score)
            known = by_method(model, method, score, rank, len(scored) + 1, held, group)
            account["class known"] = model.letters[capped(model, account, known)]
        account["computed"] = "?" if place is None else model.letters[place]
        forced, until = model.position(account.get("forced")), account.get("forced_until")
        lasts = day(until) is not None and day(until) >= model.today.toordinal()
        if forced is not None and lasts and account.get("forced_reason") and not account["duplicate"]:
            place = forced
        account["class"] = "?" if place is None else model.letters[place]
        account["label"] = None if place is None else model.classes[place]["label"]


def by_method(model, method, score, rank, count, held, group):
    """The class that a score gives; one between two natural groups belongs to the lower."""
    if method == "cutoffs":
        return with_margin(model, score, held)
    if method == "quota":
        return by_quota(model, rank, count)
    return len(model.classes) - 1 - max((group[other] for other in group if other <= score), default=0)


def capped(model, account, place):
    """The worse of a class and those of the gates that apply."""
    return max([place, *(model.position(g["best"]) for g in model.gates if gate_applies(g, account))])


def class_so_far(model, old):
    """The class by score that an account brings along, None where it is new or its letter is no class."""
    letters = (old["held"], old["computed"], old["class"])
    return model.position(next((letter for letter in letters if letter is not None), None))


def mark_core(model, accounts):
    known = [account["amount"] for account in accounts if account["amount"] is not None]
    total = math.fsum(t for t in known if t > 0)
    for account in accounts:
        own = account["amount"]
        greater = math.fsum(t for t in known if own is not None and t > own)
        inside = own is not None and own > 0 and greater < model.core_share * total - 1e-9
        account["core"] = YES_NO["yes" if inside else "no"][model.at]


def totals(model, accounts):
    """The rows of the Dashboard: the classes in their order, what has none, and all of them."""
    groups = [(letter, row["label"]) for letter, row in zip(model.letters, model.classes, strict=True)]
    groups += [("?", TOO_LITTLE[model.at]), (None, TOTAL[model.at])]
    rows = []
    for letter, label in groups:
        inside = [account for account in accounts if letter in (None, account["class"])]
        turnover = math.fsum(account["amount"] or 0.0 for account in inside)
        rows.append((letter, label, len(inside), turnover))
    n, money = rows[-1][2:]
    return [
        (letter, label, count, count / n if n else None, turnover, turnover / money if money > 0 else None)
        for letter, label, count, turnover in rows
    ]
