"""The command ``strategies``: what other weights would do, and taking one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue, catalogue
from addin.commands.command import (
    DONE,
    FAULTS,
    Command,
    book_argument,
    flag,
    help_text,
    hold,
    language_option,
)
from addin.commands.scored import show_use

__all__ = ["STRATEGIES"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    return (
        book_argument(),
        click.Option(["--apply"], metavar="NAME", help=help_text(words, "strategy_apply")),
        flag(words, "--json"),
        language_option(words),
    )


def _run(*, book: Path, apply: str | None, json: bool, lang: str | None) -> int:
    if apply is None:
        return show_use("strategies", {}, book, lang, json=json)
    return _apply(book, apply, lang, json=json)


def _apply(book: Path, name: str, lang: str | None, *, json: bool) -> int:
    """Copy the weights of a strategy into the table Criteria."""
    from addin.package import PackageBook
    from addin.reports.console import told_json
    from addin.trust.chosen_strategy import chosen_strategy
    from addin.undo.last import cannot_undo, write
    from addin.workbook.located_tables import Layout
    from addin.workbook.strategy_columns import weights_written

    hold(book)
    package = PackageBook(book)
    tables = package.tables()
    layout = Layout(tables)
    words = catalogue(lang or layout.language)
    strategy = chosen_strategy(layout, name)
    if strategy.why_not is not None:
        click.echo(words.show(strategy.why_not), err=True)
        return FAULTS
    changes = weights_written(layout.named["criteria"], strategy.weights)
    done = write(package, book, tables, changes, "strategy")
    if not done.can_undo:
        click.echo(cannot_undo("strategy", words), err=True)
    if json:
        told = {"applied": strategy.name, "written": done.written, "weights": list(strategy.weights)}
        click.echo(told_json(told))
        return DONE
    key = "written" if done.written else "in_force"
    click.echo(words.text("strategies", key, name=strategy.name, path=book))
    return DONE


STRATEGIES = Command("strategies", _parameters, _run)
