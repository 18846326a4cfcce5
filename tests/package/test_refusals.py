"""Files that are not taken, each with its own sentence, and nothing written."""

import ast
import errno
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from package.fills import column
from package.raw_package import HEADER, SHEET, STYLES, TABLE, TRANSITIONAL, WORKBOOK, RawBook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook, archive, putting
from addin.package.archive import Limits
from addin.refusals import Refusal

BOOK = RawBook(HEADER + '<row r="2"><c r="A2"><v>1</v></c></row>')
CHANGES = column(0, [5.0, 6.0])
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def book(tmp_path):
    return BOOK.save(tmp_path / "book.xlsx")


def use(path, *, write):
    """Read a file, and write to it."""
    book = PackageBook(path)
    book.tables()
    if write:
        book.apply(CHANGES)


def refusal(code, path, *, write=False):
    """Read (and write) a file, expect the refusal and return its sentence in both languages."""
    with pytest.raises(Refusal, match=f"^{code}$") as refused:
        use(path, write=write)
    details = refused.value.details
    return [catalogue(language).text("refusals", code, **details) for language in LANGUAGES]


def raised():
    """Yield code and names of the details of each refusal that the package's sources raise."""
    for path in Path(archive.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                codes = [leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant)]
                yield from ((code, {keyword.arg for keyword in node.keywords}) for code in codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence(language):
    """Each refusal has its sentence, which names nothing but the details that come with it."""
    sentences = catalogue(language).surface("refusals")
    found = list(raised())
    assert len(found) > 30
    for code, details in found:
        named = {piece.split("}")[0] for piece in sentences[code].split("{")[1:]}
        assert named <= details, code
        assert sentences[code].endswith((".", ")")), code


def test_missing_file(tmp_path):
    """A missing file is named with its path."""
    english, french = refusal("not_found", tmp_path / "no.xlsx")
    assert str(tmp_path) in english
    assert "n’existe pas" in french


def test_folder(tmp_path):
    """A folder is no workbook."""
    refusal("folder", tmp_path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_workbook"),
        (b"Account;Turnover\n", "not_a_workbook"),
        (CFB, "old_xls"),
        (CFB + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_other_kinds_of_file(content, code, tmp_path):
    """A file is judged by what it holds, not by its name."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    refusal(code, path)


@pytest.mark.parametrize(
    ("replaced", "code"),
    [
        ({"_rels/.rels": None}, "not_a_workbook"),
        ({"[Content_Types].xml": None}, "not_a_workbook"),
        ({WORKBOOK: b"<document/>"}, "not_a_workbook"),
        ({"xl/styles.xml": b"<styleSheet><a></styleSheet>"}, "ill_formed"),
        # prefixes that nothing declares: of an element, of an attribute, in a list of ignorable ones
        ({"xl/styles.xml": b"<styleSheet><x14:a/></styleSheet>"}, "ill_formed"),
        ({"xl/styles.xml": b"<styleSheet>\n<a x14:b='1'/></styleSheet>"}, "ill_formed"),
        ({"xl/styles.xml": b"<styleSheet xmlns:m='urn:m' m:Ignorable='x14'/>"}, "ill_formed"),
        ({SHEET: b"<worksheet/>"}, "damaged_part"),
        ({TABLE: b"<table ref='A1:B2'/>"}, "damaged_part"),
        ({TABLE: None}, "table_missing"),
        ({"../evil.xml": b""}, "unsafe_entry"),
        ({"/evil.xml": b""}, "unsafe_entry"),
        ({"xl/../../evil.xml": b""}, "unsafe_entry"),
        ({"C:/evil.xml": b""}, "unsafe_entry"),
        ({"XL/Workbook.XML": b""}, "duplicate_entry"),
    ],
)
def test_packages_that_are_wrong(replaced, code, tmp_path):
    """Parts that are missing, wrong, doubled or dangerous are named."""
    path = RawBook(HEADER, replaced=replaced).save(tmp_path / "book.xlsx")
    for sentence in refusal(code, path):
        assert "book.xlsx" in sentence


def test_backslash_in_a_name(tmp_path):
    """A name that is a path on Windows only is dangerous too."""
    raw = RawBook(HEADER, replaced={"evil/a.xml": b""}).save(tmp_path / "book.xlsx").read_bytes()
    (tmp_path / "book.xlsx").write_bytes(raw.replace(b"evil/a.xml", b"..\\a\\b.xml"))
    refusal("unsafe_entry", tmp_path / "book.xlsx")


def test_binary_workbook(tmp_path):
    """A binary workbook is told from the relation, whatever its name."""
    rels = BOOK.parts()["_rels/.rels"].replace(b"workbook.xml", b"workbook.bin")
    path = RawBook(HEADER, replaced={"_rels/.rels": rels, "xl/workbook.bin": b"x"}).save(tmp_path / "a.xlsb")
    refusal("xlsb", path)


@pytest.mark.parametrize(
    "part", [SHEET, TABLE, WORKBOOK, "xl/styles.xml", "_rels/.rels", "xl/sharedStrings.xml"]
)
def test_document_types(part, tmp_path):
    """A document type is refused in every part that is read, before any entity can grow."""
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    book = RawBook(HEADER, shared="<si><t>x</t></si>")
    content = book.parts()[part].replace(b"\n<", b"\n" + laughs + b"<", 1)
    book.replaced = {part: content}
    for sentence in refusal("doctype", book.save(tmp_path / "book.xlsx")):
        assert part in sentence


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        (lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"), "UTF-16"),
        (lambda text: text.replace("UTF-8", "ISO-8859-1").encode("latin-1"), "ISO-8859-1"),
        (lambda text: text.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_encodings(encode, name, tmp_path):
    """Only UTF-8 is read; anything else is named."""
    content = encode(BOOK.parts()[SHEET].decode())
    path = RawBook("", replaced={SHEET: content}).save(tmp_path / "book.xlsx")
    for sentence in refusal("encoding", path):
        assert name in sentence


def test_utf8_with_a_mark(tmp_path):
    """A byte order mark before UTF-8 is fine, and stays."""
    content = b"\xef\xbb\xbf" + BOOK.parts()[SHEET]
    path = RawBook("", replaced={SHEET: content}).save(tmp_path / "book.xlsx")
    assert PackageBook(path).apply(CHANGES) is True
    with zipfile.ZipFile(path) as package:
        assert package.read(SHEET).startswith(b"\xef\xbb\xbf<?xml")


def test_truncated(book):
    """A file cut anywhere is refused, whatever is missing."""
    whole = book.read_bytes()
    for length in range(4, len(whole) - 1, 97):
        book.write_bytes(whole[:length])
        refusal("damaged", book)


def test_every_byte_flipped(book):
    """A file with one wrong byte is refused or read as it was: never a crash, never wrong values."""
    whole = book.read_bytes()
    expected = PackageBook(book).tables()
    for at in range(0, len(whole), 7):
        book.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            found = PackageBook(book).tables()
        except Refusal:
            continue
        assert found in (expected, [])


def test_wrong_checksum_in_a_part_that_is_only_copied(tmp_path):
    """Damage in a part that we do not read shows before we write."""
    path = RawBook(HEADER, replaced={"xl/media/image1.png": b"picture" * 9}).save(tmp_path / "book.xlsx")
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"image1.png") + len("image1.png") + 3] ^= 0xFF
    path.write_bytes(raw)
    assert PackageBook(path).tables()
    refusal("damaged_part", path, write=True)


def test_bomb_by_declared_size(tmp_path):
    """A part that would grow beyond all measure is refused before it is inflated."""
    path = tmp_path / "book.xlsx"
    RawBook(HEADER, replaced={"xl/bomb.xml": bytes(32 << 20)}).save(path)
    refusal("too_large", path)


def test_bomb_by_actual_size(tmp_path):
    """A part that is larger than it declares is never inflated beyond that."""
    path = RawBook(HEADER, replaced={"xl/styles.xml": bytes(1 << 20)}).save(tmp_path / "book.xlsx")
    raw = path.read_bytes().replace(struct.pack("<I", 1 << 20), struct.pack("<I", 100))
    path.write_bytes(raw)
    refusal("damaged_part", path)


@pytest.mark.parametrize("name", ["file", "part", "total", "entries"])
def test_a_workbook_beyond_a_limit_is_refused(book, name):
    """The file, the number of its parts, the largest of them and all of them together have limits."""
    with zipfile.ZipFile(book) as package:
        sizes = [info.file_size for info in package.infolist()]
    size = {"file": book.stat().st_size, "part": max(sizes), "total": sum(sizes), "entries": len(sizes)}[name]
    assert PackageBook(book, Limits(**{name: size})).tables()
    with pytest.raises(Refusal, match=r"^too_large$"):
        PackageBook(book, Limits(**{name: size - 1}))


def test_a_part_that_inflates_too_much_is_refused_beyond_a_size(tmp_path):
    """How often a part inflates matters from some size on."""
    path = RawBook(HEADER, replaced={"xl/bomb.xml": bytes(1 << 20)}).save(tmp_path / "book.xlsx")
    assert PackageBook(path, Limits(ratio_matters=1 << 20)).tables()
    assert PackageBook(path, Limits(ratio_matters=0, ratio=1100)).tables()
    with pytest.raises(Refusal, match=r"^too_large$"):
        PackageBook(path, Limits(ratio_matters=(1 << 20) - 1))


def test_overlapping_entries(tmp_path):
    """Two entries that share their bytes, as in the flattest bombs, are refused."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name, content in BOOK.parts().items():
            package.writestr(name, content)
        package.writestr("xl/a.xml", b"a")
        copy = zipfile.ZipInfo("xl/b.xml")
        copy.header_offset = package.getinfo("xl/a.xml").header_offset
        copy.CRC, copy.file_size, copy.compress_size = package.getinfo("xl/a.xml").CRC, 1, 1
        package.filelist.append(copy)
    path = tmp_path / "book.xlsx"
    path.write_bytes(memory.getvalue())
    refusal("damaged_part", path)


@pytest.mark.parametrize("flag", [0x1, 0x41])
def test_encrypted_entries(flag, book):
    """A zip with a password is encrypted, too."""
    raw = bytearray(book.read_bytes())
    central = raw.index(b"PK\x01\x02")
    raw[central + 8] |= flag
    book.write_bytes(raw)
    refusal("encrypted", book)


def test_signed_package(tmp_path):
    """A signed workbook is read, but never written to."""
    path = RawBook(HEADER, replaced={"_xmlsignatures/origin.sigs": b""}).save(tmp_path / "book.xlsx")
    assert PackageBook(path).tables()
    refusal("signed", path, write=True)


@pytest.mark.parametrize("mark", ["~$book.xlsx", ".~lock.book.xlsx#", "~$ok.xlsx"])
def test_open_elsewhere(mark, book):
    """A book that Excel or LibreOffice has open is read, but never written to."""
    before = book.read_bytes()
    (book.parent / mark).write_bytes(b"\x05owner")
    assert PackageBook(book).tables()
    for sentence in refusal("in_use", book, write=True):
        assert mark in sentence
    assert PackageBook(book).apply(CHANGES, book.parent / "free.xlsx") is True
    assert book.read_bytes() == before


def test_owner_file_of_another_book(book):
    """The owner file of a book whose name is the end of ours does not stop us."""
    BOOK.save(book.parent / "ok.xlsx")
    (book.parent / "~$ok.xlsx").write_bytes(b"")
    assert PackageBook(book).apply(CHANGES) is True


def test_output_open_elsewhere(book):
    """It is the file to be written that must not be open."""
    (book.parent / "~$out.xlsx").write_bytes(b"")
    BOOK.save(book.parent / "out.xlsx")
    with pytest.raises(Refusal, match="in_use"):
        PackageBook(book).apply(CHANGES, book.parent / "out.xlsx")


def test_read_only(book):
    """A read-only file is not written to, not even by an administrator."""
    book.chmod(0o444)
    before = book.read_bytes()
    refusal("read_only", book, write=True)
    assert book.read_bytes() == before


def test_no_such_folder(book):
    """The folder of the output must exist."""
    with pytest.raises(Refusal, match="folder_missing"):
        PackageBook(book).apply(CHANGES, book.parent / "no" / "out.xlsx")
    with pytest.raises(Refusal, match="folder"):
        PackageBook(book).apply(CHANGES, book.parent)


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        ("open", PermissionError(errno.EACCES, "denied"), "folder_not_writable"),
        ("open", OSError(errno.EROFS, "Read-only file system"), "disk_read_only"),
        ("open", OSError(errno.ENAMETOOLONG, "File name too long"), "write_failed"),
        ("fsync", OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        ("replace", PermissionError(errno.EACCES, "sharing violation"), "open_elsewhere"),
        ("replace", OSError(errno.EIO, "Input/output error"), "disk_fault"),
    ],
)
def test_system_says_no(call, error, code, book, monkeypatch):
    """Whatever the system refuses, the file stays and no temporary file is left."""
    before = book.read_bytes()

    def fail(*_, **__):
        raise error

    real = os.open
    if call == "open":
        monkeypatch.setattr(
            os, "open", lambda name, *rest: fail() if ".tmp" in str(name) else real(name, *rest)
        )
    else:
        monkeypatch.setattr(os, call, fail)
        monkeypatch.setattr(putting, "exchange", lambda *_: False)  # a disk that knows none
    with pytest.raises(Refusal, match=code):
        PackageBook(book).apply(CHANGES)
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == ["book.xlsx"]


def test_file_that_may_not_be_read(book, monkeypatch):
    """A file that the system keeps from us is named."""

    def fail(*_, **__):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "open", fail)
    refusal("not_readable", book)


def test_two_names_for_the_elements(tmp_path):
    """A sheet that uses two prefixes for its elements is beyond the patterns, and is refused, not misread."""
    rows = '<row r="2"><y:c r="A2"/></row>'
    root = f'<worksheet xmlns="{TRANSITIONAL}" xmlns:y="{TRANSITIONAL}">'
    sheet = f"{root}<sheetData>{rows}</sheetData></worksheet>"
    refusal("unusual_xml", RawBook("", sheet=sheet).save(tmp_path / "book.xlsx"))
    harmless = RawBook("", sheet=sheet.replace("y:c", "c")).save(tmp_path / "book.xlsx")
    assert PackageBook(harmless).tables()[0].n_rows == 2


def test_rows_out_of_order(tmp_path):
    """Rows whose numbers do not ascend contradict the format."""
    rows = '<row r="3"><c r="A3"/></row><row r="2"><c r="A2"/></row>'
    refusal("damaged_part", RawBook(rows).save(tmp_path / "book.xlsx"))


def test_workbook_without_styles(tmp_path):
    """Styles are no must."""
    path = RawBook(HEADER, replaced={"xl/styles.xml": None}).save(tmp_path / "book.xlsx")
    assert STYLES
    assert PackageBook(path).tables()[0].n_rows == 2


def test_headers_that_are_data(tmp_path):
    """A table that has no headers but as its first row of data is not taken."""
    book = RawBook(BOOK.rows, table=' headerRowCount="0"')
    english, _ = refusal("headers_as_data", book.save(tmp_path / "book.xlsx"))
    assert "The table T of the file" in english


def test_a_table_may_have_no_headers(tmp_path):
    """A table without a header row is read from its first row on."""
    rows = '<row r="1"><c r="A1" t="str"><v>one</v></c><c r="B1"><v>2</v></c></row>'
    book = RawBook(rows, ref="A1:C1", table=' headerRowCount="0"')
    (table,) = PackageBook(book.save(tmp_path / "book.xlsx")).tables()
    assert table.columns == (["one"], [2.0], [None])
