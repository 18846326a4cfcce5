"""The workbook, sheet by sheet."""

from __future__ import annotations

import datetime as dt
import io
from importlib import resources
from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import dashboard, names
from addin.template.content import Content, empty_content
from addin.template.package import finish
from addin.template.ribbon import custom_ui
from addin.template.sheets import (
    accounts,
    classes,
    configuration,
    criteria,
    imports,
    lists,
    logs,
    scales,
    settings,
    start,
)
from addin.template.style import Styles
from addin.template.words import Words

_CREATED: Final = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that equal input gives equal bytes
_CALC_ID: Final = 191029
"""The calculation engine of Excel 2019 and later: an older one makes Excel ask to save on closing."""


def build_workbook(language: str, content: Content, *, macro_enabled: bool) -> bytes:
    """Build a workbook.

    Parameters
    ----------
    language
        ``"en"`` or ``"fr"``: the language of headers, sheet names and texts.
    content
        Accounts, history and checks.
    macro_enabled
        Whether it is an ``.xlsm``.

    Returns
    -------
    bytes
        The package, the same for the same input.

    Raises
    ------
    ValueError
        If a workbook with macros has other account sheets than the template:
        the VBA project that the package carries holds a module for each sheet.
    """
    stream = io.BytesIO()
    workbook = _drawn(stream, language, content, macro_enabled=macro_enabled)
    if macro_enabled:
        tables, usual = (
            [sheet.table for sheet in one.accounts] for one in (content, empty_content(language))
        )
        if tables != usual:
            message = f"the macros have modules for the account sheets {usual}, not for {tables}"
            raise ValueError(message)
        project = resources.files(__package__).joinpath(vba_project_file(language)).read_bytes()
        workbook.add_vba_project(io.BytesIO(project), is_stream=True)
    workbook.close()
    return finish(stream.getvalue(), custom_ui(Words(language)) if macro_enabled else None)


def build_template() -> bytes:
    """Build ``template.xlsm``: English and empty."""
    return build_workbook("en", empty_content("en"), macro_enabled=True)


def vba_project_file(language: str) -> str:
    """Return where in this package the VBA project of a language is."""
    return f"vba/project-{language}.bin"


def names_in_code() -> list[str]:
    """Return what the sheets of a workbook with macros are called in code, in every language."""
    workbook = _drawn(io.BytesIO(), "en", empty_content("en"), macro_enabled=True)
    return [str(sheet.vba_codename) for sheet in workbook.worksheets()]


def _drawn(stream: io.BytesIO, language: str, content: Content, *, macro_enabled: bool) -> Workbook:
    """Return a workbook with all its sheets, not yet closed."""
    words = Words(language)
    workbook = Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    workbook.set_properties(
        {key: words.text("properties", key) for key in ("title", "subject", "comments")}
        | {"author": "ClientScore", "created": _CREATED}
    )
    workbook.set_calc_mode("auto", _CALC_ID)
    workbook.calc_on_load = False
    workbook.set_vba_name("ThisWorkbook")
    workbook.set_size(1600, 933)
    styles = Styles(workbook)
    first = start.build(workbook, styles, words, content, macro_enabled=macro_enabled)
    for number, sheet in enumerate(content.accounts, start=1):
        accounts.build(workbook, styles, words, sheet, number)
    criteria.build(workbook, styles, words)
    scales.build(workbook, styles, words)
    classes.build(workbook, styles, words)
    settings.build(workbook, styles, words, content.reference_date)
    dashboard.build(workbook, styles, words, content)
    imports.build_imports(workbook, styles, words, content)
    imports.build_columns(workbook, styles, words, content)
    logs.build_checks(workbook, styles, words, content)
    logs.build_history(workbook, styles, words, content)
    lists.build_all(workbook, styles, words, content)
    names.define(workbook, words, content.accounts[0].sheet, accounts.HEADER_ROW)
    first.worksheet.activate()
    if macro_enabled:
        configuration.build(workbook)
    return workbook
