"""The page of a handover: the portfolio of a rep or of a sector, to print, to send, to keep."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from importlib import resources
from itertools import groupby
from typing import Any, Final

from addin.catalogue import Catalogue
from addin.reports.page.charts import columns
from addin.reports.page.html import Child, document, el
from addin.uses.handover import Handover
from addin.uses.handover_watch import WATCHES

__all__ = ["handover_page", "page_name"]

_SHADES: Final = 4
"""Classes that have a colour of their own; further ones share the last."""
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
"""What no name of a file may hold on Windows."""
_LONGEST: Final = 60

Records = Sequence[Mapping[str, Any]]


def page_name(found: Handover, words: Catalogue) -> str:
    """Return the name of the file: whose portfolio it is, and of which day."""
    assert found.whom is not None
    name = " ".join(_FORBIDDEN.sub(" ", found.whom.name).split())[:_LONGEST].strip(" .")
    return f"{words.text('page', 'file', name=name, date=found.on.isoformat()).strip()}.html"


def handover_page(found: Handover, words: Catalogue) -> bytes:
    """Return the page of a handover: one file that loads nothing, runs nothing and prints on A4.

    Parameters
    ----------
    found
        What is handed over, of a portfolio that somebody chose.
    words
        The language, with the currency of the workbook.
    """
    assert found.whom is not None
    return _Page(found, words).content()


class _Page:
    """The page, section by section."""

    def __init__(self, found: Handover, words: Catalogue) -> None:
        self._found, self._words = found, words
        self._letters = list(found.services)

    def content(self) -> bytes:
        whom, words = self._found.whom, self._words
        assert whom is not None
        sections = {
            "glance": self._glance(),
            "accounts": self._accounts(),
            **{key: self._watched(key) for key in WATCHES},
            "agenda": self._agenda(),
        }
        links = [el("a", self._say("sections", key), href=f"#{key}") for key in sections]
        body = el(
            "body",
            el(
                "header",
                el("h1", whom.name),
                el("p", self._say(f"subtitle_{whom.by}", date=self._found.on)),
            ),
            el("nav", links),
            [
                el("section", el("h2", self._say("sections", key)), content, id=key)
                for key, content in sections.items()
            ],
            el("footer", el("p", self._say("footer"))),
        )
        style = resources.files(__package__).joinpath("handover.css").read_text(encoding="utf-8")
        return document(f"{self._say('title')} - {whom.name}", words.language, style, body)

    def _say(self, *keys: str, **details: object) -> str:
        return self._words.text("page", *keys, **details)

    def _header(self, key: str, table: str = "handover") -> str:
        return self._words.header(table, key)

    def _notes(self, key: str) -> Child:
        """Return what is said above a list, but for whose portfolio it is."""
        return [el("p", self._words.show(note), class_="note") for note in self._found.noted[key][1:]]

    def _chip(self, letter: object) -> ET.Element:
        text = str(letter)
        place = self._letters.index(text) + 1 if text in self._letters else 0
        return el("span", text, class_=f"chip c{min(place, _SHADES)}" if place else "chip")

    def _money(self, value: Any) -> str:
        return "" if value is None else self._words.money(round(value))

    def _trend(self, value: Any) -> str:
        if value is None:
            return ""
        sign = "+" if value > 0 else ""
        return self._words.text("views", "handover", "trend_a_year", sign=sign, trend=value)

    def _percent(self, value: Any) -> str:
        return "" if value is None else self._words.percent(value)

    def _day(self, value: Any) -> str:
        return "" if value is None else self._words.show(value)

    def _word(self, kind: str, key: Any) -> str:
        return "" if key is None else self._words.words(kind).get(str(key), str(key))

    def _glance(self) -> Child:
        words, found = self._words, self._found
        cards = [
            el("div", el("dt", self._word("handover_figure", row["figure"])), el("dd", str(row["value"])))
            for row in found.shown["handoverfigures"]
        ]
        classes: Records = [row for row in found.tables["handoverclasses"] if row["accounts"]]
        shares = [
            (self._header(key, "handoverclasses"), [row[key] for row in classes])
            for key in ("share_accounts", "share_turnover")
        ]
        by_class = self._say("by_class")
        years: Records = found.tables["handoveryears"]
        names = [words.header("accounts", str(row["period"])) for row in years]
        by_year = self._say("by_year")
        amounts = [
            (self._header("period_turnover", "handoveryears"), [row["period_turnover"] for row in years])
        ]
        charts = [
            el(
                "figure",
                el("figcaption", by_class),
                columns(
                    by_class,
                    [str(row["class"]) for row in classes],
                    shares,
                    lambda share: words.percent(round(share, 2)),
                ),
            ),
            el("figure", el("figcaption", by_year), columns(by_year, names, amounts, self._money)),
        ]
        keys = ("class", "accounts", "turnover", "share_turnover", "trend")
        rows: list[list[Child]] = [
            [
                self._chip(row["class"]),
                words.show(row["accounts"]),
                self._money(row["turnover"]),
                self._percent(row["share_turnover"]),
                self._trend(row["trend"]),
            ]
            for row in classes
        ]
        headers = [self._header(key, "handoverclasses") for key in keys]
        return [
            el("dl", cards, class_="cards"),
            el("div", charts, class_="charts"),
            _table(headers, rows, numbers=range(1, 5)),
        ]

    def _accounts(self) -> Child:
        rows: Records = self._found.tables["handover"]
        parts: list[Child] = [self._notes("handover")]
        for letter, group in groupby(rows, key=lambda row: row["class"]):
            members = list(group)
            instructions = self._found.services.get(str(letter), "")
            title = self._say("class", count=len(members))
            parts.append(el("h3", self._chip(letter), " ", title))
            if instructions:
                parts.append(el("p", el("b", f"{self._header('instructions')} "), instructions))
            parts.append(self._members(members))
        return parts

    def _members(self, rows: Records) -> ET.Element:
        headers = [
            self._header("name"),
            self._header("reasons"),
            self._header("score"),
            self._header("turnover"),
            self._say("payment"),
            self._header("last_visit"),
            self._header("share_of_wallet"),
        ]
        return _table(headers, [self._member(row) for row in rows], numbers=(2, 3, 4, 5, 6), who=0, why=1)

    def _member(self, row: Mapping[str, Any]) -> list[Child]:
        words = self._words
        contact = " · ".join(str(row[key]) for key in ("account", "town", "phone") if row.get(key))
        state = [
            self._word(kind, row[kind])
            for kind in ("status", "state")
            if row.get(kind) and row[kind] not in ("client", "active")
        ]
        lever = (row["lever"] or {}).get("shown")
        late = row.get("days_late")
        overdue = row.get("overdue")
        payment: list[Child] = []
        if late is not None:
            payment.append(el("div", self._say("late", days=round(late), count=round(late))))
        if row.get("open_amount") is not None:
            payment.append(el("div", self._say("open", amount=self._money(row["open_amount"]))))
        if overdue is not None and overdue > 0:
            payment.append(el("div", self._say("overdue", amount=self._money(overdue)), class_="alert"))
        return [
            [
                el("b", str(row.get("name") or row["account"])),
                el("div", contact, class_="small"),
                el("div", ", ".join(state), class_="small") if state else None,
            ],
            [
                str(row.get("reasons") or ""),
                el("div", f"→ {lever}", class_="small") if lever else None,
            ],
            "" if row["score"] is None else words.show(round(row["score"], 1), decimals=1),
            [
                self._money(row.get("turnover")),
                el("div", self._trend(row.get("trend")), class_="small"),
            ],
            payment,
            self._day(row.get("last_visit")),
            self._percent(None if row["share_of_wallet"] is None else round(row["share_of_wallet"], 2)),
        ]

    def _watched(self, key: str) -> Child:
        rows: Records = [row for row in self._found.tables["handoverwatch"] if row["watch"] == key]
        about: list[Child] = [el("p", self._say("about", key), class_="muted")]
        if key == WATCHES[0]:
            about += [
                el("p", self._words.show(note), class_="note")
                for note in self._found.noted["handoverwatch"][1:]
                if note.keys[-1] == "sleep_unknown"
            ]
        if not rows:
            return [*about, el("p", self._say("none"))]
        headers = [self._header(one, "handoverwatch") for one in ("class", "name", "because", "stake")]
        cells: list[list[Child]] = [
            [
                self._chip(row["class"]),
                [el("b", str(row["name"] or row["account"])), el("div", str(row["account"]), class_="small")],
                ", ".join(self._words.show(one) for one in row["because"]),
                self._money(row["stake"]),
            ]
            for row in rows
        ]
        return [*about, _table(headers, cells, numbers=(3,), mark=0, who=1)]

    def _agenda(self) -> Child:
        rows: Records = self._found.tables["handoveragenda"]
        notes = self._notes("handoveragenda")
        if not rows:
            return notes
        keys = ("class", "name", "due_status", "town", "phone", "minutes")
        headers = [self._header("date", "handoveragenda")]
        headers += [self._header(key, "handoveragenda") for key in keys]
        cells: list[list[Child]] = []
        for day, visits in groupby(rows, key=lambda row: row["date"]):
            for place, row in enumerate(visits):
                weekday = self._say("weekdays").split()[day.weekday()]
                where = " ".join(str(row[key]) for key in ("postcode", "town") if row.get(key))
                cells.append(
                    [
                        "" if place else f"{weekday} {self._words.show(day)}",
                        self._chip(row["class"]),
                        str(row["name"] or row["account"]),
                        self._word("due_status", row["due_status"]),
                        where,
                        str(row["phone"] or ""),
                        "" if row["minutes"] is None else self._words.show(round(row["minutes"])),
                    ]
                )
        return [notes, _table(headers, cells, numbers=(6,), day=0, mark=1, who=2)]


def _table(
    headers: Sequence[str],
    rows: Sequence[Sequence[Child]],
    *,
    numbers: Sequence[int],
    mark: int | None = None,
    who: int | None = None,
    why: int | None = None,
    day: int | None = None,
) -> ET.Element:
    """Return a table; numbers stand to the right, names and reasons get room, days stay on one line."""
    named: dict[int | None, str] = {mark: "mark", who: "who", why: "why", day: "day"}
    named |= dict.fromkeys(numbers, "n")
    looks = [named.get(at) for at in range(len(headers))]
    head = el(
        "tr", [el("th", text, class_=look, scope="col") for text, look in zip(headers, looks, strict=True)]
    )
    body = [
        el("tr", [el("td", cell, class_=look) for cell, look in zip(row, looks, strict=True)]) for row in rows
    ]
    return el("table", el("thead", head), el("tbody", body))
