"""The finished package: palette of the theme, content type, reproducible bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from addin.template.style import THEME

_CONTENT_TYPES: Final = "[Content_Types].xml"
_THEME: Final = "xl/theme/theme1.xml"
_PLAIN: Final = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS: Final = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def finish(package: bytes, *, macro_enabled: bool) -> bytes:
    """Return the package with our palette, of the right type, and the same bytes every time."""
    parts = parts_of(package)
    parts[_THEME] = _with_palette(parts[_THEME])
    if macro_enabled:
        parts[_CONTENT_TYPES] = parts[_CONTENT_TYPES].replace(_PLAIN, _MACROS)
    finished = io.BytesIO()
    with zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, parts[name])
    return finished.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differing(one: bytes, other: bytes) -> list[str]:
    """Return the names of the parts that differ or that only one package has, sorted."""
    ours, theirs = parts_of(one), parts_of(other)
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


def _with_palette(theme: bytes) -> bytes:
    text = theme.decode("utf-8")
    for slot, colour in THEME.items():
        text = re.sub(
            rf"(<a:{slot}>).*?(</a:{slot}>)", rf'\g<1><a:srgbClr val="{colour[1:]}"/>\g<2>', text, count=1
        )
    return re.sub(r'(<a:clrScheme name=")[^"]*', r"\g<1>ClientScore", text, count=1).encode("utf-8")
