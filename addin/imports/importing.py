"""The use case: files and a workbook in, a report and what there is to write out."""

from __future__ import annotations

import datetime as dt
import filecmp
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from addin.account_tables import read_codes
from addin.book import Cell, Table
from addin.imports.account_files import read_account_files
from addin.imports.choices import Rules, read_rules
from addin.imports.duplicates import Suspect, suspects
from addin.imports.facts import Facts, account_key
from addin.imports.fecs import read_fecs
from addin.imports.headers import MATCHED, target_key
from addin.imports.ledgers import read_ledgers
from addin.imports.plan import DESCRIBING, Merge, merge
from addin.imports.recognise import Choices, Recognised, recognise
from addin.imports.report import FileReport
from addin.imports.visit_files import read_visit_files
from addin.layout import Layout
from addin.refusals import Refusal
from addin.values import read_text
from scoring.text import fold

__all__ = ["Import", "Options", "Recognition", "look_at", "plan_import"]

Progress = Callable[[str, int, int], None]
"""Takes the name of a file, the bytes of it read so far, and its size."""

_SHOWN: Final = 20
_SMALL: Final = 300
"""Bytes up to which two files may well be equal: a header and a row."""
_READERS: Final = {
    "accounts": read_account_files,
    "ledger": read_ledgers,
    "fec": read_fecs,
    "visits": read_visit_files,
}


def _silent(file: str, done: int, size: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about an import, beyond what the workbook says.

    Attributes
    ----------
    kind
        What all files are; None to look.
    columns
        What a column goes to, by header, both as typed.
    keep, overwrite
        Headers of fields that stay, or give way, where they are filled in.
    """

    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    keep: Sequence[str] = ()
    overwrite: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the files are, before anything is read in earnest.

    Attributes
    ----------
    layout, rules
        The workbook, and its choices.
    files
        The files.
    told
        Target by folded header, as the person at the keyboard says.
    """

    layout: Layout
    rules: Rules
    files: Sequence[Recognised]
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import found, and what it would write.

    Attributes
    ----------
    recognition
        What the files are.
    reports
        One a file, in the order in which they are said.
    merged
        What happens to the accounts.
    doubles
        Accounts that may be the same.
    """

    recognition: Recognition
    reports: Sequence[FileReport]
    merged: Merge
    doubles: Sequence[Suspect]

    @property
    def changes_accounts(self) -> bool:
        """Whether any account is added or changed."""
        return bool(self.merged.added or self.merged.changed)


def look_at(tables: Sequence[Table], paths: Sequence[Path], today: dt.date, options: Options) -> Recognition:
    """Tell what the files are.

    Raises
    ------
    Refusal
        If one of them cannot be read or is nothing that can be imported, if the workbook has no account
        sheet, or if the options or the remembered columns name a column that there is not.
    """
    layout = Layout(tables)
    if not layout.accounts:
        raise Refusal("import_without_accounts")
    rules = _with(read_rules(layout, today), options, layout)
    told = _told(options, rules)
    choices = Choices(options.kind, told, rules.remembered, rules.own)
    files: list[Recognised] = []
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            raise Refusal("import_file_twice", file=path.name)
        seen.add(path.resolve())
        files += recognise(path, choices)
    _check_copies(paths)
    known = {fold(header) for file in files for header in file.headers}
    for header in options.columns:
        if fold(header) not in known:
            shown = [one for file in files if file.kind != "fec" for one in file.headers if one][:_SHOWN]
            raise Refusal("import_no_header", header=header, headers=shown)
    _check_remembered(files, rules, told)
    return Recognition(layout, rules, files, told)


def _check_remembered(files: Sequence[Recognised], rules: Rules, told: Collection[str]) -> None:
    """Refuse a column of which the workbook says that it goes to something that there is not."""
    for file in files:
        for header in file.headers:
            misread = rules.misread.get((file.kind, fold(header)))
            if misread is not None and fold(header) not in told:
                raise Refusal("import_remembered", header=header, **asdict(misread))


def _check_copies(paths: Sequence[Path]) -> None:
    """Refuse two files of one content: all of it would count twice."""
    sizes = [path.stat().st_size for path in paths]
    for at, path in enumerate(paths):
        for before in range(at):
            if sizes[at] == sizes[before] > _SMALL and filecmp.cmp(path, paths[before], shallow=False):
                raise Refusal("import_copies", file=path.name, other=paths[before].name)


def plan_import(recognition: Recognition, progress: Progress = _silent) -> Import:
    """Read the files and work out what they change; nothing is written.

    Raises
    ------
    Refusal
        If a file turns out to be broken.
    """
    rules, layout = recognition.rules, recognition.layout
    facts: dict[str, Facts] = {}
    reports: list[FileReport] = []

    def step(file: Recognised, n_bytes: int) -> None:
        progress(file.path.name, n_bytes, file.source.n_bytes)

    for kind, read in _READERS.items():
        files = sorted(
            (file for file in recognition.files if file.kind == kind), key=lambda one: one.path.name
        )
        if files:
            facts[kind], of_kind = read(files, rules, step)
            reports += of_kind
    merged = merge(layout, facts, rules)
    return Import(recognition, reports, merged, _doubles(layout, facts, merged))


def _with(rules: Rules, options: Options, layout: Layout) -> Rules:
    """Return the rules with what the command line says of single fields."""
    keep = set(rules.keep)
    for names, add in ((options.keep, True), (options.overwrite, False)):
        for name in names:
            key = layout.account_column(name)
            if key is None:
                raise Refusal("import_no_field", field=name)
            for kind in _READERS:
                (keep.add if add else keep.discard)((kind, key))
    return replace(rules, keep=frozenset(keep))


def _told(options: Options, rules: Rules) -> dict[str, str]:
    told = {}
    for header, wanted in options.columns.items():
        kinds = (options.kind,) if options.kind in MATCHED else MATCHED
        found = (target_key(wanted, kind, rules.own) for kind in kinds)
        target = next((one for one in found if one is not None), None)
        if target is None:
            raise Refusal("import_no_field", field=wanted)
        told[fold(header)] = target
    return told


def _doubles(layout: Layout, facts: Mapping[str, Facts], merged: Merge) -> list[Suspect]:
    """Look for accounts that may be the same, among the new ones and those of the workbook."""
    new = {account_key(code) for code in merged.added}
    texts: dict[str, tuple[str, dict[str, str]]] = {}
    for located in layout.accounts:
        columns = {key: located.cells(key) for key in DESCRIBING}
        for row, code in enumerate(read_codes(located)):
            if code is not None:
                texts[account_key(code)] = (
                    code,
                    _described({key: cells[row] for key, cells in columns.items()}),
                )
    for one in facts.values():
        told = [(name, one.values[name]) for name in DESCRIBING if name in one.values]
        for key in new & one.codes.keys():
            _, known = texts.setdefault(key, (one.codes[key], {}))
            known |= _described({name: values[key] for name, values in told if key in values})
    return suspects(texts.values(), new)


def _described(cells: Mapping[str, Cell]) -> dict[str, str]:
    read = {name: read_text(cell) for name, cell in cells.items()}
    return {name: text for name, text in read.items() if isinstance(text, str)}
