"""What both installers say."""

import hashlib
import re
from pathlib import Path

import pytest
from support.packages import VERSION

from addin.catalogue import LANGUAGES
from addin.release.installers import INSTALLERS, packed

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "addin" / "install"
LINE = re.compile(r"([a-z_]+)=(.+)")


def texts(language):
    lines = (FOLDER / f"texts-{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [LINE.fullmatch(line) for line in lines if not line.startswith("#")]
    assert all(pairs)
    assert len({pair[1] for pair in pairs}) == len(pairs)
    return {pair[1]: pair[2] for pair in pairs}


def test_both_languages_say_the_same():
    assert list(texts("en")) == list(texts("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_batch_file_can_print_every_text(language):
    for key, text in texts(language).items():
        assert "!" not in text, key  # late expansion eats it
        assert not re.search(r"[<>|&^%\"]", text), key
        assert text == text.strip(), key
    assert not re.search(r"[()]", texts(language)["close"])  # the one that is expanded within a block


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_says_what_to_do(language):
    for key, text in texts(language).items():
        if key.startswith("fail_"):
            assert re.search(r"[.:] \S", text) or text.count(".") > 1, key


def test_french_has_its_typography():
    for key, text in texts("fr").items():
        assert "'" not in text, key


@pytest.mark.parametrize("script", ["install.cmd", "install.sh"])
def test_the_installers_use_every_text_and_no_other(script):
    content = (FOLDER / script).read_text(encoding="utf-8")
    if script == "install.cmd":
        used = set(re.findall(r"[!%]T_([a-z_]+)[!%]", content))
    else:
        used = set(re.findall(r"\b(?:say|fail|text) \"?([a-z_]+)", content)) - {"say", "fail", "text", "the"}
        used &= set(texts("en")) | {word for word in used if word.startswith("fail_")}
    known = set(texts("en"))
    assert used <= known
    others = {
        "install.cmd": {"menu_mac", "options_mac", "fail_script"},
        "install.sh": {
            *("close", "excel_open", "fail_windows", "get_winget", "menu_windows", "options_windows"),
        },
    }
    assert known - used == others[script]


@pytest.mark.parametrize("script", INSTALLERS)
def test_an_installer_is_one_file_made_for_one_package_by_its_version_and_hash(tmp_path, script):
    wheel = tmp_path / "clientscore-9.8.7-py3-none-any.whl"
    wheel.write_bytes(b"ours")
    known = {"VERSION": "9.8.7", "WHEEL_SHA256": hashlib.sha256(b"ours").hexdigest()}
    lines = packed(script, wheel).decode().splitlines()
    for variable, value in known.items():
        line = f'set "{variable}={value}"' if script == "install.cmd" else f"{variable}={value}"
        assert lines.count(line) == 1
    assert f"text-fr:welcome={texts('fr')['welcome']}" in lines


def test_no_version_stands_in_the_product_but_in_pyproject():
    """The installers get theirs from the package; all else asks the package that is installed."""
    for path in (ROOT / "addin").rglob("*"):
        if path.suffix in (".py", ".toml", ".cmd", ".sh", ".bas", ".cls") or path.name.startswith("texts-"):
            found = re.findall(rf"(?<![\d.]){re.escape(VERSION)}(?![\d.])", path.read_text(encoding="utf-8"))
            assert not found, path
