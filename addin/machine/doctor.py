"""The doctor: every check of the machine, and what to do about what it finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import Final

from addin.catalogue import Catalogue
from addin.machine import excel_checks, python_checks, settings_checks
from addin.machine.book_facts import BookFacts, book_facts
from addin.machine.view import Check, Machine
from addin.refusals import Refusal

__all__ = ["CHECKS", "examine", "is_well", "lines", "report_json"]

CHECKS: Final[Sequence[Callable[[Machine, BookFacts | None], Check]]] = (
    python_checks.private,
    python_checks.interpreter,
    python_checks.architecture,
    python_checks.store_python,
    python_checks.dll,
    python_checks.pywin32,
    python_checks.generated_wrappers,
    python_checks.applescript,
    python_checks.start,
    excel_checks.excel,
    excel_checks.macros,
    excel_checks.attack_rules,
    excel_checks.antivirus,
    settings_checks.other_settings,
    settings_checks.python_path,
    settings_checks.license_key,
    settings_checks.code_page,
    settings_checks.path_length,
    settings_checks.synchronised,
    python_checks.versions,
    excel_checks.origin,
    settings_checks.book_settings,
    settings_checks.book_place,
    settings_checks.book_name,
    settings_checks.log,
)
"""All checks in the order in which one depends on the other: the first fault is the one to mend first."""


def examine(machine: Machine, book: PurePath | None = None) -> list[Check]:
    """Run all checks.

    Parameters
    ----------
    machine
        What to look at.
    book
        Full path of a workbook to look at too.

    Raises
    ------
    Refusal
        If the workbook cannot be read at all.
    """
    if book is None:
        return [check(machine, None) for check in CHECKS]
    try:
        facts = book_facts(machine, book)
    except ValueError as damage:
        raise Refusal("damaged_part", file=book.name, part="xl/vbaProject.bin") from damage
    return [check(machine, facts) for check in CHECKS]


def is_well(checks: Sequence[Check]) -> bool:
    """Whether there is no fault."""
    return all(check.state != "fault" for check in checks)


def _sentences(check: Check, words: Catalogue) -> tuple[str, str]:
    """What was found, and what to do about it."""
    if check.state == "skipped":
        return words.text("doctor", "skipped", check.case, **check.details), ""
    texts = words.surface("doctor")["checks"][check.key][check.case]
    what = words.text("doctor", "checks", check.key, check.case, "what", **check.details)
    if "remedy" not in texts:
        return what, ""
    return what, words.text("doctor", "checks", check.key, check.case, "remedy", **check.details)


def lines(checks: Sequence[Check], words: Catalogue, *, verbose: bool = False) -> Iterator[str]:
    """Yield a line a check, then the verdict."""
    for check in checks:
        if check.state == "skipped" and not verbose:
            continue
        title = words.text("doctor", "checks", check.key, "title")
        what = " ".join(_sentences(check, words)).rstrip()
        state = words.text("doctor", "state", check.state)
        yield words.text("doctor", "layout", "line", state=state, title=title, what=what)
    faults = sum(check.state == "fault" for check in checks)
    yield ""
    if faults:
        yield words.text("doctor", "layout", "faults", count=faults)
    elif any(check.state == "warning" for check in checks):
        yield words.text("doctor", "layout", "warnings")
    else:
        yield words.text("doctor", "layout", "well")


def report_json(checks: Sequence[Check], words: Catalogue) -> str:
    """Return all checks as JSON, those that could not run here included."""
    found = []
    for check in checks:
        what, remedy = _sentences(check, words)
        details = {
            name: value if isinstance(value, str | int | float | list) else str(value)
            for name, value in check.details.items()
        }
        facts = {"check": check.key, "state": check.state, "case": check.case}
        found.append(facts | {"what": what, "remedy": remedy, "details": details})
    return json.dumps({"well": is_well(checks), "checks": found}, ensure_ascii=False, indent=2)
