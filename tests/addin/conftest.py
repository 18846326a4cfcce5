"""What the tests here share."""

import pytest
from support.made import new_workbook
from support.undone import KNOWN

from addin.catalogue import LANGUAGES, catalogue


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "my book.xlsx"
    words = catalogue(request.param)
    new_workbook(path, request.param, [row | {"status": words.word("status", "client")} for row in KNOWN])
    return path, words
