"""What a person says of files on the command line: which column goes where, and what the files are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from addin.catalogue import Catalogue
from addin.commands.command import help_text
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.imports.importing import Options

__all__ = ["books_options", "import_options", "kind_option", "map_option", "reference_option"]

_KINDS: Final = ("accounts", "invoices", "ledger", "fec", "visits", "orders", "stock")
"""What files are; a ledger is another word for invoices."""


def map_option(words: Catalogue) -> click.Parameter:
    """Return the option that says where a column goes."""
    return click.Option(["--map"], multiple=True, metavar='"HEADER=COLUMN"', help=help_text(words, "map"))


def kind_option(words: Catalogue) -> click.Parameter:
    """Return the option that says what the files are."""
    return click.Option(["--as", "kind"], type=click.Choice(_KINDS), help=help_text(words, "kind"))


def books_options(words: Catalogue) -> list[click.Parameter]:
    """Return the options that say what old codes and several books mean."""
    return [
        click.Option(["--join"], multiple=True, metavar="OLD=NEW", help=help_text(words, "join")),
        click.Option(["--companies"], type=click.Choice(["add"]), help=help_text(words, "companies")),
    ]


def reference_option(words: Catalogue) -> click.Parameter:
    """Return the option that says the reference date."""
    return click.Option(["--reference"], metavar="last|YYYY-MM-DD", help=help_text(words, "reference"))


def import_options(chosen: Mapping[str, Any]) -> Options:
    """Return what was said, by the names of the parameters.

    Raises
    ------
    Refusal
        If it is not said which column goes where.
    """
    from addin.imports.importing import Options

    columns = _pairs(chosen["map"], "import_map_form")
    joins = _pairs(chosen.get("join", ()), "join_form")
    for old, new in joins.items():
        if not new or old == new:
            raise Refusal("join_form", text=f"{old}={new}")
    kind = "ledger" if chosen["kind"] == "invoices" else chosen["kind"]
    return Options(
        kind,
        columns,
        chosen.get("keep", ()),
        chosen.get("overwrite", ()),
        joins=joins,
        add_companies=chosen.get("companies") == "add",
        absent_zero=chosen.get("absent") == "zero",
        reference=_reference(chosen.get("reference")),
    )


def _pairs(texts: Sequence[str], refusal: str) -> dict[str, str]:
    """Return what stands before and behind the last sign of equality of each text."""
    pairs = {}
    for text in texts:
        before, sign, behind = text.rpartition("=")
        if not sign or not before.strip():
            raise Refusal(refusal, text=text)
        pairs[before.strip()] = behind.strip()
    return pairs


def _reference(text: str | None) -> dt.date | Literal["last"] | None:
    """Return the day that is said, or that it is the last one of the files."""
    if text is None:
        return None
    if text == "last":
        return "last"
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refusal("import_reference_form", text=text) from None
