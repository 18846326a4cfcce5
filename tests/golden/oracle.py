"""A second, deliberately plain reading of the workbook contract.

Dictionaries and loops only, nothing shared with the product: what ``expected`` computes from the
cells of a workbook, as openpyxl reads them, is what a refresh has to write into it.
"""

import datetime as dt
import functools
import math
import re
import unicodedata
from itertools import pairwise

import openpyxl

ACCOUNTS = {
    "account": ("Account", "Compte"),
    "name": ("Name", "Raison sociale"),
    "status": ("Status", "Statut"),
    "rep": ("Rep", "Commercial"),
    "sector": ("Sector", "Secteur"),
    "postcode": ("Postcode", "Code postal"),
    "turnover": ("Turnover", "CA N"),
    "turnover_1": ("Turnover Y-1", "CA N-1"),
    "turnover_2": ("Turnover Y-2", "CA N-2"),
    "potential": ("Potential", "Potentiel"),
    "potential_new": ("New potential", "Potentiel complémentaire"),
    "solidity": ("Financial solidity", "Solidité financière"),
    "days_late": ("Days late", "Retard de paiement (j)"),
    "growth": ("Growth outlook", "Perspectives de croissance"),
    "influence": ("Influence", "Prescription / notoriété"),
    "relationship": ("Relationship", "Relation commerciale"),
    "last_visit": ("Last visit", "Dernière visite"),
    "forced": ("Forced class", "Classe forcée"),
    "forced_reason": ("Forced because", "Motif"),
    "forced_until": ("Forced until", "Forcée jusqu'au"),
    "trend": ("Trend", "Tendance 2 ans"),
    "state": ("State", "Situation"),
    "score": ("Score", "Score"),
    "computed": ("Computed class", "Classe calculée"),
    "class": ("Class", "Classe"),
    "label": ("Category", "Catégorie"),
    "previous": ("Previous class", "Classe précédente"),
    "completeness": ("Completeness", "Complétude"),
    "rank": ("Rank", "Rang"),
    "core": ("Core 80%", "Cœur 80 %"),
    "reasons": ("Why", "Pourquoi"),
}
CRITERIA = {
    "criterion": ("Criterion", "Critère"),
    "column": ("Column", "Colonne"),
    "applies": ("Applies to", "S'applique à"),
    "weight": ("Weight", "Poids"),
    "scale": ("Scale", "Barème"),
    "better": ("Better", "Sens"),
    "missing": ("If missing", "Si inconnu"),
    "nature": ("Nature", "Nature"),
    "axis": ("Axis", "Axe"),
    "comment": ("Comment", "Commentaire"),
}
SCALES = {"criterion": ("Criterion", "Critère"), "value": ("Value", "Valeur"), "points": ("Points", "Points")}
CLASSES = {
    "class": ("Class", "Classe"),
    "label": ("Category", "Catégorie"),
    "min_score": ("Min score", "Score minimal"),
    "share": ("Share of accounts", "Part des comptes"),
}
GATES = {
    "column": ("Column", "Colonne"),
    "condition": ("Condition", "Condition"),
    "value": ("Value", "Valeur"),
    "best": ("Best class", "Meilleure classe"),
    "reason": ("Reason", "Motif"),
}
SETTINGS = {"setting": ("Setting", "Réglage"), "value": ("Value", "Valeur"), "help": ("Help", "Aide")}
HISTORY = {
    "date": ("Date", "Date"),
    "account": ("Account", "Compte"),
    "score": ("Score", "Score"),
    "class": ("Class", "Classe"),
    "completeness": ("Completeness", "Complétude"),
    "model": ("Model", "Modèle"),
}
FIELDS = {
    "accounts": ACCOUNTS,
    "criteria": CRITERIA,
    "scales": SCALES,
    "classes": CLASSES,
    "gates": GATES,
    "settings": SETTINGS,
    "history": HISTORY,
}
SETTING_NAMES = {
    "language": ("Language", "Langue"),
    "currency": ("Currency", "Devise"),
    "reference_date": ("Reference date", "Date de référence"),
    "method": ("Class method", "Méthode de classement"),
    "margin": ("Class margin", "Marge de classe"),
    "min_completeness": ("Minimum completeness", "Complétude minimale"),
    "max_subjective": ("Maximum subjective share", "Part subjective maximale"),
    "core_share": ("Core share", "Part du cœur"),
    "review_months": ("Review every (months)", "Révision tous les (mois)"),
    "weeks": ("Working weeks per year", "Semaines travaillées par an"),
    "visit_days": ("Visit days per week", "Jours de visite par semaine"),
    "visits": ("Visits per day", "Visites par jour"),
}
STATUS = {"client": ("Client", "Client"), "prospect": ("Prospect",) * 2, "suspect": ("Suspect",) * 2}
ALL = {"all": ("All", "Tous")}
SCALE_WORDS = {
    "steps": ("steps", "paliers"),
    "linear": ("linear", "linéaire"),
    "list": ("list", "liste"),
    "rank": ("rank", "rang"),
    "note": ("note", "note"),
}
BETTER = {"high": ("high", "haut"), "low": ("low", "bas")}
MISSING = {"skip": ("skip", "ignorer"), "zero": ("zero", "zéro"), "neutral": ("neutral", "neutre")}
METHODS = {"cutoffs": ("cutoffs", "seuils"), "quota": ("quota", "quotas"), "breaks": ("breaks", "ruptures")}
KNOWLEDGE = {"known": ("known", "connu"), "unknown": ("unknown", "inconnu")}
STATES = {
    "new": ("New", "Nouveau"),
    "returned": ("Returned", "Revenu"),
    "lost": ("Lost", "Perdu"),
    "dormant": ("Dormant", "Dormant"),
    "active": ("Active", "Actif"),
}
YES, NO = ("Yes", "Oui"), ("No", "Non")

NUMBERS = ("turnover", "turnover_1", "turnover_2", "potential", "potential_new", "days_late", "growth")
NUMBERS += ("influence", "relationship", "trend", "score", "completeness", "rank")
DATES = ("last_visit", "forced_until")
FILLED = ("trend", "state", "score", "computed", "class", "label", "previous", "completeness", "rank", "core")
ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


# ---- reading -------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None, typed=True)
def fold(text):
    """A text without case, accents and surplus blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", str(text)) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def key_of(names, text):
    if not isinstance(text, str):
        return None
    for key, written in names.items():
        if fold(text) in [fold(name) for name in written]:
            return key
    return None


def clean(value):
    """A cell's value: None where nothing usable stands, a date without its midnight."""
    if isinstance(value, str):
        if value.strip() in ERRORS or not value.strip():
            return None
        return value
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    return value


class Table:
    def __init__(self, sheet, name, kind, first_row, first_column, headers, rows):
        self.sheet, self.name, self.kind = sheet, name, kind
        self.first_row, self.first_column = first_row, first_column
        self.headers, self.rows = headers, rows
        self.keys = []
        for header in headers:
            key = key_of(FIELDS.get(kind, {}), header)
            self.keys.append(key if key and key not in self.keys else "own:" + fold(header))

    def records(self):
        return [dict(zip(self.keys, [clean(v) for v in row], strict=True)) for row in self.rows]


def read(path):
    """The tables of a file."""
    book = openpyxl.load_workbook(path, data_only=True)
    found = tables_of(book)
    book.close()
    return found


def tables_of(book):
    """The tables of a workbook by kind; those of accounts are a list."""
    found = {"accounts": []}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            cells = list(sheet[table.ref])
            if table.totalsRowCount:
                cells = cells[: -table.totalsRowCount]
            headers = [str(cell.value) for cell in cells[0]]
            rows = [[cell.value for cell in row] for row in cells[1:]]
            kind = table.displayName.lower()
            if kind not in (*FIELDS, "checks") or kind == "accounts":
                keys = [key_of(ACCOUNTS, header) for header in headers]
                if not {"account", "score", "class"} <= set(keys):
                    continue
                kind = "accounts"
            place = (cells[0][0].row, cells[0][0].column)
            read_table = Table(sheet.title, table.displayName, kind, *place, headers, rows)
            if kind == "accounts":
                found["accounts"].append(read_table)
            else:
                found[kind] = read_table
    return found


def number(value):
    """A number out of a cell, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, dt.date):
        return None
    text = re.sub(r"\s", "", value).replace("\u2212", "-").replace("EUR", "")
    for sign in "€$£":
        text = text.replace(sign, "")
    factor = 1.0
    if text.endswith("%"):
        text, factor = text[:-1], 0.01
    elif text[-1:] in ("k", "K"):
        text, factor = text[:-1], 1000.0
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
        return None
    return float(text) * factor


def day(value):
    """A date as a day number, or None."""
    if isinstance(value, dt.datetime):
        return value.date().toordinal()
    return value.toordinal() if isinstance(value, dt.date) else None


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
        self.core_share = self.number_setting("core_share", 0.8)
        self.classes = [row for row in tables["classes"].records() if row["class"] is not None]
        self.letters = [str(row["class"]).strip() for row in self.classes]
        self.gates = []
        if "gates" in tables:
            self.gates = [row for row in tables["gates"].records() if row["column"] is not None]
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
    if t0 is None or t1 is None or t2 is None or (t1 == 0 and t2 == 0):
        return None
    return (2 * growth_rate(t0, t1) + growth_rate(t1, t2)) / 3


def state_of(t0, t1, t2):
    if t0 is None or t1 is None:
        return None
    if t0 > 0 and t1 > 0:
        return "active"
    if t0 == 0 and t1 > 0:
        return "lost"
    if t2 is None:
        return None
    if t0 > 0:
        return "returned" if t2 > 0 else "new"
    return "dormant" if t2 > 0 else None


def known_value(criterion, value):
    """The value that a criterion scores, or None where it is unknown."""
    scale = criterion["scale"]
    if scale == "list":
        if value is None:
            return None
        for listed, _ in criterion["points"]:
            if same(value, listed):
                return listed
        return None
    as_day = day(value)
    result = float(as_day) if as_day is not None else number(value)
    if scale == "note" and result is not None and not 0 <= result <= 10:
        return None
    return result


def same(value, other):
    if value is None or other is None:
        return False
    if day(value) is not None or day(other) is not None:
        return day(value) == day(other)
    a, b = number(value), number(other)
    if a is not None and b is not None:
        return a == b
    return fold(value) == fold(other)


def points_of(criterion, value, population):
    scale = criterion["scale"]
    if scale == "note":
        return value
    if scale == "list":
        return next(points for listed, points in criterion["points"] if same(value, listed))
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
    key = column_key(gate["column"])
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
        return same(value, limit)
    if condition == "<>":
        return not same(value, limit)
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
        self.history = []  # (date, account, score, class, completeness)
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
        account["trend"] = trend_of(*floored)
        state = state_of(*floored)
        account["state"] = STATES[state][model.at] if state else None
        account["amount"] = turnovers[0]

    for criterion in model.criteria:
        values = [
            known_value(criterion, account.get(criterion["column"]))
            for account in accounts
            if model.applies(criterion, account["kind"])
        ]
        criterion["population"] = [v for v in values if v is not None]

    for account in accounts:
        score_account(model, account)
    scored = [account for account in accounts if account["score"] is not None]
    for account in accounts:
        account["rank"] = None
        if account["score"] is not None:
            account["rank"] = 1 + sum(1 for other in scored if other["score"] > account["score"])
    classify(model, accounts, scored, result)
    mark_core(model, accounts)

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
            result.history.append(row)
        result.cells[account["place"]] = {key: account[key] for key in FILLED}
    return result


def score_account(model, account):
    weight_known = weight_all = weight_counted = total = 0.0
    for criterion in model.criteria:
        if not model.applies(criterion, account["kind"]):
            continue
        weight_all += criterion["weight"]
        value = known_value(criterion, account.get(criterion["column"]))
        if value is not None:
            weight_known += criterion["weight"]
            weight_counted += criterion["weight"]
            total += criterion["weight"] * points_of(criterion, value, criterion["population"])
        elif criterion["missing"] != "skip":
            weight_counted += criterion["weight"]
            total += criterion["weight"] * {"zero": 0, "neutral": 5}[criterion["missing"]]
    account["completeness"] = weight_known / weight_all if weight_all else None
    account["score"] = None
    if account["duplicate"] or not weight_all or not weight_counted:
        return
    if account["completeness"] >= model.min_completeness - 1e-9:
        account["score"] = round(10 * total / weight_counted, 6)


def classify(model, accounts, scored, result):
    group, last, method = {}, len(model.classes) - 1, model.method
    if method == "breaks":
        scores = [account["score"] for account in scored]
        if len(set(scores)) < len(model.classes):
            method = "cutoffs"
        else:
            group, alone = natural_breaks(scores, len(model.classes))
            result.ambiguous_breaks = not alone
    for account in accounts:
        place = None
        if account["score"] is not None:
            held = model.position(account["old"]["computed"])
            if method == "cutoffs":
                place = with_margin(model, account["score"], held)
            elif method == "quota":
                place = by_quota(model, account["rank"], len(scored))
            else:
                place = last - group[account["score"]]
            for gate in model.gates:
                if gate_applies(gate, account):
                    place = max(place, model.position(gate["best"]))
        account["computed"] = "?" if place is None else model.letters[place]
        forced, until = model.position(account.get("forced")), account.get("forced_until")
        lasts = day(until) is not None and day(until) >= model.today.toordinal()
        if forced is not None and lasts and account.get("forced_reason") and not account["duplicate"]:
            place = forced
        account["class"] = "?" if place is None else model.letters[place]
        account["label"] = None if place is None else model.classes[place]["label"]


def mark_core(model, accounts):
    known = [account["amount"] for account in accounts if account["amount"] is not None]
    total = math.fsum(known)
    for account in accounts:
        own = account["amount"]
        greater = math.fsum(t for t in known if own is not None and t > own)
        inside = own is not None and own > 0 and greater < model.core_share * total - 1e-9
        account["core"] = (YES if inside else NO)[model.at]
