"""Filters of tables, lifted while cells are written and put back afterwards.

Excel does not place a block of values in a filtered table: it puts the first
one into every visible cell and passes over the hidden ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from addin.excel.busy import patiently
from addin.refusals import Refusal

if TYPE_CHECKING:
    import xlwings as xw

    from addin.excel.cells import Place

__all__ = ["lifted"]


@contextmanager
def lifted(places: Sequence[Place]) -> Iterator[None]:
    """Lift the filters of some tables for a while.

    Raises
    ------
    Refusal
        ``filtered`` before anything is lifted, where a filter is of a kind
        that could not be put back: by colour, by a period, by an average.
    """
    filters = [
        (place, criterion)
        for place in places
        if place.listed.show_autofilter
        for criterion in place.listed.autofilter.criteria
        if criterion.type != "none"
    ]
    for place, criterion in filters:
        if not _can_be_put_back(criterion):
            raise Refusal("filtered", sheet=str(place.sheet.name))
    with ExitStack() as stack:
        for place, criterion in filters:
            stack.callback(patiently, partial(_put_back, place.listed.autofilter, criterion))
        for place in {id(place): place for place, _ in filters}.values():
            place.listed.autofilter.clear()
        yield


def _can_be_put_back(criterion: xw.main.AutoFilterCriteria) -> bool:
    match criterion.type:
        case "values":
            return criterion.values is not None
        case "comparison":
            return criterion.operator is not None
        case "top_items" | "bottom_items":
            return criterion.count is not None
        case "top_percent" | "bottom_percent":
            return criterion.percent is not None
        case _:
            return False


def _put_back(autofilter: xw.main.AutoFilter, criterion: xw.main.AutoFilterCriteria) -> None:
    field = criterion.field
    arguments: tuple[Any, ...]
    match criterion.type:
        case "values":
            arguments = (criterion.values,)
        case "comparison":
            arguments = (criterion.operator, criterion.value1, criterion.value2)
        case "top_items" | "bottom_items":
            arguments = (criterion.count,)
        case _:
            arguments = (criterion.percent,)
    getattr(autofilter, f"apply_{criterion.type}")(field, *arguments)
