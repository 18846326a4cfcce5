"""Made-up machines with a healthy installation, for tests to spoil."""

import plistlib
import zipfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path, PurePosixPath, PureWindowsPath
from xml.sax.saxutils import escape, quoteattr

from addin.machine.view import Machine, Runtime, Start

VERSION = "0.37.8"
LOCAL = r"C:\Users\eva\AppData\Local"
WINDOWS = {
    "LOCALAPPDATA": LOCAL,
    "APPDATA": r"C:\Users\eva\AppData\Roaming",
    "USERPROFILE": r"C:\Users\eva",
    "TEMP": rf"{LOCAL}\Temp",
}
MAC = {"HOME": "/Users/eva"}

SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
APP_PATH = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
RULES = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"

EXCEL = {
    (APP_PATH, ""): r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE",
    (CLICK_TO_RUN, "Platform"): "x64",
    (CLICK_TO_RUN, "VersionToReport"): "16.0.17328.20184",
    (r"HKCR\Excel.Application\CurVer", ""): "Excel.Application.16",
}


@dataclass
class FakeRegistry:
    """A registry out of a mapping from key and name to value."""

    values: dict = field(default_factory=dict)

    def value(self, key, name):
        return self.values.get((key, name))

    def names(self, key):
        below = (known[len(key) + 1 :] for known, _ in self.values if known.startswith(f"{key}\\"))
        return sorted({rest.partition("\\")[0] for rest in below})


def put(machine, path, content=b""):
    """Put a file onto a machine."""
    where = machine.at(machine.path(str(path)))
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(content if isinstance(content, bytes) else content.encode())
    return where


def windows(root, *, environ=None, registry=None, **changes):
    """A PC on which all is well."""
    home = PureWindowsPath(LOCAL) / "ClientScore"
    venv = home / "venv"
    settings = {
        "platform": "win32",
        "environ": WINDOWS | (environ or {}),
        "runtime": Runtime(
            executable=venv / "Scripts" / "python.exe",
            prefix=venv,
            base_prefix=home / "python" / "cpython-3.12-windows-x86_64-none",
            version=(3, 12, 4),
            build="win-amd64",
        ),
        "code_page": "cp1252",
        "registry": FakeRegistry(EXCEL | (registry or {})),
        "importer": lambda name: name,
        "version_of": {"xlwings": VERSION}.get,
        "start": lambda: Start(1.4),
        "root": root,
    }
    machine = Machine(**(settings | changes))
    put(machine, venv / "Scripts" / "python.exe")
    install_xlwings(machine, VERSION)
    return machine


def install_xlwings(machine, version, *dlls):
    """Put xlwings into the private environment as uv does, with its DLLs or with others."""
    packages = machine.places.venv / "Lib" / "site-packages"
    if not machine.windows:
        packages = machine.places.venv / "lib" / "python3.12" / "site-packages"
    names = [f"xlwings{bits}-{version}.dll" for bits in (32, 64)]
    record = "".join(f"../../{name},sha256=x,1\n" for name in names)
    put(machine, packages / f"xlwings-{version}.dist-info" / "RECORD", record)
    for name in dlls or names:
        put(machine, machine.places.venv / name)


def mac(root, *, environ=None, **changes):
    """A Mac on which all is well."""
    venv = PurePosixPath("/Users/eva/.clientscore/venv")
    settings = {
        "platform": "darwin",
        "environ": MAC | (environ or {}),
        "runtime": Runtime(
            executable=venv / "bin" / "python",
            prefix=venv,
            base_prefix=PurePosixPath("/Users/eva/.clientscore/python/cpython-3.12-macos-aarch64-none"),
            version=(3, 12, 4),
            build="macosx-11.0-arm64",
        ),
        "code_page": "utf-8",
        "registry": FakeRegistry(),
        "importer": lambda name: name,
        "version_of": {"xlwings": VERSION}.get,
        "start": lambda: Start(1.4),
        "root": root,
    }
    machine = Machine(**(settings | changes))
    put(machine, venv / "bin" / "python")
    install_xlwings(machine, VERSION)
    put(machine, machine.places.applescripts / f"xlwings-{VERSION}.applescript")
    facts = plistlib.dumps({"CFBundleShortVersionString": "16.89"})
    put(machine, "/Applications/Microsoft Excel.app/Contents/Info.plist", facts)
    return machine


SETTINGS = (
    ("INTERPRETER_WIN", r"%LOCALAPPDATA%\ClientScore\venv\Scripts\python.exe"),
    ("INTERPRETER_MAC", "$HOME/.clientscore/venv/bin/python"),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
    ("USE UDF SERVER", "False"),
)

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_REL = '<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/{kind}" Target="{target}"/>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def stock_vba():
    """The vbaProject.bin that xlwings itself ships, made by Excel."""
    folder = Path(find_spec("xlwings").origin).parent
    with zipfile.ZipFile(folder / "quickstart_standalone.xlsm") as package:
        return package.read("xl/vbaProject.bin")


def workbook(settings=SETTINGS, vba=None):
    """A workbook of one settings sheet, or none, and of macros, or none."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>{escape(value)}</t></is></c></row>'
        for n, (_, value) in enumerate(settings or (), 1)
    )
    strings = "".join(f"<si><t>{escape(key)}</t></si>" for key, _ in settings or ())
    name = "ClientScore.conf" if settings is not None else "Start"
    office = "officeDocument/2006/relationships"
    relations = [(f"{office}/worksheet", "worksheets/sheet1.xml"), (f"{office}/sharedStrings", "strings.xml")]
    if vba is not None:
        relations.append(("2006/relationships/vbaProject", "vbaProject.bin"))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(
            _REL.format(n=1, kind=f"{office}/officeDocument", target="xl/workbook.xml")
        ),
        "xl/workbook.xml": f"<workbook {_MAIN} "
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        f'<sheet name={quoteattr(name)} sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELS.format(
            "".join(
                _REL.format(n=n, kind=kind, target=target) for n, (kind, target) in enumerate(relations, 1)
            )
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>",
        "xl/strings.xml": f"<sst {_MAIN}>{strings}</sst>",
    }
    if vba is not None:
        parts["xl/vbaProject.bin"] = vba
    return parts


def put_workbook(machine, path, settings=SETTINGS, vba=None):
    """Put a workbook onto a machine, and return its path there."""
    where = put(machine, path)
    with zipfile.ZipFile(where, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in workbook(settings, vba).items():
            package.writestr(name, content)
    return machine.path(str(path))
