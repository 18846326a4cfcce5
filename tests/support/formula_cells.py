"""Cells that the tests of the formulas look at."""

import dataclasses
import functools

from marshalling.conftest import refreshed, tables
from support.formulas import NOT_AVAILABLE

from addin.catalogue import catalogue

LANGUAGES = ("en", "fr")


FORMULAS = ("CLIENTSCORE", "CLIENTCLASS", "CLIENTRANK", "CLIENTWHY")


ALL = "Criteria[#All]"


STRONG = "AW00000010"


def header(language, kind, key):
    return catalogue(language).header(kind, key)


def text(language, key):
    return catalogue(language).surface("ribbon")["vba"][key]


@functools.cache
def stored(path):
    """What formulas answer, by code, as it stands in the account tables of a workbook."""
    return refreshed(tables(path))  # a workbook just refreshed holds what a refresh gives


def shown(cell):
    return NOT_AVAILABLE if cell is None else cell


def changed(found, name, **columns):
    """Tables with other cells in some columns of one."""
    result = []
    for table in found:
        if table.name == name:
            after = [columns.get(f"c{at}", column) for at, column in enumerate(table.columns)]
            table = dataclasses.replace(table, columns=tuple(after))  # noqa: PLW2901
        result.append(table)
    return result


def heavier(found, row=0, weight=90.0):
    """The tables with another weight of a criterion, and the place of the weights."""
    criteria = next(table for table in found if table.name == "Criteria")
    at = next(i for i, name in enumerate(criteria.headers) if name in ("Weight", "Poids"))
    weights = list(criteria.columns[at])
    weights[row] = weight
    return changed(found, "Criteria", **{f"c{at}": weights}), at


def with_account(opened, code, score):
    """Rows of an account table that holds one account, known like another."""
    headers, row, *_ = opened.value("Clients[#All]")
    language = "fr" if "Compte" in headers else "en"
    cells = {"account": code, "score": score, "class": "A"}
    known = {header(language, "accounts", key): value for key, value in cells.items()}
    return [headers, [known.get(name, cell) for name, cell in zip(headers, row, strict=True)]]
