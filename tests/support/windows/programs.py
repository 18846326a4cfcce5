"""Windows programs: whether they are what their makers signed, and two small changes to Wine's own.

Wine 8 has some functions that Python's packages call only as stubs that end the process.
"""

import re
import struct
import subprocess
from pathlib import Path

# Microsoft x64: _Fcomplex (8 bytes) comes by value in rcx, _Dcomplex (16 bytes) by address in rcx.
_REAL_AND_IMAGINARY = {
    "crealf": "660f6ec1c3",  # movd xmm0, ecx; ret
    "creall": "f20f1001c3",  # movsd xmm0, [rcx]; ret
    "cimagf": "4889c848c1e820660f6ec0c3",  # mov rax, rcx; shr rax, 32; movd xmm0, eax; ret
    "cimag": "f20f104108c3",  # movsd xmm0, [rcx+8]; ret
    "cimagl": "f20f104108c3",
}
_STUB = bytes.fromhex("4883ec28488d0d")
_BUILTIN = slice(0x40, 0x60), b"Wine builtin DLL"


def signer_faults(program):
    """What is wrong with the signature of a program of CPython: nothing if it is the makers' own, unchanged.

    The chain up to Microsoft's root is not followed: Debian does not carry that root.
    """
    maker = "Microsoft" if program.name.startswith("vcruntime") else "Python Software Foundation"
    said = subprocess.run(
        ["osslsigncode", "verify", "-in", str(program)], capture_output=True, text=True, check=False
    ).stdout
    current = re.search(r"^Current message digest *: *(\w+)", said, re.MULTILINE)
    calculated = re.search(r"^Calculated message digest *: *(\w+)", said, re.MULTILINE)
    if current is None or calculated is None:
        return [f"{program} is not signed"]
    faults = []
    if current[1] != calculated[1]:
        faults.append(f"{program} was changed after it was signed")
    signers = said.partition("Signer's certificate:")[2].partition("Countersignatures:")[0]
    if not re.search(rf"Subject: .*\bO ?= ?{maker}", signers):
        faults.append(f"{program} is not signed by {maker}")
    return faults


def with_complex_parts(library):
    """Return Wine's ucrtbase.dll with real and imaginary parts of complex numbers, which NumPy 2.1+ takes.

    The mark of Wine's own libraries goes, so that the copy is loaded as a native one. A newer Wine that
    has these functions is returned as it is, None then.
    """
    content = bytearray(library.read_bytes())
    exports = _exports(content)
    stubs = {
        name: at
        for name, at in exports.items()
        if name in _REAL_AND_IMAGINARY and content[at:].startswith(_STUB)
    }
    if not stubs:
        return None
    where, mark = _BUILTIN
    assert content[where].startswith(mark), f"{library} is not Wine's own"
    content[where] = bytes(where.stop - where.start)
    for name, at in stubs.items():
        code = bytes.fromhex(_REAL_AND_IMAGINARY[name])
        content[at : at + len(code)] = code
    return bytes(content)


def _exports(content):
    """Offsets in the file of the functions that an x64 library exports by name."""
    (header,) = struct.unpack_from("<I", content, 60)
    n_sections, size = struct.unpack_from("<2xH12xH", content, header + 4)
    sections = [
        struct.unpack_from("<8x4I", content, header + 24 + size + 40 * number) for number in range(n_sections)
    ]

    def offset(address):
        return next(
            raw + address - start
            for virtual, start, length, raw in sections
            if start <= address < start + max(virtual, length)
        )

    (table,) = struct.unpack_from("<I", content, header + 24 + 112)
    n_names, functions, names, ordinals = struct.unpack_from("<4I", content, offset(table) + 24)
    found = {}
    for number in range(n_names):
        (name,) = struct.unpack_from("<I", content, offset(names) + 4 * number)
        (ordinal,) = struct.unpack_from("<H", content, offset(ordinals) + 2 * number)
        (function,) = struct.unpack_from("<I", content, offset(functions) + 4 * ordinal)
        start = offset(name)
        found[content[start : content.index(0, start)].decode("ascii")] = offset(function)
    return found


def forwarder(name, **functions):
    """Return an x64 library of a kilobyte whose functions are those of other libraries.

    uv.exe wants ProcessPrng of bcryptprimitives.dll: SystemFunction036 of advapi32 does just that.
    """
    pairs = sorted(functions.items())
    base, n = 0x1000, len(pairs)
    addresses = base + 40
    pointers, ordinals = addresses + 4 * n, addresses + 8 * n
    text = ordinals + 2 * n
    words, at = bytearray(), {}
    for word in [name, *(word for pair in pairs for word in pair)]:
        at[word] = text + len(words)
        words += word.encode() + b"\0"
    body = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, at[name], 1, n, n, addresses, pointers, ordinals)
    body += b"".join(struct.pack("<I", at[target]) for _, target in pairs)
    body += b"".join(struct.pack("<I", at[function]) for function, _ in pairs)
    body += b"".join(struct.pack("<H", number) for number in range(n)) + words
    raw = -(-len(body) // 512) * 512
    head = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    head += struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, raw, 0, 0, base)
    head += struct.pack(
        "<QIIHHHHHHIIIIHH", 0x1F7E0000000, base, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, 0x200, 0, 3, 0x160
    )
    head += struct.pack("<QQQQII", 0x100000, base, 0x100000, base, 0, 16)
    head += struct.pack("<II", base, len(body)) + bytes(120)
    head += struct.pack("<8sIIIIIIHHI", b".edata", len(body), base, raw, 0x200, 0, 0, 0, 0, 0x40000040)
    return head.ljust(512, b"\0") + body.ljust(raw, b"\0")


def programs_in(folder):
    """The programs and libraries that CPython makes, in its folder and in DLLs."""
    return sorted(
        path
        for part in (Path(folder), Path(folder) / "DLLs")
        for path in part.iterdir()
        if path.suffix in (".exe", ".dll", ".pyd")
    )
