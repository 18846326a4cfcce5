"""The encoding of a text file is told by its letters, or by its mark, and how is said."""

import random

import pytest
from imports.harness import lines, sentences, taken

from addin.imports.files import encoding
from addin.imports.files.encoding import encoding_of
from addin.refusals import Refusal

HEADER = ["Code client", "Nom", "Dernière visite"]
FRENCH = [
    ["C1", "Café Élysée"],
    ["C2", "Hôtel Cœur"],
    ["C3", "Garage Noël à Besançon"],
    ["C4", "L’Été Dînette"],
]
CAPITALS = [["C1", "SOCIÉTÉ GÉNÉRALE"], ["C2", "BÂTIMENT DU RHÔNE"], ["C3", "FRANÇOIS NOËL"]]
OTHERS = [["C1", "Große Straße"], ["C2", "Muñoz e Hijos"], ["C3", "Überlingen Jäger"], ["C4", "Málaga Ávila"]]
ONE = [["C1", "Societe"], ["C2", "Cafés"]]
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO 8859-15",
    "mac_roman": "Mac OS Roman",
    "cp850": "CP850 (DOS)",
}


def text(rows, sign=";", end="\n"):
    return lines(HEADER, *[[*row, "31/01/2026"] for row in rows], sign=sign, end=end)


@pytest.mark.parametrize("encoding", NAMES)
@pytest.mark.parametrize("rows", [FRENCH, CAPITALS, OTHERS, ONE], ids=["French", "capitals", "others", "one"])
@pytest.mark.parametrize(("sign", "end"), [(";", "\r"), ("\t", "\r\n")], ids=["CR", "tab"])
def test_letters_are_read_in_the_encoding_in_which_they_make_words(tmp_path, encoding, rows, sign, end):
    written = text(rows, sign, end)
    try:
        content = written.encode(encoding)
    except UnicodeEncodeError:
        written = written.replace("œ", "oe").replace("’", "'")
        content = written.encode(encoding)
        rows = [[code, name.replace("œ", "oe").replace("’", "'")] for code, name in rows]
    found = taken(tmp_path, content)
    assert found.column("name") == dict(rows)
    assert len(found.column("last_visit")) == len(rows)  # the header was understood as well
    likely = {"cp1252": {"Windows-1252", "ISO 8859-15"}}.get(encoding, {NAMES[encoding]})
    assert any(name in found.said() for name in likely)


@pytest.mark.parametrize(
    ("encoding", "english", "french"),
    [
        ("utf-8-sig", "told by the mark", "donné par la marque"),
        ("utf-16", "told by the mark", "donné par la marque"),
        ("utf-8", "being valid in it, as in Dernière.", "y sont valides, comme dans Dernière."),
        ("mac_roman", "make words, as in Dernière.", "font des mots, comme Dernière."),
        ("cp850", "make words, as in Dernière.", "font des mots, comme Dernière."),
    ],
)
def test_what_tells_the_encoding_is_said_in_one_sentence(tmp_path, encoding, english, french):
    found = taken(tmp_path, text(CAPITALS).encode(encoding))
    assert english in found.said("en")
    assert french in found.said("fr")


def test_of_letters_of_english_alone_nothing_needs_to_be_said(tmp_path):
    found = taken(tmp_path, lines(["Account", "Name"], ["A", "Alpha"]))
    assert "UTF-8, separator: semicolon" in found.said()
    assert "encoding" not in found.said()


def test_a_stray_byte_does_not_spoil_the_letters_of_the_others_and_is_said(tmp_path):
    content = text(FRENCH).encode() + "C5;Café Noir;1er mars 2026\n".encode("cp1252")
    found = taken(tmp_path, content)
    assert found["C1"]["name"] == "Café Élysée"
    assert found["C5"]["name"] == "Café Noir"
    assert "UTF-8, separator" in found.said()
    assert found.guesses() == {"stray"}
    assert "1 byte of the file is no UTF-8, and was read as Windows would (line 6)." in found.said("en")
    assert "1 octet du fichier n’est pas de l’UTF-8" in found.said("fr")


def test_files_of_two_encodings_one_behind_the_other_are_both_read(tmp_path):
    other = "".join(f"D{at};Hôtel des Écluses;31/01/2026\n" for at in range(20))
    for first, second in (("utf-8", "cp1252"), ("cp1252", "utf-8")):
        content = text(FRENCH[:1] * 20).encode(first) + other.encode(second)
        found = taken(tmp_path, content)
        assert found["C1"]["name"] == "Café Élysée"
        assert found["D0"]["name"] == "Hôtel des Écluses"
        assert "stray" in found.guesses()


def test_the_mark_of_each_of_several_files_that_were_put_together_is_no_letter(tmp_path):
    content = b"\xef\xbb\xbf" * 2 + text(FRENCH).encode() + b"\xef\xbb\xbfC9;Neuf;31/01/2026\n"
    found = taken(tmp_path, content)
    assert found["C9"]["name"] == "Neuf"
    assert found["C1"]["name"] == "Café Élysée"


def test_a_mark_before_letters_of_another_encoding_is_taken_away(tmp_path):
    found = taken(tmp_path, b"\xef\xbb\xbf" + text(FRENCH).encode("cp1252"))
    assert found.column("name")["C1"] == "Café Élysée"
    assert len(found.column("last_visit")) == len(FRENCH)


def test_bytes_that_are_half_noughts_for_another_reason_are_no_text(tmp_path):
    content = bytes(random.Random(7).choices([0, 1, 65, 200], k=400))
    with pytest.raises(Refusal, match="export_of_unknown_kind") as refused:
        taken(tmp_path, content)
    sentences(refused.value)


@pytest.mark.parametrize("size", [7, 64, 1000])
@pytest.mark.parametrize("name", ["utf-8", "cp1252", "mac_roman", "cp850"])
def test_the_blocks_in_which_a_file_is_looked_at_change_nothing(tmp_path, monkeypatch, name, size):
    path = tmp_path / "export.csv"
    path.write_bytes((text(CAPITALS) * 20).encode(name) + (b"\xff\n" if name == "utf-8" else b""))
    start = path.read_bytes()[:1000]
    whole = encoding_of(path, start)
    monkeypatch.setattr(encoding, "_AT_A_TIME", size)
    assert encoding_of(path, start) == whole
