"""Formats of one workbook in another: those that are taken over are added at the end of its own."""

from __future__ import annotations

import re
from typing import Final

from addin.package import lexer
from addin.upgrade.xml_lists import children, with_children

__all__ = ["TakenStyles"]

_PARTS: Final = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
"""Attributes of a format, and the list of what each names."""
_ORDER: Final = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
_FIRST_OWN: Final = 164
"""Number formats below are Excel's own, the same in every workbook."""


class TakenStyles:
    """Takes formats over, each once.

    Parameters
    ----------
    donor, target
        The parts of the styles: of the workbook that gives, and of the one that takes.
    """

    def __init__(self, donor: bytes, target: bytes) -> None:
        self._donor = {name: _items(donor, name) for name in _ORDER}
        self._target = target
        self._counts = {name: len(_items(target, name)) for name in _ORDER}
        self._new: dict[str, list[bytes]] = {name: [] for name in _ORDER}
        self._taken: dict[tuple[str, int], int] = {}
        formats = [_number(item, "numFmtId") for item in _items(target, "numFmts")]
        self._next_format = max([_FIRST_OWN - 1, *formats]) + 1

    def cell(self, number: int) -> int:
        """Return the number that a cell format of the donor has in the target."""
        if ("cellXfs", number) not in self._taken:
            item = self._donor["cellXfs"][number]
            for attribute, name in _PARTS.items():
                item = _with_number(item, attribute, self._take(name, _number(item, attribute)))
            item = _with_number(item, "numFmtId", self._number_format(_number(item, "numFmtId")))
            item = _with_number(item, "xfId", 0)
            self._taken["cellXfs", number] = self._append("cellXfs", item)
        return self._taken["cellXfs", number]

    def change(self, number: int) -> int:
        """Return the number that a format of a condition of the donor has in the target."""
        return self._take("dxfs", number)

    def result(self) -> bytes:
        """Return the part of the target with all that was taken."""
        content = self._target
        for at, name in enumerate(_ORDER):
            content = with_children(content, name, self._new[name], _ORDER[at + 1 :])
        return content

    def _take(self, name: str, number: int) -> int:
        if (name, number) not in self._taken:
            self._taken[name, number] = self._append(name, self._donor[name][number])
        return self._taken[name, number]

    def _append(self, name: str, item: bytes) -> int:
        self._new[name].append(item)
        return self._counts[name] + len(self._new[name]) - 1

    def _number_format(self, number: int) -> int:
        if number < _FIRST_OWN:
            return number
        if ("numFmtId", number) not in self._taken:
            (item,) = (one for one in self._donor["numFmts"] if _number(one, "numFmtId") == number)
            self._new["numFmts"].append(_with_number(item, "numFmtId", self._next_format))
            self._taken["numFmtId", number] = self._next_format
            self._next_format += 1
        return self._taken["numFmtId", number]


def _items(content: bytes, name: str) -> list[bytes]:
    listed = children(content, name)
    return listed.items if listed is not None else []


def _number(item: bytes, attribute: str) -> int:
    return int(lexer.root(item).get(attribute) or 0)


def _with_number(item: bytes, attribute: str, number: int) -> bytes:
    return re.sub(rb'(\s%b=")\d+"' % attribute.encode(), rb'\g<1>%d"' % number, item, count=1)
