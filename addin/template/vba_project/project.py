"""The streams of a VBA project ([MS-OVBA] 2.3): only sources, which every Office compiles on opening.

The version number FFFF of ``_VBA_PROJECT`` tells Office to disregard what it
might have cached and to compile the sources: the form that the specification
prescribes to writers which are not Office itself.
"""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Sequence
from typing import Final

from addin.template.vba_project.compound_file import compound_file
from addin.template.vba_project.compression import compressed
from addin.template.vba_project.module import CODE_PAGE, Kind, VbaModule

__all__ = ["vba_project"]

_SEED: Final = 0x8D
"""A fixed seed for the obfuscated fields: equal sources give equal bytes."""

_NAMESPACE: Final = uuid.UUID("5f1c9a8e-6d0b-4b57-9a35-0c7f6c1f2e44")

# Excel and VBA are implied. Office is needed for the types of the ribbon.
_REFERENCES: Final = (
    (
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    (
        "Office",
        (
            r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
            r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
            r"#Microsoft Office 16.0 Object Library"
        ),
    ),
)
_DECLARED: Final = {Kind.STANDARD: "Module={}", Kind.CLASS: "Class={}"}


def vba_project(modules: Sequence[VbaModule], name: str = "ClientScoreMacros") -> bytes:
    """Return the content of ``vbaProject.bin``.

    Parameters
    ----------
    modules
        The modules, that of the workbook and of every sheet among them.
    name
        Name of the project, which no procedure may bear too: CLIENTSCORE is one.

    Raises
    ------
    ValueError
        If two modules have one name, one has that of the project, or Excel
        would not take one of them.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,30}", name):
        message = f"{name!r} is no name of a project"
        raise ValueError(message)
    names = [module.name.casefold() for module in modules]
    if name.casefold() in names:
        message = f"the project and a module are both called {name}"
        raise ValueError(message)
    twice = sorted({one for one in names if names.count(one) > 1})
    if twice:
        message = f"more than one module is called {', '.join(twice)}"
        raise ValueError(message)
    storage: dict[str, bytes] = {module.name: compressed(module.encoded()) for module in modules}
    storage["_VBA_PROJECT"] = b"\xcc\x61\xff\xff\x00\x01\x00"
    storage["dir"] = compressed(_dir(modules, name))
    return compound_file(
        {"VBA": storage, "PROJECT": _project(modules, name), "PROJECTwm": _project_wm(modules)}
    )


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _both(number: int, unicode_number: int, text: str) -> bytes:
    """Return a text in the code page, then in Unicode."""
    return _record(number, text.encode(CODE_PAGE)) + _record(unicode_number, text.encode("utf-16-le"))


def _dir(modules: Sequence[VbaModule], name: str) -> bytes:
    """Return the stream ``dir`` ([MS-OVBA] 2.3.4.2), not compressed yet."""
    information = [
        _record(0x01, struct.pack("<I", 1)),  # 32-bit Windows: what 64-bit and Mac Excel open as well
        _record(0x02, struct.pack("<I", 0x409)),
        _record(0x14, struct.pack("<I", 0x409)),
        _record(0x03, struct.pack("<H", 1252)),
        _record(0x04, name.encode(CODE_PAGE)),
        _both(0x05, 0x40, ""),
        _record(0x06) + _record(0x3D),
        _record(0x07, struct.pack("<I", 0)),
        _record(0x08, struct.pack("<I", 0)),
        struct.pack("<HIIH", 0x09, 4, 1, 0),  # the size counts the major version only
        _both(0x0C, 0x3C, ""),
    ]
    references = [
        _both(0x16, 0x3E, reference)
        + _record(0x0D, struct.pack("<I", len(identity)) + identity.encode(CODE_PAGE) + b"\0" * 6)
        for reference, identity in _REFERENCES
    ]
    count = [_record(0x0F, struct.pack("<H", len(modules))), _record(0x13, b"\xff\xff")]
    described = [_described(module) for module in modules]
    return b"".join([*information, *references, *count, *described, _record(0x10)])


def _described(module: VbaModule) -> bytes:
    return b"".join(
        [
            _both(0x19, 0x47, module.name),
            _both(0x1A, 0x32, module.name),
            _both(0x1C, 0x48, ""),
            _record(0x31, struct.pack("<I", 0)),  # the source begins at once: nothing is cached before it
            _record(0x1E, struct.pack("<I", 0)),
            _record(0x2C, b"\xff\xff"),
            _record(0x21 if module.kind is Kind.STANDARD else 0x22),
            _record(0x2B),
        ]
    )


def _project(modules: Sequence[VbaModule], name: str) -> bytes:
    """Return the stream ``PROJECT`` ([MS-OVBA] 2.3.1)."""
    identity = "{" + str(uuid.uuid5(_NAMESPACE, name)).upper() + "}"
    key = sum(identity.encode(CODE_PAGE)) & 0xFF
    declared = [
        _DECLARED.get(module.kind, "Document={}/&H00000000").format(module.name) for module in modules
    ]
    lines = [
        f'ID="{identity}"',
        *declared,
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_encrypted(key, bytes(4))}"',
        f'DPB="{_encrypted(key, bytes(1))}"',
        f'GC="{_encrypted(key, bytes([0xFF]))}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode(CODE_PAGE)


def _project_wm(modules: Sequence[VbaModule]) -> bytes:
    """Return the stream ``PROJECTwm``, which is never compressed ([MS-OVBA] 2.3.3)."""
    names = [
        module.name.encode(CODE_PAGE) + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
        for module in modules
    ]
    return b"".join([*names, b"\0\0"])


def _encrypted(key: int, data: bytes) -> str:
    """Return data as the fields for protection hold it ([MS-OVBA] 2.4.3.2), in hexadecimal digits.

    Parameters
    ----------
    key
        Sum of the bytes of the project's identity, modulo 256.
    data
        What is to be hidden.
    """
    version = 2
    written = [_SEED, _SEED ^ version, _SEED ^ key]
    before, plain = key, [0x00] * ((_SEED & 6) // 2)
    older, last = _SEED ^ version, _SEED ^ key
    for byte in [*plain, *struct.pack("<I", len(data)), *data]:
        cipher = byte ^ ((older + before) & 0xFF)
        written.append(cipher)
        older, last, before = last, cipher, byte
    return "".join(f"{byte:02X}" for byte in written)
