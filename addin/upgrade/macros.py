"""Today's ribbon and macros in an older workbook, where all of its macros are ours."""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

from addin.machine.vba_source import module_sources
from addin.upgrade.package_parts import Parts

__all__ = ["with_macros"]

_PROJECT: Final = "xl/vbaProject.bin"
_RIBBON: Final = "customUI/customUI14.xml"
_TAB: Final = b'id="ClientScoreTab"'
_MODULE: Final = re.compile(r'^Attribute VB_Name = "([^"]*)"', re.MULTILINE)
_OURS: Final = re.compile(r"ClientScore\w+|xlwings|Dictionary")
_EVENTS: Final = re.compile(
    r"\s*(?:'.*|Option Explicit|(?:Private )?Sub Workbook_(?:Open|SheetChange|SheetCalculate|"
    r"SheetFollowHyperlink)\(.*\)|End Sub|DescribeFunctions|ForgetAnswers|FollowToUse .*|Attribute .*)?\s*"
)
"""Lines of the module of the workbook that are ours, today's and those before."""
_CODE_NAME: Final = re.compile(rb'<(?:\w+:)?sheetPr\b[^>]*\bcodeName="([^"]*)"')
_HEAD_OF_SHEET: Final = 4000
_HEAD: Final = re.compile(r"\s*(?:VERSION .*|BEGIN|END|MultiUse.*|Attribute .*|Option Explicit)?\s*")
"""Lines of a module without any macro."""


def with_macros(parts: Parts, language: str) -> bool | None:
    """Put today's ribbon and macros in the place of older ones, and say whether that was done.

    Parameters
    ----------
    parts
        The parts of the workbook.
    language
        Language of the workbook.

    Returns
    -------
    bool or None
        None for a workbook without macros. Not done where anybody has written a
        macro of their own or changed the ribbon: it would be lost. Nor where a
        sheet of ours is gone: its macros would belong to nothing.
    """
    from addin.template.build import vba_project_file
    from addin.template.ribbon import custom_ui
    from addin.template.words import Words

    if _PROJECT not in parts:
        return None
    project = resources.files("addin.template").joinpath(vba_project_file(language)).read_bytes()
    sheets = _code_names(parts)
    needed = {name for name, source in _modules(project) if name.endswith("Sheet") and _is_empty(source)}
    if not (needed <= sheets and _is_ours(parts[_PROJECT]) and _TAB in parts.get(_RIBBON, b"")):
        return False
    parts[_PROJECT] = project
    parts[_RIBBON] = custom_ui(Words(language))
    return True


def _code_names(parts: Parts) -> set[str]:
    """Return the names in code of all sheets."""
    found = set()
    for name in parts.of_folder("xl/worksheets/"):
        if name.endswith(".xml"):
            named = _CODE_NAME.search(parts[name][:_HEAD_OF_SHEET])
            if named:
                found.add(named[1].decode())
    return found


def _modules(project: bytes) -> list[tuple[str, str]]:
    """Return name and source of each module."""
    found = []
    for source in module_sources(project):
        named = _MODULE.search(source)
        found.append((named[1] if named else "", source))
    return found


def _is_ours(project: bytes) -> bool:
    """Whether nobody has written a macro of their own."""
    try:
        modules = _modules(project)
    except ValueError:
        return False
    for name, source in modules:
        lines = source.splitlines()
        if name == "ThisWorkbook":
            if not all(_EVENTS.fullmatch(line) for line in lines):
                return False
        elif not (_OURS.fullmatch(name) or all(_HEAD.fullmatch(line) for line in lines)):
            return False
    return True


def _is_empty(source: str) -> bool:
    return all(_HEAD.fullmatch(line) for line in source.splitlines())
