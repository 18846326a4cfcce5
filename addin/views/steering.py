"""What to look at first, for the rep that is chosen: five lists of the Dashboard.

The rows for the rep that is chosen stand in a table of their own, which the
sheet repeats; those of all reps in another one, out of which plain formulas take
them when a person chooses another rep.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.catalogue import Catalogue
from addin.views.class_moves import ClassMove, class_moves
from addin.views.portfolio_facts import Facts
from addin.views.scored import Scored
from addin.views.view import How, View
from addin.workbook.kept_rows import Row
from addin.workbook.port import Cell
from addin.workbook.typed_cells import read_text
from scoring.terms import UNKNOWN_CLASS
from scoring.text import fold

__all__ = ["LENGTHS", "VIEWS", "empty_lists", "line_key"]

LENGTHS: Final[Mapping[str, int]] = {"win_back": 10, "late": 10, "top": 10, "owed": 10, "moves": 10}
"""The lists, and how many lines each has."""
_MOST_TEXT: Final = 120
"""Signs of a reason that one line holds."""
_DECIMALS: Final = 9


def line_key(name: str, number: int) -> str:
    """Return the key of a line of a list, its number from 1."""
    return f"{name}|{number}"


def _names(facts: Facts, words: Catalogue) -> tuple[list[str], list[str]]:
    """Return the rep of each account as lists name him, and all that can be chosen."""
    nobody = words.text("template", "dashboard", "no_rep")
    own = [rep or nobody for rep in facts.reps.tolist()]
    named = sorted(set(own), key=lambda rep: (rep == nobody, fold(rep)))
    return own, [words.text("template", "dashboard", "all_reps"), *named]


class _Lists:
    """The five lists, of all accounts or of those of one rep."""

    def __init__(self, scored: Scored) -> None:
        self.words = scored.words
        self.facts = scored.once("facts", Facts)
        self.reps, self.names = _names(self.facts, scored.words)
        self.all = self.names[0]
        stake = self.facts.at_stake
        # Of one day the largest first: after a scoring of everybody there are many.
        moves = sorted(class_moves(scored), key=lambda one: (-one.date.toordinal(), -stake[one.row]))
        reasons = scored.cells["reasons"].tolist()
        late = self.facts.late
        self._days_late = late["days"].to_numpy(dtype=np.float64)
        self._letters = self.facts.letters.to_list()
        self.lines = {
            "win_back": self._by_rep(self.facts.to_win_back().tolist(), self._win_back),
            "late": self._by_rep(late["row"].tolist(), self._late),
            "top": self._by_rep(self._largest(), self._top),
            "owed": self._owed(),
            "moves": self._by_rep([move.row for move in moves], lambda n, _: _moved(moves[n], reasons)),
        }

    def of(self, rep: str) -> dict[str, list[Row]]:
        """Return the lines of each list for a rep, a list without any saying so."""
        return {
            name: lines.get(rep) or [{"name": self._text("none", name)}] for name, lines in self.lines.items()
        }

    def _text(self, *keys: str, **details: object) -> str:
        return self.words.text("template", "dashboard", *keys, **details)

    def _by_rep(self, order: Sequence[int], line: Callable[[int, int], Row]) -> dict[str, list[Row]]:
        """Return the first lines of all, and of each rep.

        Parameters
        ----------
        order
            Positions of accounts.
        line
            Makes a line out of a place in that order and the account there.
        """
        found: dict[str, list[Row]] = {}
        own = pd.Series([self.reps[at] for at in order], dtype=object)
        # Beyond the first of all and of each rep nobody is listed.
        listed = np.flatnonzero(own.groupby(own, sort=False).cumcount() < LENGTHS["top"]).tolist()
        for place in sorted({*range(min(LENGTHS["top"], len(own))), *listed}):
            at = order[place]
            for rep in (self.all, self.reps[at]):
                lines = found.setdefault(rep, [])
                if len(lines) < LENGTHS["top"]:
                    who = {"class": str(self._letters[at]), "name": self.facts.names[at]}
                    lines.append({**who, **line(place, at)})
        return found

    def _win_back(self, _: int, at: int) -> Row:
        stake = round(float(self.facts.at_stake[at]), 2)
        return {"figure": stake, "day": self.facts.day("last_purchase", at)}

    def _late(self, place: int, at: int) -> Row:
        days = float(self._days_late[place])
        if math.isnan(days):
            return {"figure": self._text("never_visited")}
        return {"figure": float(math.floor(days + 1e-9)), "day": self.facts.day("last_visit", at)}

    def _largest(self) -> list[int]:
        """Return the accounts with turnover, the largest first."""
        amounts = np.where(self.facts.once, np.nan_to_num(self.facts.numbers("turnover")), 0.0)
        codes = self.facts.accounts["account"].astype(str).str.casefold()
        table = pd.DataFrame({"amount": -amounts, "code": codes.to_numpy(dtype=object)})[amounts > 0]
        return list(table.sort_values(["amount", "code"], kind="stable").index)

    def _top(self, _: int, at: int) -> Row:
        share = float(self.facts.wallet[at])
        return {
            "figure": round(float(self.facts.numbers("turnover")[at]), 2),
            "detail": None if math.isnan(share) else round(share, _DECIMALS),
        }

    def _owed(self) -> dict[str, list[Row]]:
        """Return what is overdue by class, for all and for each rep."""
        facts = self.facts
        owed, overdue = (np.where(facts.once, amounts, 0.0) for amounts in facts.owed)
        letters = (*facts.scored.model.letters(), UNKNOWN_CLASS)
        labels = (*(one.label for one in facts.scored.model.classes), self._text("unknown"))
        own = np.array(self.reps, dtype=object)
        found = {}
        for rep in self.names:
            mine = np.ones(len(own), dtype=bool) if rep == self.all else own == rep
            lines: list[Row] = []
            for place, (letter, label) in enumerate(zip(letters, labels, strict=True)):
                here = mine & (facts.places == place)
                late = float(overdue[here].sum())
                if late > 0:
                    count = int(np.count_nonzero(overdue[here] > 0))
                    said = self._text("owed_by", label=label or letter, count=count)
                    lines.append(_owing(letter, said, late, float(owed[here].sum())))
            if lines:
                count, late = int(np.count_nonzero(overdue[mine] > 0)), float(overdue[mine].sum())
                said = self._text("owed_by", label=self._text("total"), count=count)
                total = _owing(None, said, late, float(owed[mine].sum()))
                found[rep] = [*lines[: LENGTHS["owed"] - 1], total]
        return found


def _owing(letter: str | None, said: str, overdue: float, owed: float) -> Row:
    share = round(overdue / owed, _DECIMALS) if owed > 0 else None
    return {"class": letter, "name": said, "figure": round(overdue, 2), "detail": share}


def _moved(move: ClassMove, reasons: Sequence[Any]) -> Row:
    text = str(reasons[move.row] or "")
    cut = text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
    return {"class": f"{move.before} → {move.after}", "detail": cut, "day": move.date}


def _chosen(scored: Scored) -> Cell:
    """Return the rep that a person chose, as the cell has it."""
    located = scored.intake.layout.named.get("board")
    cells = located.cells("rep") if located is not None and located.table.n_rows else []
    return cells[0] if cells else None


def _shown(scored: Scored) -> list[Row]:
    """Return the lines for the rep that is chosen: as many as there is room for, in their fixed places."""
    lists, cell = scored.once("lists", _Lists), _chosen(scored)
    text = read_text(cell)
    by_fold = {fold(name): name for name in lists.names}
    rep = by_fold.get(fold(text), "") if isinstance(text, str) else lists.all
    lines = lists.of(rep) if rep else {}
    return [{"line": "rep", "name": cell}, *_placed(lines)]


def _placed(lines: Mapping[str, Sequence[Row]]) -> list[Row]:
    found: list[Row] = []
    for name, length in LENGTHS.items():
        own = list(lines.get(name, ()))
        own += [{}] * (length - len(own))
        found += [{"line": line_key(name, number), **row} for number, row in enumerate(own, start=1)]
    return found


def _highlights(scored: Scored) -> list[Row]:
    """Return the lines of each rep, and of all."""
    lists = scored.once("lists", _Lists)
    return [
        {"line": f"{rep}|{line_key(name, number)}", **row}
        for rep in lists.names
        for name, lines in lists.of(rep).items()
        for number, row in enumerate(lines, start=1)
    ]


def _rep_names(scored: Scored) -> list[Row]:
    return [{"rep": name} for name in _names(scored.once("facts", Facts), scored.words)[1]]


def empty_lists(words: Catalogue) -> dict[str, list[Row]]:
    """Return the rows of the tables of the lists before a first scoring."""
    everybody: dict[str, Any] = {"rep": words.text("template", "dashboard", "all_reps")}
    return {
        "board": [everybody],
        "shown": [{"line": "rep"}, *_placed({})],
        "highlights": [{}],
        "repnames": [everybody],
    }


VIEWS: Final = (
    View("shown", How.ANEW, _shown, always=True),
    View("highlights", How.ANEW, _highlights, always=True),
    View("repnames", How.ANEW, _rep_names, always=True),
)
