"""Whether a list is grouped by client, and where its parts stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from addin.catalogue import catalogue
from addin.imports.facts import code_text, is_total
from addin.imports.files.sheet_file import SheetFile
from addin.imports.files.text_file import TextFile
from addin.imports.group_labels import Label, Labels, is_date, labels_of, leading_client
from addin.imports.grouped_file import GroupedFile, Layout, is_total_text
from addin.imports.headers import MONEY, Match, matched

__all__ = ["grouped_by_client"]

_HEADER_WITHIN: Final = 20
_COUNT: Final = re.compile(r"\s*\(\d+\)\s*$")
_MOSTLY: Final = 0.5

Source = TextFile | SheetFile


def grouped_by_client(source: Source, language: str = "en") -> GroupedFile | None:
    """Return a list as one in which each row names its client, None where it is not grouped by client.

    Parameters
    ----------
    source
        The file.
    language
        In which the columns are named that the groups become.
    """
    found = _header(source)
    if found is None:
        return None
    at, matches, width = found
    amounts = [match.position for match in matches if match.target in MONEY]
    date = next(match.position for match in matches if match.target == "date")
    who = [match.position for key in ("account", "name") for match in matches if match.target == key]
    below = [[*row, *[""] * (width - len(row))][:width] for row in source.head[at + 1 :]]
    names = catalogue(language).surface("fields")["grouped"]
    line = source.head_lines[at] + _more_lines(source, at)

    def layout(own: int | None, first: Label | None = None) -> Layout:
        return Layout(line, width, date, amounts, own, (names["code"], names["name"]), first)

    if who:
        is_grouped = any(
            _heads_with_sums(row, date, amounts, who) or _sums_group(row, date, amounts, who) for row in below
        )
        return GroupedFile(source, layout(who[0]), Labels(has_codes=False)) if is_grouped else None
    labels, share = _labels(below, date, amounts)
    if labels is not None and share > _MOSTLY:
        return GroupedFile(source, layout(None), labels)
    client = next((client for row in source.head[:at] if (client := leading_client(row)) is not None), None)
    if client is None or share or not any(_is_line(row, date, amounts) for row in below):
        return None
    return GroupedFile(source, layout(None, client), Labels(has_codes=bool(client.code)))


def _more_lines(source: Source, at: int) -> int:
    return 0 if isinstance(source, SheetFile) else sum(cell.count("\n") for cell in source.head[at])


def _header(source: Source) -> tuple[int, Sequence[Match], int] | None:
    """Return the row that may be the header of such a list, what its columns are, and its width."""
    best: tuple[int, Sequence[Match], int] | None = None
    for at, row in enumerate(source.head[:_HEADER_WITHIN]):
        once = [cell if cell not in row[:place] else "" for place, cell in enumerate(row)]
        matches = matched(once, "ledger", {}, {})
        targets = {match.target for match in matches}
        if "date" in targets and targets & set(MONEY) and (best is None or len(matches) > len(best[1])):
            width = max(
                len(row), max(map(len, source.head[at:])) if isinstance(source, SheetFile) else len(row)
            )
            best = at, matches, width
    return best


def _filled(row: Sequence[str], places: Sequence[int]) -> bool:
    return any(row[at].strip() for at in places if at < len(row))


def _texts(row: Sequence[str], amounts: Sequence[int]) -> list[str]:
    return [text for at, cell in enumerate(row) if at not in amounts and (text := code_text(cell))]


def _is_line(row: Sequence[str], date: int, amounts: Sequence[int]) -> bool:
    return _filled(row, amounts) and is_date(row[date])


def _heads_with_sums(row: Sequence[str], date: int, amounts: Sequence[int], who: Sequence[int]) -> bool:
    """Whether a row is one of sums above a group: nothing of a row but a label, and how many it has."""
    texts = _texts(row, amounts)
    own = any(row[at].strip() for at in who)
    return bool(texts) and not own and not row[date].strip() and _COUNT.search(texts[0]) is not None


def _sums_group(row: Sequence[str], date: int, amounts: Sequence[int], who: Sequence[int]) -> bool:
    """Whether a row is the total of a group, by its name: "Total Alpha"."""
    texts = _texts(row, amounts)
    own = any(row[at].strip() for at in who)
    is_sum = bool(texts) and _filled(row, amounts) and not own and not is_date(row[date])
    return is_sum and is_total_text(texts[0]) and not is_total(texts[0])


def _labels(below: Sequence[Sequence[str]], date: int, amounts: Sequence[int]) -> tuple[Labels | None, float]:
    """Return how the lines above groups name clients, and the share of rows that stand below one."""
    labels: list[list[str]] = []
    waiting: list[str] | None = None
    n_lines = n_grouped = 0
    for row in below:
        texts = _texts(row, amounts)
        if _is_line(row, date, amounts):
            if waiting is not None:
                labels.append(waiting)
                waiting = None
            n_lines += 1
            n_grouped += bool(labels)
        elif texts and not is_date(row[date]) and not is_total_text(texts[0]):
            is_sum = _filled(row, amounts)
            if not is_sum or _COUNT.search(texts[0]):
                waiting = [_COUNT.sub("", text) for text in texts]
    return labels_of(labels), (n_grouped / n_lines if n_lines else 0.0)
