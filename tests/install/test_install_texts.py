"""What both installers say."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from addin.catalogue import LANGUAGES
from addin.machine.pack import main, packed

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "addin" / "install"
WHEEL = "clientscore-0.1.0-py3-none-any.whl"
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


@pytest.mark.parametrize("script", ["install.cmd", "install.sh"])
def test_the_installers_install_this_version(script):
    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    content = (FOLDER / script).read_text(encoding="utf-8")
    assert re.findall(r"^(?:set \")?VERSION=([\d.]+)", content, re.MULTILINE) == [version]


def test_the_one_file_installers_are_made_for_the_package_beside_them_and_know_its_hash(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "uv build --wheel" in capsys.readouterr().err
    (tmp_path / WHEEL).write_bytes(b"ours")
    assert main([str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"install.cmd", "install.sh", WHEEL}
    digest = hashlib.sha256(b"ours").hexdigest()
    for name, line in (
        ("install.cmd", f'set "WHEEL_SHA256={digest}"'),
        ("install.sh", f"WHEEL_SHA256={digest}"),
    ):
        content = (tmp_path / name).read_bytes()
        assert content == packed(name, b"ours")
        assert content.decode().splitlines().count(line) == 1
    (tmp_path / WHEEL.replace("0.1", "0.2")).write_bytes(b"another")
    assert main([str(tmp_path)]) == 1
    assert "more than one" in capsys.readouterr().err
