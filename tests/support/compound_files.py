"""A second reader of compound files and VBA projects, written from [MS-CFB] and [MS-OVBA] alone."""

import struct

FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


class CompoundFile:
    """A compound file of version 3, with every rule checked that a strict reader relies on."""

    def __init__(self, data):
        assert data[:8] == bytes.fromhex("d0cf11e0a1b11ae1")
        assert data[8:24] == bytes(16)
        minor, major, order, shift, mini_shift = struct.unpack_from("<HHHHH", data, 24)
        assert (minor, major, order, shift, mini_shift) == (0x3E, 3, 0xFFFE, 9, 6)
        head = struct.unpack_from("<9I", data, 40)
        n_directory, n_fat, directory, _, limit, mini_fat, n_mini_fat, difat, n_difat = head
        assert (n_directory, limit, difat, n_difat) == (0, 4096, END, 0)
        assert len(data) % 512 == 0
        self.data = data
        named = [sector for sector in struct.unpack_from("<109I", data, 76) if sector != FREE]
        assert len(named) == n_fat
        table = b"".join(self._sector(sector) for sector in named)
        self.fat = struct.unpack(f"<{len(table) // 4}I", table)
        assert all(self.fat[sector] == FAT for sector in named)
        self.used = set(named)
        self.entries = [self._entry(raw) for raw in self._pieces(self._chain(directory), 128)]
        root = self.entries[0]
        assert root["kind"] == 5
        self.mini = self._chain(root["start"])
        small = self._chain(mini_fat)
        assert len(small) == 512 * n_mini_fat
        self.mini_fat = struct.unpack(f"<{len(small) // 4}I", small)
        self.mini_used = set()
        self.streams = {}
        self._walk(root["child"], ())
        in_use = {sector for sector, value in enumerate(self.fat) if value != FREE}
        assert in_use == self.used, "sectors that nothing uses, or that are used twice"

    def _sector(self, number):
        start = 512 * (number + 1)
        assert start + 512 <= len(self.data)
        return self.data[start : start + 512]

    def _chain(self, start):
        found = []
        while start != END:
            assert start not in self.used
            self.used.add(start)
            found.append(self._sector(start))
            start = self.fat[start]
        return b"".join(found)

    def _mini_chain(self, start):
        found = []
        while start != END:
            assert start not in self.mini_used
            self.mini_used.add(start)
            found.append(self.mini[64 * start : 64 * start + 64])
            start = self.mini_fat[start]
        return b"".join(found)

    @staticmethod
    def _pieces(data, size):
        return [data[at : at + size] for at in range(0, len(data), size)]

    @staticmethod
    def _entry(raw):
        length, kind, colour, left, right, child = struct.unpack_from("<HBBIII", raw, 64)
        start, size = struct.unpack_from("<IQ", raw, 116)
        assert raw[80:116] == bytes(36), "a class, a state or a time"
        name = raw[: max(length - 2, 0)].decode("utf-16-le")
        keys = ("name", "kind", "colour", "left", "right", "child", "start", "size")
        return dict(zip(keys, (name, kind, colour, left, right, child, start, size), strict=True))

    def _walk(self, root, path):
        """Check the search tree of a storage, and read what is in it."""
        if root == NONE:
            return
        assert self.entries[root]["colour"] == 1, "a red root"
        order = []
        self._subtree(root, order)
        keys = [(len(self.entries[at]["name"]), self.entries[at]["name"].upper()) for at in order]
        assert keys == sorted(keys), "not in the order of length, then upper case"
        for at in order:
            entry = self.entries[at]
            here = (*path, entry["name"])
            if entry["kind"] == 1:
                self._walk(entry["child"], here)
                continue
            assert entry["kind"] == 2
            read = self._chain if entry["size"] >= 4096 else self._mini_chain
            content = read(entry["start"])
            assert 0 <= len(content) - entry["size"] < (512 if entry["size"] >= 4096 else 64)
            self.streams["/".join(here)] = content[: entry["size"]]

    def _subtree(self, at, order):
        """List the entries from left to right; no red one has a red child.

        No more is asked of the colours: [MS-CFB] 2.6.4 calls a tree of black
        entries only the simplest that is valid.
        """
        if at == NONE:
            return
        entry = self.entries[at]
        for child in (entry["left"], entry["right"]):
            red = child != NONE and self.entries[child]["colour"] == 0
            assert entry["colour"] == 1 or not red, "red below red"
        self._subtree(entry["left"], order)
        order.append(at)
        self._subtree(entry["right"], order)


def decompressed(data):
    """Undo the compression of [MS-OVBA] 2.4.1."""
    assert data[0] == 1
    out, at = bytearray(), 1
    while at < len(data):
        header = int.from_bytes(data[at : at + 2], "little")
        assert header >> 12 & 7 == 3
        end, at = at + 3 + (header & 0xFFF), at + 2
        if not header >> 15:
            out += data[at : at + 4096]
            at += 4096
            continue
        start = len(out)
        while at < end:
            flags, at = data[at], at + 1
            for bit in range(8):
                if at >= end:
                    break
                if not flags >> bit & 1:
                    out.append(data[at])
                    at += 1
                    continue
                token, at = int.from_bytes(data[at : at + 2], "little"), at + 2
                bits = max((len(out) - start - 1).bit_length(), 4)
                offset, length = (token >> 16 - bits) + 1, (token & (1 << 16 - bits) - 1) + 3
                assert offset <= len(out) - start
                for _ in range(length):
                    out.append(out[-offset])
        assert len(out) - start <= 4096
    return bytes(out)


def directory(data):
    """Read the stream ``dir`` ([MS-OVBA] 2.3.4.2): its records, references and modules."""
    at, general, references, modules = 0, {}, [], []
    while at < len(data):
        number, size = struct.unpack_from("<HI", data, at)
        size += 2 if number == 0x09 else 0  # the size counts the major version only
        content, at = data[at + 6 : at + 6 + size], at + 6 + size
        assert len(content) == size, "a record that ends behind the stream"
        if number == 0x19:
            modules.append({})
        if number == 0x0D:
            references.append(content[4 : 4 + int.from_bytes(content[:4], "little")].decode("cp1252"))
        elif modules:
            modules[-1][number] = content
        else:
            general[number] = content
    assert at == len(data)
    assert number == 0x10, "no end"
    return general, references, modules


def decrypted(text, identity):
    """Undo the obfuscation of [MS-OVBA] 2.4.3.2; asserts that the field belongs to the project."""
    data = bytes.fromhex(text)
    seed, version, key = data[0], data[0] ^ data[1], data[0] ^ data[2]
    assert version == 2
    assert key == sum(identity.encode()) & 0xFF, "of another project"
    older, last, before = data[1], data[2], key
    plain = bytearray()
    for byte in data[3:]:
        plain.append(byte ^ (older + before) & 0xFF)
        older, last, before = last, byte, plain[-1]
    ignored = (seed & 6) // 2
    length = int.from_bytes(plain[ignored : ignored + 4], "little")
    content = bytes(plain[ignored + 4 :])
    assert len(content) == length
    return content
