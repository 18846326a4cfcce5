"""The command ``demo``: the sample portfolio, scored, or the exports of a made-up company."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from addin.catalogue import Catalogue
from addin.commands.command import Command, flag, language_option, path_option, today
from addin.commands.screen import quoted, show_report, words_in
from addin.package.atomic import made_folder

__all__ = ["DEMO"]


def _parameters(words: Catalogue) -> Sequence[click.Parameter]:
    output = path_option(words, "--output", "output_demo", metavar="DIR")
    return language_option(words, "lang_new"), output, flag(words, "--exports")


def _run(*, lang: str | None, output: Path | None, exports: bool) -> None:
    words = words_in(lang)
    folder = output or Path()
    made_folder(folder)
    if exports:
        _write_exports(folder, words)
    else:
        _write_sample(folder, words)


def _write_sample(folder: Path, words: Catalogue) -> None:
    from addin.fresh import demo_workbook

    path = _free_name(folder, "clientscore-demo")
    report = demo_workbook(path, words.language, today())
    show_report(report, path, words, in_checks=True)
    click.echo(words.text("cli", "result", "written", path=path))
    click.echo()
    click.echo(words.text("cli", "demo", "next", book=quoted(path)))


def _write_exports(folder: Path, words: Catalogue) -> None:
    """Write the exports of a made-up company, to try an import on."""
    from addin.sample.exports import copy_exports

    written = copy_exports(folder / "clientscore-exports")
    for path in written:
        click.echo(words.text("cli", "result", "written", path=path))
    files = " ".join(quoted(path) for path in written)
    click.echo()
    click.echo(words.text("cli", "demo", "next_exports", files=files))


def _free_name(folder: Path, stem: str) -> Path:
    """First name that no file has: an earlier demo may have been worked on."""
    path, count = folder / f"{stem}.xlsm", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}.xlsm"
    return path


DEMO = Command("demo", _parameters, _run)
