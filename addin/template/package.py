"""The finished package: palette of the theme, ribbon, reproducible bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from addin.template.ribbon import RELATIONSHIP
from addin.template.style import THEME

_CONTENT_TYPES: Final = "[Content_Types].xml"
_THEME: Final = "xl/theme/theme1.xml"
_RELATIONS: Final = "_rels/.rels"
_RIBBON: Final = "customUI/customUI14.xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def finish(package: bytes, ribbon: bytes | None) -> bytes:
    """Return the package with our palette and the ribbon, and the same bytes every time.

    Parameters
    ----------
    package
        What XlsxWriter wrote.
    ribbon
        The part that holds the ribbon, or None for a workbook without one.
    """
    parts = parts_of(package)
    parts[_THEME] = _with_palette(parts[_THEME])
    if ribbon is not None:
        parts[_RIBBON] = ribbon
        relation = f'<Relationship Id="rIdRibbon" Type="{RELATIONSHIP}" Target="{_RIBBON}"/>'
        parts[_RELATIONS] = parts[_RELATIONS].replace(
            b"</Relationships>", relation.encode() + b"</Relationships>"
        )
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
