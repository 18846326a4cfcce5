"""The dialogue in which files are chosen shows what an import reads."""

from types import SimpleNamespace

import pytest

from addin.catalogue import LANGUAGES, catalogue
from addin.excel.dialogues import choose_files


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel_is_given_one_line_with_every_kind_of_file(monkeypatch, language):
    given = []
    monkeypatch.setattr("addin.excel.dialogues.sys", SimpleNamespace(platform="linux"))
    app = SimpleNamespace(api=SimpleNamespace(GetOpenFilename=lambda *parts: given.append(parts) or False))
    assert choose_files(app, catalogue(language)) == []
    # Excel takes the commas of a filter for what parts its lines and their patterns.
    _, patterns = given[0][0].split(",")
    endings = {"csv", "txt", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "xml", "htm", "html"}
    assert set(patterns.split(";")) == {f"*.{ending}" for ending in endings}
