"""The command ``clientscore``."""

from __future__ import annotations

import datetime as dt
import gc
import io
import locale
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from addin.catalogue import LANGUAGES, Catalogue, catalogue
from addin.commands import LocalCommand, LocalGroup, usage_sentence
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.imports.importing import Options
    from addin.imports.recognise import Recognised

__all__ = ["console", "main"]

DONE, FAULTS, WRONG_USAGE = 0, 1, 2

IMPORT_KINDS = ("accounts", "invoices", "fec", "visits")

_STEPS = ("opening", "reading", "scoring", "writing")


def console() -> None:
    """Run the command line of a process of its own."""
    gc.disable()  # millions of cells live until the end: looking for cycles among them only costs time
    main()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 faults that stop it, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that has no ▲ shows ? rather than to fail
            stream.reconfigure(errors="replace")
    words = catalogue(_reader_language(given))
    try:
        result = _commands(words).main(given, prog_name="clientscore", standalone_mode=False)
        sys.exit(result if isinstance(result, int) else DONE)
    except click.UsageError as error:
        _complain(usage_sentence(error, words), WRONG_USAGE)
    except Refusal as refusal:
        words = catalogue(refusal.language or words.language)
        _complain(words.text("refusals", refusal.code, **refusal.details), FAULTS)
    except (click.Abort, KeyboardInterrupt):
        _complain(words.text("cli", "failure", "interrupted"), FAULTS)
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        from addin.log import log_failure

        _complain(words.text("cli", "failure", "unexpected", log=log_failure(failure)), FAULTS)


def _complain(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)


def _reader_language(arguments: Sequence[str]) -> str:
    """Language asked for, else that of the machine, else English."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or next(iter(arguments[position + 1 :]), "")
            if value in LANGUAGES:
                return value
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    system = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "fr" if system.casefold().startswith("fr") else "en"


def _commands(words: Catalogue) -> click.Group:
    def text(key: str) -> str:
        return words.text("cli", "help", key)

    def metavar(key: str) -> str:
        return words.text("cli", "layout", f"{key}_metavar")

    def command(run: Callable[..., int | None], *params: click.Parameter) -> None:
        name = run.__name__.strip("_")
        settings = {"help": text(name), "params": list(params), "options_metavar": metavar("options")}
        group.add_command(LocalCommand(words, name=name, callback=run, **settings))

    def book() -> click.Parameter:
        return click.Argument(["book"], type=click.Path(path_type=Path), metavar="BOOK")

    def lang(key: str = "lang") -> click.Parameter:
        return click.Option(["--lang"], type=click.Choice(LANGUAGES), help=text(key))

    def flag(name: str, key: str) -> click.Parameter:
        return click.Option([name], is_flag=True, help=text(key))

    def path_option(name: str, key: str, **settings: Any) -> click.Parameter:
        return click.Option([name], type=click.Path(path_type=Path), help=text(key), **settings)

    version = click.version_option(
        metadata.version("clientscore"), message="%(prog)s %(version)s", help=text("version")
    )
    group = LocalGroup(
        words,
        name="clientscore",
        help=text("program"),
        no_args_is_help=True,
        options_metavar=metavar("options"),
        subcommand_metavar=metavar("command"),
    )
    version(group)
    # Read before anything else is, by _reader_language: here it is only allowed.
    group.params.append(
        click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, hidden=True)
    )
    files = path_option("--accounts", "accounts", multiple=True, metavar="FILE")
    command(_new, book(), lang("lang_new"), files)
    output = path_option("--output", "output", metavar="OUT")
    command(_refresh, book(), output, flag("--dry-run", "dry_run"), flag("--json", "json"), lang())
    command(_undo, book(), lang())
    command(_check, book(), flag("--json", "json"), lang())
    imported = click.Argument(
        ["files"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE..."
    )
    kinds = click.Option(["--as", "kind"], type=click.Choice(IMPORT_KINDS), help=text("kind"))
    settings = [
        click.Option([name], multiple=True, metavar=mark, help=text(key))
        for name, mark, key in (
            ("--map", '"HEADER=COLUMN"', "map"),
            ("--keep", "COLUMN", "keep"),
            ("--overwrite", "COLUMN", "overwrite"),
        )
    ]
    flags = [flag("--dry-run", "dry_run"), flag("--yes", "yes"), flag("--json", "json")]
    command(_import, book(), imported, *settings, kinds, *flags, lang())
    output = path_option("--output", "output_demo", metavar="DIR")
    command(_demo, lang("lang_new"), output, flag("--exports", "exports"))
    looked_at = click.Argument(["book"], type=click.Path(path_type=Path), metavar="[BOOK]", required=False)
    command(_doctor, looked_at, flag("--json", "json"), flag("--verbose", "verbose"), lang("lang_messages"))
    command(_uninstall, flag("--yes", "yes"), lang("lang_messages"))
    return group


@contextmanager
def _progress(words: Catalogue) -> Iterator[Callable[[str], None]]:
    """Show the step under way on a terminal, and nothing elsewhere."""
    labels = words.surface("cli")["steps"]
    with click.progressbar(
        length=len(_STEPS), file=sys.stderr, show_eta=False, hidden=not sys.stderr.isatty()
    ) as bar:

        def step(name: str) -> None:
            bar.label = labels[name]
            bar.update(1 if name != _STEPS[0] else 0)
            bar.render_progress()

        yield step
        bar.update(1)


def _language_of_help() -> str:
    """Language that the command line was read in."""
    group = click.get_current_context().find_root().command
    assert isinstance(group, LocalGroup)
    return group.words.language


def _new(book: Path, lang: str | None, accounts: tuple[Path, ...]) -> None:
    from addin.exports import read_export
    from addin.fresh import check_new_path, new_workbook

    words = catalogue(lang or _language_of_help())
    check_new_path(book)
    exports = [read_export(path, words.language) for path in accounts]
    own = list(dict.fromkeys(name for export in exports for name in export.own))
    new_workbook(book, words.language, [row for export in exports for row in export.rows], own)
    for path, export in zip(accounts, exports, strict=True):
        headers = words.headers("accounts")
        matched = [headers[key] for key in export.matched]
        details = {"accounts": len(export.rows), "columns": len(matched), "matched": matched}
        click.echo(words.text("cli", "new", "filled", file=path.name, **details))
        if export.n_set_aside:
            click.echo(words.text("cli", "new", "set_aside", file=path.name, count=export.n_set_aside))
        if "status" not in export.matched:
            click.echo(words.text("cli", "new", "all_clients", file=path.name))
    if own:
        click.echo(words.text("cli", "new", "own", columns=own))
    click.echo(words.text("cli", "new", "done", path=book))
    key = "next_filled" if accounts else "next_empty"
    click.echo(words.text("cli", "new", key, book=_quoted(book)))


def _refresh(book: Path, output: Path | None, dry_run: bool, json: bool, lang: str | None) -> int:  # noqa: FBT001 - click's shape
    from addin.package import PackageBook
    from addin.refresh import score_tables
    from addin.screen import report_json
    from addin.undoing import cannot_undo, remember

    target = output or book
    if target.suffix.lower() != book.suffix.lower():
        raise Refusal("output_kind", output=target.name, book=book.name)
    with _progress(catalogue(lang or _language_of_help())) as step:
        step("opening")
        package = PackageBook(book)
        tables = package.tables()
        scoring = score_tables(tables, dt.date.today(), language=lang, progress=step)  # noqa: DTZ011
        report = scoring.report
        written, can_undo = False, True
        if not report.stopped and not dry_run:
            step("writing")
            written = package.apply(scoring.changes, output)
        if written and target.resolve() == book.resolve():
            can_undo = remember(book, tables, scoring.changes, package.inverse, "refresh")
    words = catalogue(lang or report.language)
    _show_findings(report.findings, words)
    if not can_undo:
        click.echo(cannot_undo("refresh", words), err=True)
    if json:
        click.echo(report_json(report, str(target), written=written))
        return FAULTS if report.stopped else DONE
    if report.stopped:
        stops = sum(finding.stops for finding in report.findings)
        click.echo(words.text("cli", "result", "stopped", count=stops), err=True)
        return FAULTS
    _show_report(report, book, words, in_checks=not dry_run)
    key = "dry_run" if dry_run else "written" if written else "unchanged"
    click.echo(words.text("cli", "result", key, path=target))
    return DONE


def _undo(book: Path, lang: str | None) -> None:
    from addin.undoing import said, undo_last

    with _progress(catalogue(lang or _language_of_help())) as step:
        step("opening")
        undone = undo_last(book, step)
    words = catalogue(lang or undone.language)
    for line in said(undone, words):
        click.echo(line)
    click.echo(words.text("cli", "result", "written", path=book))


def _check(book: Path, json: bool, lang: str | None) -> int:  # noqa: FBT001 - click's shape
    from addin.package import PackageBook
    from addin.refresh import score_tables
    from addin.screen import report_json

    report = score_tables(PackageBook(book).tables(), dt.date.today(), language=lang).report  # noqa: DTZ011
    words = catalogue(lang or report.language)
    _show_findings(report.findings, words)
    if json:
        click.echo(report_json(report, str(book), written=False))
    elif report.findings:
        stops = sum(finding.stops for finding in report.findings)
        click.echo(words.text("cli", "result", "counted", count=len(report.findings), stops=stops))
    else:
        click.echo(words.text("cli", "result", "clean"))
    return FAULTS if report.stopped else DONE


def _import(book: Path, files: tuple[Path, ...], lang: str | None, **chosen: Any) -> int:
    from addin.imports.importing import look_at, plan_import
    from addin.imports.say import import_json, recognised_lines, report_lines
    from addin.imports.sheets import import_changes
    from addin.layout import Layout
    from addin.package import PackageBook
    from addin.undoing import cannot_undo, remember

    today = dt.date.today()  # noqa: DTZ011 - the day at the keyboard
    package = PackageBook(book)
    if not chosen["dry_run"]:
        package.check_writable()
    tables = package.tables()
    own_words = catalogue(Layout(tables).language)
    words = catalogue(lang) if lang else own_words
    with _said_in(words.language):
        recognition = look_at(tables, files, today, _import_options(chosen))
        if not chosen["json"] and sys.stderr.isatty():  # reading may take a while: say at once what is read
            click.echo("\n".join(recognised_lines(recognition, words)), err=True)
        with _bytes_read(recognition.files, words) as progress:
            done = plan_import(recognition, progress)
        if not chosen["json"]:
            click.echo("\n".join([*report_lines(done, words), ""]))
        if done.changes_accounts and _may_ask(chosen) and not _says_yes(book, words):
            click.echo(words.text("imports", "screen", "not_done"))
            return DONE
        changes = import_changes(done, own_words, today)
        written = not chosen["dry_run"] and package.apply(changes)
    if written and not remember(book, tables, changes, package.inverse, "import"):
        click.echo(cannot_undo("import", words), err=True)
    if chosen["json"]:
        click.echo(import_json(done, str(book), words, written=written))
        return DONE
    if not written:
        key = "dry_run" if chosen["dry_run"] else "unchanged"
    elif not done.changes_accounts:
        key = "noted"
    else:
        key = "written" if "imports" in recognition.layout.named else "written_plain"
    click.echo(words.text("imports", "screen", key, path=book, book=book.name))
    if written and done.changes_accounts:
        click.echo(words.text("imports", "screen", "next", book=_quoted(book)))
    return DONE


@contextmanager
def _said_in(language: str) -> Iterator[None]:
    """Let what is declined be said in the language of the workbook, now that it is known."""
    try:
        yield
    except Refusal as refusal:
        refusal.language = language
        raise


def _may_ask(chosen: Mapping[str, Any]) -> bool:
    """Whether somebody sits at a terminal who can be asked, and wants to be."""
    unasked = chosen["dry_run"] or chosen["yes"] or chosen["json"]
    return not unasked and sys.stdin.isatty() and sys.stdout.isatty()


def _says_yes(book: Path, words: Catalogue) -> bool:
    question = words.text("imports", "screen", "ask", book=book.name)
    answer = str(click.prompt(question, prompt_suffix="", default="", show_default=False))
    return answer.strip().casefold()[:1] == words.text("imports", "screen", "asked_yes")


def _import_options(chosen: Mapping[str, Any]) -> Options:
    from addin.imports.importing import Options

    columns = {}
    for text in chosen["map"]:
        header, sign, column = text.rpartition("=")
        if not sign or not header.strip():
            raise Refusal("import_map_form", text=text)
        columns[header.strip()] = column.strip()
    kind = "ledger" if chosen["kind"] == "invoices" else chosen["kind"]
    return Options(kind, columns, chosen["keep"], chosen["overwrite"])


@contextmanager
def _bytes_read(files: Sequence[Recognised], words: Catalogue) -> Iterator[Callable[[str, int, int], None]]:
    """Show how much of the files is read, on a terminal."""
    total = sum(file.source.n_bytes for file in files)
    before: dict[str, int] = {}
    with click.progressbar(length=max(total, 1), file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(file: str, done: int, size: int) -> None:
            del size
            bar.label = words.text("imports", "screen", "progress", file=file)
            bar.update(done - before.get(file, 0))
            before[file] = done

        yield progress


def _demo(lang: str | None, output: Path | None, exports: bool) -> None:  # noqa: FBT001 - click's shape
    from addin.fresh import demo_workbook

    words = catalogue(lang or _language_of_help())
    if exports:
        _demo_exports(output or Path(), words)
        return
    folder = output or Path()
    if not folder.is_dir():
        raise Refusal("no_folder", folder=str(folder))
    path = _free_name(folder, "clientscore-demo")
    report = demo_workbook(path, words.language, dt.date.today())  # noqa: DTZ011
    _show_findings(report.findings, words)
    _show_report(report, path, words, in_checks=True)
    click.echo(words.text("cli", "result", "written", path=path))
    click.echo()
    click.echo(words.text("cli", "demo", "next", book=_quoted(path)))


def _demo_exports(folder: Path, words: Catalogue) -> None:
    """Write the exports of a made-up company, to try an import on."""
    from addin.sample.exports import copy_exports

    if not folder.is_dir():
        raise Refusal("no_folder", folder=str(folder))
    written = copy_exports(folder / "clientscore-exports")
    for path in written:
        click.echo(words.text("cli", "result", "written", path=path))
    files = " ".join(_quoted(path) for path in written)
    click.echo()
    click.echo(words.text("cli", "demo", "next_exports", files=files))


def _doctor(book: Path | None, json: bool, verbose: bool, lang: str | None) -> int:  # noqa: FBT001 - click's shape
    from addin.machine.doctor import examine, is_well, lines, report_json
    from addin.machine.view import this_machine

    words = catalogue(lang or _language_of_help())
    machine = this_machine()
    checks = examine(machine, machine.path(str(book.absolute())) if book else None)
    if json:
        click.echo(report_json(checks, words))
    else:
        for line in lines(checks, words, verbose=verbose):
            click.echo(line)
    return DONE if is_well(checks) else FAULTS


def _uninstall(yes: bool, lang: str | None) -> int:  # noqa: FBT001 - click's shape
    from addin.machine.uninstall import uninstall
    from addin.machine.view import this_machine

    def ask(question: str) -> str:
        return str(click.prompt(question, prompt_suffix="", default="", show_default=False))

    words = catalogue(lang or _language_of_help())
    return DONE if uninstall(this_machine(), words, sure=yes, say=click.echo, ask=ask) else FAULTS


def _free_name(folder: Path, stem: str) -> Path:
    """First name that no file has: an earlier demo may have been worked on."""
    path, count = folder / f"{stem}.xlsm", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}.xlsm"
    return path


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _show_findings(findings: Sequence[Any], words: Catalogue) -> None:
    from addin.screen import fault_line

    for finding in findings:
        click.echo(fault_line(finding, words), err=True)


def _show_report(report: Any, book: Path, words: Catalogue, *, in_checks: bool) -> None:
    from addin.screen import report_lines

    for line in report_lines(report, book.name, words):
        click.echo(line)
    if report.findings:
        key = "faults" if in_checks and report.has_checks else "faults_dry"
        click.echo(words.text("cli", "result", key, count=len(report.findings)))


if __name__ == "__main__":
    console()
