import pytest
from golden.book import LANGUAGES, Book


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def make(tmp_path, language):
    def made(rows, own=()):
        number = len(list(tmp_path.iterdir()))
        return Book(tmp_path / f"book{number}.xlsx", language, rows, own)

    return made
