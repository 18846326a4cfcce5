"""What would make Excel leave out the ribbon of a workbook, or a button do nothing."""

import re

from lxml import etree

RIBBON = "http://schemas.microsoft.com/office/2009/07/customui"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
PICTURES = {
    "RefreshAll",
    "ErrorChecking",
    "Undo",
    "GetExternalDataFromText",
    "FunctionWizard",
    "SheetInsert",
    "PropertySheet",
    "ChartTrendline",
    "TableInsertExcel",
    "ChartInsert",
    "SortDescendingExcel",
    "ReviewAcceptChange",
    "AutoDial",
    "SortDialog",
    "DataValidation",
    "TracePrecedents",
    "TraceDependents",
    "GoalSeek",
    "CalculateSheet",
    "PasteValues",
    "FileProperties",
    "Lock",
    "Consolidate",
    "ReviewNewComment",
    "FileSaveAs",
    "FileSaveAsExcelXlsx",
    "FileSaveAsOtherFormats",
    "FileSendAsAttachment",
    "Help",
    "Filter",
}
CONTROL = r"\(control As IRibbonControl"
SIGNATURES = (
    (r"onLoad", r"\(\w+ As IRibbonUI\)"),
    (r"loadImage", r"\(\w+ As String, ByRef \w+\)"),
    (r"get\w+", rf"{CONTROL}, ByRef \w+\)"),
    (r"onChange", rf"{CONTROL}, \w+ As String\)"),
    (r"onAction", rf"{CONTROL}\)"),
)
"""What macros of the ribbon take, by the attribute that names them; of a button, as for onAction."""
PRESSED = {"toggleButton": r", \w+ As Boolean", "checkBox": r", \w+ As Boolean"}
PRESSED |= dict.fromkeys(("dropDown", "gallery"), r", \w+ As String, \w+ As Integer")


def ribbon_is_named(book):
    if "customUI/customUI14.xml" not in book.parts:
        yield "there is no ribbon"
        return
    if (RIBBON_RELATION, "customUI/customUI14.xml") not in book.relations("_rels/.rels"):
        yield "no relationship of the right type names the ribbon"
    if book.ribbon is None:
        yield "the ribbon is no XML"
    elif etree.QName(book.ribbon).namespace != RIBBON:
        yield "the ribbon has another namespace than customUI14"


def _controls(book):
    return [] if book.ribbon is None else list(book.ribbon.iter("{*}*"))


def ribbon_is_consistent(book):
    seen = set()
    for control in _controls(book):
        key = control.get("id")
        if key in seen:
            yield f"the ribbon has the id {key} twice"
        if key:
            seen.add(key)
        if key and control.get("idMso"):
            yield f"{key} has an id of Office too"
        for name in ("label", "image", "screentip", "supertip"):
            if control.get(name) is not None and control.get(f"get{name.capitalize()}"):
                yield f"{key} has {name} and a macro for it"
            if control.get(name) == "":
                yield f"{key} has an empty {name}"
        if control.get("image"):
            yield f"{key} has a picture that nothing names"
        if any(len(control.get(name, "")) > 1024 for name in ("screentip", "supertip")):
            yield f"{key} has a tip over 1,024 characters"
        if control.get("imageMso", "Help") not in PICTURES:
            yield f"{key} has a picture that Office may not have"


def callbacks_are_there(book):
    procedures = {
        procedure["name"]: (name, procedure) for name in book.own() for procedure in book.procedures(name)
    }
    kinds = {name: kind for kind, name in book.declared}
    for attribute, macro, wanted in _callbacks(book):
        module, found = procedures.get(macro, (None, None))
        if found is None:
            yield f"there is no macro {macro}"
        elif found["scope"] == "Private " or kinds[module] != "Module":
            yield f"{macro} cannot be called from the ribbon"
        elif found["kind"] != "Sub" or not re.fullmatch(wanted, found["arguments"] or ""):
            yield f"{macro} does not take a control, as {attribute} needs"
        elif attribute == "onAction":
            body = re.search(rf"Sub {macro}\(.*?\)\n(.*?)\nEnd Sub", book.body(module), re.DOTALL)
            if body and body[1].count("\n"):
                yield f"{macro} has more than one line"


def _callbacks(book):
    """The macros that the ribbon names: attribute, macro, what it has to take."""
    for control in _controls(book):
        for attribute, macro in control.attrib.items():
            for pattern, arguments in SIGNATURES:
                if re.fullmatch(pattern, attribute):
                    more = PRESSED.get(etree.QName(control).localname, "") if attribute == "onAction" else ""
                    yield attribute, macro, arguments.removesuffix(r"\)") + more + r"\)"


def tags_are_known(book):
    """One macro serves all buttons: what they ask for by their tags has to stand in its list."""
    known = re.findall(r'^ +Case "(\w+)":', book.modules.get("ClientScoreButtons", ""), re.MULTILINE)
    for control in _controls(book):
        if control.get("onAction") and control.get("tag") not in known:
            yield f"{control.get('id')} asks for {control.get('tag', 'nothing')}: no macro knows that"


TRAPS = (ribbon_is_named, ribbon_is_consistent, callbacks_are_there, tags_are_known)
