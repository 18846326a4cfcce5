"""The use case: files and a workbook in, a report and what there is to write out."""

from __future__ import annotations

import datetime as dt
import filecmp
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from addin.imports.accounts import read_account_files
from addin.imports.demand import Listed, demand_fill, listed, read_demand
from addin.imports.duplicates import Suspect, suspects
from addin.imports.facts import Facts, account_key
from addin.imports.fec.fecs import read_fecs
from addin.imports.fitting import fitted_after
from addin.imports.header_rows import lists_orders
from addin.imports.headers import MATCHED, OF_DEMAND, target_key
from addin.imports.ledger.ledgers import read_ledgers
from addin.imports.merge import Merge, merge
from addin.imports.offered_fields import DESCRIBING
from addin.imports.recognise import Choices, Recognised, recognise
from addin.imports.report import FileReport
from addin.imports.rules import Rules, answer_key, read_rules, word_mark
from addin.imports.sources import check_mixture
from addin.imports.visits import read_visit_files
from addin.refusals import Refusal
from addin.workbook.account_tables import read_codes
from addin.workbook.located_tables import Layout
from addin.workbook.money_scales import Fits
from addin.workbook.port import Cell, Table
from addin.workbook.typed_cells import read_text
from scoring.text import fold

__all__ = [
    "Import",
    "Options",
    "Progress",
    "Recognition",
    "look_at",
    "plan_import",
    "read_files",
    "with_absent_zero",
]

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
    beside
        Header of a column that the company added, by what a file calls it, where the two differ.
    joins
        New code of a client of the FEC by the old one, both as typed.
    add_companies
        Whether FEC of several companies are added.
    absent_zero
        Whether accounts that a source does not mention have nothing, rather than what they had.
    reference
        The reference date from now on: a day, or the last one of the files; None leaves it.
    """

    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    keep: Sequence[str] = ()
    overwrite: Sequence[str] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)
    add_companies: bool = False
    absent_zero: bool = False
    reference: dt.date | Literal["last"] | None = None


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
    words
        What a word in a column makes of its row, by column and word as the person writes them.
    reference
        The reference date from now on, if it is to change.
    """

    layout: Layout
    rules: Rules
    files: Sequence[Recognised]
    told: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    reference: dt.date | Literal["last"] | None = None


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
    fits
        Scales that fit what the accounts hold then.
    facts
        What the files say, by kind.
    reference
        The reference date that the workbook gets, None if it keeps its own.
    lists
        What becomes of the lists of orders and of stock, by kind of file.
    """

    recognition: Recognition
    reports: Sequence[FileReport]
    merged: Merge
    doubles: Sequence[Suspect]
    fits: Fits
    facts: Mapping[str, Facts]
    reference: dt.date | None = None
    lists: Mapping[str, Listed] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """What the amounts of the files are in: the currency of the workbook, or the sign that all have."""
        signs = {report.sign for report in self.reports if report.sign}
        return signs.pop() if len(signs) == 1 else self.recognition.rules.currency

    @property
    def n_unused(self) -> int:
        """Number of rows, if there are some and all were set aside, else 0."""
        used = any(report.n_used for report in self.reports)
        return 0 if used else sum(report.n_aside for report in self.reports)

    @property
    def changes_accounts(self) -> bool:
        """Whether any account is added or changed."""
        return bool(self.merged.added or self.merged.changed)

    @property
    def changes_anything(self) -> bool:
        """Whether any account, or any list of orders or stock, is to hold something else."""
        return self.changes_accounts or any(demand_fill(one) is not None for one in self.lists.values())

    @property
    def last(self) -> dt.date | None:
        """The last day of which the files tell anything."""
        return max((report.last for report in self.reports if report.last is not None), default=None)

    @property
    def ends_early(self) -> bool:
        """Whether the files end so long before today that its periods would hold little of them."""
        rules = self.recognition.rules
        ends = [(report.kind, report.last) for report in self.reports if report.last is not None]
        if rules.reference != rules.today or not ends:
            return False
        return all(rules.is_stale(last, by_year=rules.closed or kind == "fec") for kind, last in ends)


def look_at(tables: Sequence[Table], paths: Sequence[Path], today: dt.date, options: Options) -> Recognition:
    """Tell what the files are.

    Raises
    ------
    Refusal
        If one of them cannot be read or is nothing that can be imported, if the workbook has no account
        sheet, or if the options or the remembered columns name a column that there is not.
    """
    layout = Layout(tables)
    if not layout.tables:
        raise Refusal("tables_lost")
    if not layout.accounts:
        raise Refusal("import_without_accounts")
    if options.reference is not None and "settings" not in layout.named:
        raise Refusal("import_without_settings")
    rules = _with(read_rules(layout, today), options, layout)
    told, words = _told(options, rules)
    rules = replace(rules, words={**rules.words, **{word_mark(key): says for key, says in words.items()}})
    beside = {fold(header): column for header, column in options.beside.items()}
    own = {**rules.own, **beside}
    choices = Choices(options.kind, told, rules.remembered, own, rules.currency, rules.language)
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
        of_word = header in words and any(word_mark(header).startswith(f"{word_mark(one)}:") for one in known)
        if fold(header) not in known and not of_word:
            shown = [one for file in files if file.kind != "fec" for one in file.headers if one][:_SHOWN]
            raise Refusal("import_no_header", header=header, headers=shown)
    _check_remembered(files, rules, told)
    for file in files:
        if lists_orders(file) and not rules.is_ledger:
            raise Refusal("import_orders", file=file.path.name)
    return Recognition(layout, rules, files, told, words, options.reference)


def _check_remembered(files: Sequence[Recognised], rules: Rules, told: Collection[str]) -> None:
    """Refuse a column of which the workbook says that it goes to something that there is not."""
    for file in files:
        for header in file.headers:
            misread = rules.misread.get((file.kind, word_mark(header)))
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
        If a file turns out to be broken, or none has a day where the last one is to be the reference date.
    """
    if recognition.reference == "last":
        done = plan_import(replace(recognition, reference=None), progress)
        if done.last is None:
            raise Refusal("import_without_days")
        return plan_import(replace(recognition, reference=done.last), progress)
    if recognition.reference is not None:
        as_of = replace(recognition.rules, reference=recognition.reference)
        recognition = replace(recognition, rules=as_of)
    facts, reports = read_files(recognition, progress)
    lists: dict[str, Listed] = {}
    for kind in OF_DEMAND:
        files = [file for file in recognition.files if file.kind == kind]
        if files:
            rows, of_kind = read_demand(kind, files, recognition.rules, _steps(progress))
            lists[kind] = listed(kind, recognition.layout, rows)
            reports += of_kind
    return _merged(recognition, reports, facts, lists)


def read_files(
    recognition: Recognition, progress: Progress = _silent
) -> tuple[dict[str, Facts], list[FileReport]]:
    """Read the files that tell of accounts, and return what they say by kind, and a report a file.

    Raises
    ------
    Refusal
        If a file turns out to be broken, or of some the figures may not stand beside those of others.
    """
    facts: dict[str, Facts] = {}
    reports: list[FileReport] = []
    for kind, read in _READERS.items():
        files = sorted(
            (file for file in recognition.files if file.kind == kind), key=lambda one: one.path.name
        )
        if files:
            facts[kind], of_kind = read(files, recognition.rules, _steps(progress))
            reports += of_kind
    check_mixture(facts, recognition.files)
    return facts, reports


def _steps(progress: Progress) -> Callable[[Recognised, int], None]:
    return lambda file, n_bytes: progress(file.path.name, n_bytes, file.source.n_bytes)


def with_absent_zero(done: Import) -> Import:
    """Return the same import, but that accounts which the files do not mention have nothing."""
    rules = replace(done.recognition.rules, absent_zero=True)
    return _merged(replace(done.recognition, rules=rules), done.reports, done.facts, done.lists)


def _merged(
    recognition: Recognition,
    reports: Sequence[FileReport],
    facts: Mapping[str, Facts],
    lists: Mapping[str, Listed],
) -> Import:
    layout, rules = recognition.layout, recognition.rules
    merged = merge(layout, facts, rules)
    fits = fitted_after(layout, merged, rules)
    doubles = _doubles(layout, facts, merged)
    reference = recognition.reference if recognition.reference != "last" else None
    return Import(recognition, reports, merged, doubles, fits, facts, reference, lists)


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
    return replace(
        rules,
        keep=frozenset(keep),
        is_ledger=options.kind == "ledger",
        joins={**rules.joins, **{account_key(old): new for old, new in options.joins.items()}},
        joins_told=tuple(options.joins),
        add_companies=options.add_companies,
        absent_zero=options.absent_zero,
    )


def _told(options: Options, rules: Rules) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a person says of columns, by folded header, and of words in them, as written."""
    told, words = {}, {}
    for source, wanted in options.columns.items():
        kinds = (options.kind,) if options.kind in MATCHED else MATCHED
        found = (target_key(wanted, kind, rules.own) for kind in kinds)
        target = next((one for one in found if one is not None), None)
        answer = answer_key(wanted, rules.language) if ":" in source else None
        if target is None and answer is None:
            raise Refusal("import_no_field", field=wanted)
        if target is not None:
            told[fold(source)] = target
        if answer is not None:
            words[source] = answer
    return told, words


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
            for name, values in told:
                text = read_text(values.get(key))
                if isinstance(text, str):
                    known[name] = text
    return suspects(texts.values(), new)


def _described(cells: Mapping[str, Cell]) -> dict[str, str]:
    read = {name: read_text(cell) for name, cell in cells.items()}
    return {name: text for name, text in read.items() if isinstance(text, str)}
