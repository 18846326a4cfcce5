"""What would make Excel drop the macros or the ribbon of a workbook, or the macros fail to compile.

Each trap that can be seen in a file has a function of its own, which yields
findings in words.
"""

import functools
import io
import re
import struct
import tempfile
import warnings
import zipfile
from importlib import metadata
from pathlib import Path

from lxml import etree
from support import ribbon_lint
from support.compound_files import CompoundFile, decompressed, decrypted, directory

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
VBA_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
VBA_TYPE = "application/vnd.ms-office.vbaProject"
WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
FOREIGN = ("xlwings", "Dictionary")
PROCEDURE = re.compile(
    r"^[ \t]*(?P<scope>Public |Private |Friend )?(?:Static )?(?P<kind>Sub|Function|Property (?:Get|Let|Set))"
    r" (?P<name>\w+)(?P<arguments>\([^)]*\))?",
    re.MULTILINE,
)
DECLARATION = re.compile(
    r"^(?:Public|Global) (?!Sub |Function |Property |Static )(?:Const |Enum |Type |WithEvents )?"
    r"(?:Declare (?:PtrSafe )?(?:Sub |Function ))?(?P<name>\w+)",
    re.MULTILINE,
)
CONTINUATIONS = re.compile(r"(?:^.*[ \t]_[ \t]*\n){25}", re.MULTILINE)
CELL = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}")


class Workbook:
    """The parts of a package, and its VBA project."""

    def __init__(self, package):
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.package = package
        self.streams, self.broken = {}, ""
        try:
            self.streams = CompoundFile(self.parts.get("xl/vbaProject.bin", b"")).streams
        except Exception as error:  # noqa: BLE001 - any flaw
            self.broken = f"{type(error).__name__} {error}"
        self.modules, self.unreadable = {}, {}
        for name, data in self.streams.items():
            if name.startswith("VBA/") and name not in ("VBA/dir", "VBA/_VBA_PROJECT"):
                self.modules[name[4:]] = self._source(name, data)
        part = self.parts.get("customUI/customUI14.xml")
        try:
            self.ribbon = etree.fromstring(part) if part else None
        except etree.XMLSyntaxError:
            self.ribbon = None
        self.project = self.streams.get("PROJECT", b"").decode("cp1252")
        self.declared = re.findall(r"^(Document|Module|Class)=(\w+)", self.project, re.MULTILINE)

    def _source(self, name, data):
        try:
            source = decompressed(data)
        except (AssertionError, IndexError):
            self.unreadable[name] = "is not compressed as it should be"
            return ""
        try:
            return source.decode("cp1252")
        except UnicodeDecodeError:
            self.unreadable[name] = "holds what is no letter of cp1252"
            return source.decode("cp1252", errors="replace")

    def xml(self, part):
        return etree.fromstring(self.parts[part])

    def relations(self, part):
        return [
            (one.get("Type"), one.get("Target")) for one in self.xml(part).iter(f"{RELATION}Relationship")
        ]

    def code_names(self):
        found = {}
        for name in self.parts:
            if re.fullmatch(r"xl/(worksheets|chartsheets)/\w+\.xml", name):
                properties = self.xml(name).find(f"{MAIN}sheetPr")
                found[name] = properties.get("codeName") if properties is not None else None
        properties = self.xml("xl/workbook.xml").find(f"{MAIN}workbookPr")
        found["xl/workbook.xml"] = properties.get("codeName") if properties is not None else None
        return found

    def own(self):
        return {name: text for name, text in self.modules.items() if name not in FOREIGN}

    def body(self, name):
        return "\n".join(
            line for line in self.modules[name].splitlines() if not line.startswith("Attribute VB_")
        )

    def procedures(self, name):
        return [found.groupdict() for found in PROCEDURE.finditer(self.modules[name])]

    def names(self):
        """Defined names and tables."""
        found = [one.get("name") for one in self.xml("xl/workbook.xml").iter(f"{MAIN}definedName")]
        tables = [part for part in self.parts if part.startswith("xl/tables/")]
        found += [self.xml(part).get("name") for part in tables]
        return found


def project_is_sound(book):
    if book.broken:
        yield f"vbaProject.bin is no sound compound file: {book.broken}"
    elif book.streams.get("VBA/_VBA_PROJECT") != bytes.fromhex("cc61ffff000100"):
        yield "_VBA_PROJECT claims a version whose cache there is not"


def modules_can_be_read(book):
    for name, reason in book.unreadable.items():
        yield f"{name} {reason}"


def directory_agrees(book):
    if not book.streams:
        return
    try:
        general, references, modules = directory(decompressed(book.streams["VBA/dir"]))
    except (AssertionError, IndexError, KeyError, struct.error) as error:
        yield f"the stream dir cannot be read: {type(error).__name__} {error}"
        return
    if general.get(0x03) != b"\xe4\x04":
        yield "dir names another code page than 1252"
    if f'Name="{general.get(0x04, b"").decode("cp1252")}"' not in book.project.splitlines():
        yield "dir and PROJECT call the project differently"
    if general.get(0x0F) != len(modules).to_bytes(2, "little"):
        yield "dir counts its modules wrongly"
    if any(b"IRibbon" in text.encode("cp1252", "replace") for text in book.own().values()) and not any(
        "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}" in one for one in references
    ):
        yield "no reference to Office, which knows the types of the ribbon"
    yield from _listed(book, modules)


def _listed(book, modules):
    kinds = {name: kind for kind, name in book.declared}
    names = [one.get(0x19, b"").decode("cp1252") for one in modules]
    if sorted(names) != sorted(kinds):
        yield "dir and PROJECT list different modules"
    for name, one in zip(names, modules, strict=True):
        for number, code in ((0x1A, "cp1252"), (0x32, "utf-16-le"), (0x47, "utf-16-le")):
            if one.get(number, b"").decode(code) != name:
                yield f"dir calls {name} otherwise in record {number:X}"
        if one.get(0x31) != bytes(4):
            yield f"dir says that the source of {name} does not begin at once"
        if (0x21 in one) != (kinds.get(name) == "Module"):
            yield f"dir and PROJECT say that {name} is of different kinds"


def project_wm_is_plain(book):
    wanted = b"".join(name.encode() + b"\0" + name.encode("utf-16-le") + b"\0\0" for _, name in book.declared)
    if book.streams and book.streams.get("PROJECTwm") != wanted + b"\0\0":
        yield "PROJECTwm does not list the modules in plain bytes"


def declarations_are_single(book):
    names = [name.casefold() for _, name in book.declared]
    for name in sorted({one for one in names if names.count(one) > 1}):
        yield f"the module {name} is declared twice"
    if book.streams and sorted(names) != sorted(name.casefold() for name in book.modules):
        yield "modules that are declared and those that are there differ"


def protection_belongs_to_the_project(book):
    identity = re.search(r'^ID="(.*?)"', book.project, re.MULTILINE)
    for key, plain in (("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")):
        field = re.search(rf'^{key}="(\w+)"', book.project, re.MULTILINE)
        try:
            sound = field is not None and decrypted(field[1], identity[1]) == plain
        except AssertionError:
            sound = False
        if book.streams and not sound:
            yield f"{key} is not of this project: it would be locked"


def headers_are_right(book):
    kinds = {name: kind for kind, name in book.declared}
    for name, text in book.modules.items():
        if len(re.findall(r"^Attribute VB_Name", text, re.MULTILINE)) != 1:
            yield f"{name} does not bear its name once"
        if text and f'Attribute VB_Name = "{name}"' not in text.splitlines():
            yield f"{name} calls itself otherwise"
        if "VERSION 1.0 CLASS" in text:
            yield f"{name} holds the preamble of an exported class"
        if kinds.get(name) in ("Class", "Document") and "Attribute VB_Base" not in text:
            yield f"{name} is a class without VB_Base"


def lines_are_short(book):
    for name, text in book.modules.items():
        if any(len(line) > 1023 for line in text.splitlines()):
            yield f"{name} has a line over 1,023 characters"
        if CONTINUATIONS.search(text.replace("\r\n", "\n")):
            yield f"{name} has a line in more than 25 pieces"


def package_names_the_macros(book):
    if (VBA_RELATION, "vbaProject.bin") not in book.relations("xl/_rels/workbook.xml.rels"):
        yield "no relationship names vbaProject.bin"
    types = book.parts["[Content_Types].xml"].decode()
    if VBA_TYPE not in types or WORKBOOK_TYPE not in types:
        yield "the content types are not those of a workbook with macros"


def code_names_have_modules(book):
    documents = {name for kind, name in book.declared if kind == "Document"}
    code_names = book.code_names()
    for part, name in code_names.items():
        if name is None or (book.streams and name not in documents):
            yield f"{part} has no module of its name in code, {name}"
    for name in sorted(documents - set(code_names.values())):
        yield f"the module {name} belongs to no sheet"
    given = [name for name in code_names.values() if name]
    if len(given) != len(set(given)):
        yield "two sheets share a name in code"


def public_names_are_single(book):
    seen = {}
    kinds = {name: kind for kind, name in book.declared}
    for name, text in book.modules.items():
        if kinds.get(name) != "Module":
            continue
        public = [one["name"] for one in book.procedures(name) if one["scope"] != "Private "]
        public += [found["name"] for found in DECLARATION.finditer(text)]
        for one in public:
            other = seen.setdefault(one.casefold(), name)
            if other != name:
                yield f"{one} stands in {other} and in {name}"


def procedures_have_names_of_their_own(book):
    project = re.search(r'^Name="(\w+)"', book.project, re.MULTILINE)
    taken = {name.casefold(): "module" for name in book.modules}
    taken |= {name.casefold(): "table or name" for name in book.names()}
    taken |= {project[1].casefold(): "project"} if project else {}
    for name in book.own():
        for procedure in book.procedures(name):
            what = taken.get(procedure["name"].casefold())
            if what:
                yield f"{procedure['name']} is also a {what}"
            if CELL.fullmatch(procedure["name"]):
                yield f"{procedure['name']} reads as a cell"


def xlwings_is_the_pinned_one(book):
    installed = metadata.version("xlwings")
    named = set(re.findall(r"xlwings(?:32|64)-([\d.]+)\.dll", book.modules.get("xlwings", "")))
    named |= set(re.findall(r'XLWINGS_VERSION As String = "([\d.]+)"', book.modules.get("xlwings", "")))
    pinned = re.search(
        r'"xlwings==([\d.]+)"', Path(__file__).parents[2].joinpath("pyproject.toml").read_text()
    )
    if named != {installed} or pinned[1] != installed:
        yield f"the macros name xlwings {sorted(named)}, {installed} is installed and {pinned[1]} wanted"


def configuration_is_read(book):
    project = re.search(r'PROJECT_NAME As String = "(\w+)"', book.modules.get("xlwings", ""))
    sheets = {
        sheet.get("name"): place
        for place, sheet in enumerate(book.xml("xl/workbook.xml").iter(f"{MAIN}sheet"), 1)
    }
    name = f"{project[1]}.conf" if project else ""
    if name not in sheets:
        yield f"there is no sheet {name}"
        return
    strings = [
        "".join(text.text or "" for text in entry.iter(f"{MAIN}t"))
        for entry in book.xml("xl/sharedStrings.xml").iter(f"{MAIN}si")
    ]
    rows = {}
    for cell in book.xml(f"xl/worksheets/sheet{sheets[name]}.xml").iter(f"{MAIN}c"):
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
        text = cell.findtext(f"{MAIN}v")
        if cell.get("t") == "b":
            yield f"{name}!{cell.get('r')} is a truth value, which Excel translates"
        rows.setdefault(int(row), {})[column] = strings[int(text)] if cell.get("t") == "s" else text
    keys = [rows[row].get("A") for row in sorted(rows)]
    if sorted(rows) != list(range(1, len(rows) + 1)):
        yield f"{name} does not begin in A1, or has a gap"
    for key in keys:
        if not re.fullmatch(r"[A-Z][A-Z0-9_ ]*", str(key)):
            yield f"{name} holds {key}, which is no setting: there is no header row"
    if len({str(key).upper() for key in keys}) != len(keys):
        yield f"{name} has a key twice"
    if not {"INTERPRETER_WIN", "INTERPRETER_MAC"} <= set(keys):
        yield f"{name} does not say where Python is"
    if any(not rows[row].get("B") for row in rows):
        yield f"{name} has a key without a value"


def style_of_our_macros(book):
    callers = set()
    for name, text in book.own().items():
        code = "\n".join(line.partition("'")[0] if '"' not in line else line for line in text.splitlines())
        if "On Error Resume Next" in code:
            yield f"{name} goes on after an error"
        if "ActiveWorkbook" in code or re.search(r"\.Select\b", code):
            yield f"{name} depends on what is in front"
        if (
            re.search(r"^(Public |Private )?(Sub|Function)", code, re.MULTILINE)
            and "Option Explicit" not in code
        ):
            yield f"{name} lacks Option Explicit"
        callers |= {name for line in code.splitlines() if re.match(r"\s*RunPython ", line)}
    if sum(text.count("        RunPython ") for text in book.own().values()) > 1 or len(callers) > 1:
        yield "Python is called from more than one place"


def compiler_is_content(book):
    yield from _compiled(book.package)


@functools.cache
def _compiled(package):
    """What a compiler would say of the macros of a package; each package is analysed once."""
    from pyvbaanalysis import analyze_office_file

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "book.xlsm"
        path.write_bytes(package)
        try:
            found = analyze_office_file(str(path))
        except Exception as error:  # noqa: BLE001 - what cannot be read is a finding too
            return [f"the analysis cannot read the macros: {type(error).__name__}"]
    return [
        f"{module}: {problem.message}"
        for module, problems in found.items()
        for problem in problems
        if problem.severity.value == "error"
        or (problem.severity.value == "warning" and module not in FOREIGN)
    ]


TRAPS = (
    project_is_sound,
    modules_can_be_read,
    directory_agrees,
    project_wm_is_plain,
    declarations_are_single,
    protection_belongs_to_the_project,
    headers_are_right,
    lines_are_short,
    package_names_the_macros,
    code_names_have_modules,
    public_names_are_single,
    procedures_have_names_of_their_own,
    *ribbon_lint.TRAPS,
    xlwings_is_the_pinned_one,
    configuration_is_read,
    style_of_our_macros,
    compiler_is_content,
)


def vba_findings(package):
    """Everything found in a workbook with macros, in words."""
    book = Workbook(package)
    return [finding for trap in TRAPS for finding in trap(book)]
