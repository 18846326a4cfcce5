"""install.cmd: what can be read off it, and what Wine's cmd makes of it."""

import re
import shutil
import subprocess
from pathlib import Path, PureWindowsPath

import pytest
from support.packages import WHEEL
from support.windows.fetch import make_prefix
from support.windows.place import DRIVE, alone
from support.windows.wine import environment, windows_path

from addin.catalogue import LANGUAGES, catalogue
from addin.machine.uninstall import removal_script
from addin.release.installers import packed

FOLDER = Path(__file__).parents[2] / "addin" / "install"
BYTES = (FOLDER / "install.cmd").read_bytes()
PROFILE = DRIVE / "profile"
LINES = BYTES.decode("ascii").split("\r\n")
CODE = [line.strip() for line in LINES if line.strip() and not line.strip().lower().startswith("rem ")]


# What can be read off it


def test_lines_end_as_cmd_wants_them_and_all_is_ascii():
    assert BYTES.isascii()
    assert BYTES.count(b"\n") == BYTES.count(b"\r\n")
    assert BYTES.endswith(b"\r\n")
    assert max(map(len, LINES)) < 400  # far below the 8191 of cmd


def test_utf_8_is_switched_on_before_the_first_text_and_back_at_the_end():
    switch = CODE.index("chcp 65001 >nul")
    first = next(at for at, line in enumerate(CODE) if "T_" in line)
    assert switch < first
    assert any(line.startswith("if defined OLD_CODE_PAGE chcp %OLD_CODE_PAGE%") for line in CODE)


def test_every_goto_and_call_has_its_label_and_every_label_its_use():
    labels = [line[1:] for line in CODE if line.startswith(":")]
    used = re.findall(r"\bgoto (\w+)|\bcall :(\w+)", "\n".join(CODE))
    assert len(labels) == len(set(labels))
    assert {one or other for one, other in used} == set(labels)


def test_paths_stand_in_quotes():
    """A variable that holds a path never stands where a blank in it would split it."""
    paths = "HERE|HOMEDIR|VENV|PY|LOG|UV|WHEEL|FOLDER|CANDIDATE|EXE|LOCALAPPDATA|SystemRoot|WINGET"
    for line in CODE:
        if line.startswith("echo !ABOUT!") or line == "echo !LOG!":
            continue
        for found in re.finditer(rf"[!%]({paths})[!%]|%~dp0", line):
            assert line[: found.start()].count('"') % 2 or re.search(
                r'="[^ ]*$|"[^"]*$', line[: found.start()]
            ), line


def test_early_expansion_is_kept_to_where_it_is_safe():
    """%NAME% is put in before a line is read, so a sign in a path could end a command there."""
    allowed = {
        "HERE",
        "SELF",
        "LANGUAGE",
        "SPOKEN",
        "LOCALAPPDATA",
        "OLD_CODE_PAGE",
        "RESULT",
        "ERRORLEVEL",
        "T_close",
    }
    early = re.findall(r"%(\w+)(?::[^%]*)?%", "\n".join(CODE))
    assert set(early) <= allowed | {"SystemRoot"}
    late = CODE.index("setlocal EnableDelayedExpansion")
    for line in CODE[:late]:
        assert "!" not in line, line


def test_the_outcome_of_every_step_is_looked_at():
    doing = ("call :run", "call :remove_folder", "call :is_good", '"!PY!" ')
    for at, line in enumerate(CODE):
        if not line.startswith(doing):
            continue
        following = CODE[at + 1]
        looked_at = re.match(r'if (not )?errorlevel 1|if not "!ERRORLEVEL!"=="0"', following)
        then_found = following == 'set "UV_UNMANAGED_INSTALL="' and CODE[at + 2] == "call :find_uv"
        cache = CODE[at - 1] == r'set "FOLDER=!HOMEDIR!\cache"'
        only_shown = "if defined DRY (" in CODE[max(0, at - 2) : at]
        assert looked_at or then_found or cache or only_shown, (line, following)


def test_nothing_needs_an_administrator_or_touches_what_is_not_ours():
    text = "\n".join(CODE).casefold()
    for word in ("runas", "reg add", "setx", "hklm", "%programfiles%", "!programfiles!", "icacls", "del /"):
        assert word not in text
    removed = re.findall(r'set "FOLDER=([^"]*)"', "\n".join(CODE))
    assert set(removed) == {"!VENV!", r"!HOMEDIR!\python\own", r"!HOMEDIR!\cache"}


def test_powershell_is_called_once_and_only_to_fetch_uv():
    lines = [line for line in CODE if "powershell" in line.casefold()]
    assert lines == ['set "EXE=powershell.exe"']
    after = CODE[CODE.index(lines[0]) + 1]
    assert "https://astral.sh/uv/install.ps1" in after


def test_brackets_are_balanced_outside_of_quotes():
    depth = 0
    for line in CODE:
        bare = re.sub(r'"[^"]*"', "", line)
        if bare.startswith(("echo", ">>")):
            continue
        depth += bare.count("(") - bare.count(")")
        assert depth >= 0, line
    assert depth == 0


# What Wine's cmd makes of it: not Windows, but a cmd that was written to be like it

needs_wine = pytest.mark.skipif(
    shutil.which("wine") is None, reason="Wine is not installed (apt-get install wine wine64)"
)


@pytest.fixture(scope="module")
def wine():
    """Run a batch file in the Windows that the tests share, in a profile of its own.

    Returns what it ended with and printed. Wine sets that as a program starts: so a batch file sets it.
    """
    with alone():
        make_prefix()
    quiet = {"env": environment(), "stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    def run(script, *options, cwd):
        command = ["wine", "cmd", "/d", "/c", windows_path(start), script, *options]
        for _ in range(3):
            done = subprocess.run(command, stdout=subprocess.PIPE, check=False, cwd=cwd, timeout=120, **quiet)
            out = done.stdout.decode("utf-8", "replace").replace("\r", "")
            unseen = done.returncode == 1 and f"\n{WHEEL}\n" in out and (Path(cwd) / WHEEL).exists()
            if not unseen:  # on a busy machine Wine does not always see a file that was written just before
                break
        return done.returncode, out

    shutil.rmtree(PROFILE, ignore_errors=True)
    PROFILE.mkdir()
    start = PROFILE / "start.cmd"
    start.write_text(f'@set "LOCALAPPDATA={windows_path(PROFILE)}"\n@%*\n', encoding="ascii", newline="\r\n")
    run.home = PROFILE / "ClientScore"
    yield run
    shutil.rmtree(PROFILE)


@pytest.fixture
def unpacked(tmp_path):
    """The folder that a person has unpacked, in a place with signs that batch files stumble over."""
    folder = tmp_path / "Client Score (1) & co"
    shutil.copytree(FOLDER, folder)
    (folder / WHEEL).write_bytes(b"ours")
    return folder


@needs_wine
def test_a_dry_run_shows_every_step_and_does_nothing(wine, unpacked):
    code, out = wine("install.cmd", "/dry-run", "/quiet", "/en", cwd=unpacked)
    assert code == 0, out
    steps = re.findall(r"^Step (\d) of 5", out, re.MULTILINE)
    assert steps == list("12345")
    shown = re.findall(r'^    "?(.*)$', out, re.MULTILINE)
    home = r"\\profile\\ClientScore"
    install = rf".*uv\.exe\" pip install --python \".*{home}\\venv\\Scripts\\python\.exe\""
    ours = rf"--reinstall --no-index --no-deps \"Z:\\.*\\{re.escape(WHEEL)}\""
    packages = r"cache\\own\\addin\\install\\packages\.txt"
    expected = [
        r"powershell\.exe\" .*Invoke-RestMethod https://astral\.sh/uv/install\.ps1\)",
        rf".*{home}\\uv\\uv\.exe\" --version",
        rf"rd /s /q \".*{home}\\venv\"",
        rf".*uv\.exe\" venv --no-project --python cpython-3\.12-windows-x86_64 \".*{home}\\venv\"",
        rf"{install} --target \".*{home}\\cache\\own\" {ours}",
        rf"{install} --reinstall --only-binary :all: --require-hashes -r \".*{home}\\{packages}\"",
        rf"{install} {ours}",
        rf"rd /s /q \".*{home}\\cache\"",
        r".*python\.exe\" -I -m addin\.machine entries en",
        r".*python\.exe\" -I -m addin\.cli doctor --lang en",
        r".*python\.exe\" -I -m addin\.cli start --lang en",
    ]
    assert len(shown) == len(expected), out
    for line, pattern in zip(shown, expected, strict=True):
        assert re.fullmatch(pattern, line), line
    assert not wine.home.exists()


@needs_wine
@pytest.mark.parametrize("language", LANGUAGES)
def test_as_one_downloaded_file_it_says_all_the_same(wine, unpacked, tmp_path, language):
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / WHEEL).write_bytes(b"ours")
    (alone / "install.cmd").write_bytes(packed("install.cmd", alone / WHEEL))
    several, single = (
        wine("install.cmd", "/dry-run", f"/{language}", cwd=folder) for folder in (unpacked, alone)
    )
    # a package whose hash is known is taken by it
    by_path = rf'"Z:.*\\{re.escape(WHEEL)}"$'
    by_hash = r'--require-hashes --find-links "Z:[^"]*\\\." -r ".*own\.txt"$'
    known = re.sub(by_hash, "OURS", single[1], flags=re.MULTILINE)
    assert known.count("OURS") == 2
    assert (single[0], known) == (0, re.sub(by_path, "OURS", several[1], flags=re.MULTILINE))


@needs_wine
def test_an_offline_folder_is_used_for_all_there_is(wine, unpacked):
    (unpacked / "wheels").mkdir()
    (unpacked / WHEEL).rename(unpacked / "wheels" / WHEEL)
    (unpacked / "python").mkdir()
    program = DRIVE / "windows" / "system32" / "hostname.exe"
    for name in ("uv.exe", "python/python.exe"):
        shutil.copy(program, unpacked / name)
    code, out = wine("install.cmd", "/dry-run", "/quiet", cwd=unpacked)
    assert code == 0, out
    assert "https://" not in out
    here = re.escape(str(PureWindowsPath("Z:", unpacked)))
    assert re.search(rf'^    "{here}\\uv.exe" --version$', out, re.MULTILINE), out
    assert re.search(rf'xcopy.exe" "{here}\\python" ', out)
    assert re.search(rf'--no-index --find-links "{here}\\wheels" --require-hashes -r ', out)
    ours = rf'--no-index --no-deps "{here}\\wheels\\{re.escape(WHEEL)}"$'
    assert len(re.findall(ours, out, re.MULTILINE)) == 2


@needs_wine
@pytest.mark.parametrize("option", ["/dry-run", "/quiet"])
def test_without_the_package_beside_it_nothing_is_fetched(wine, unpacked, option):
    """No index is asked for a package of our name."""
    (unpacked / "install.cmd").write_bytes(packed("install.cmd", unpacked / WHEEL))
    (unpacked / WHEEL).unlink()
    code, out = wine("install.cmd", option, "/quiet", "/en", cwd=unpacked)
    assert code == 1
    assert re.search(rf"A file is missing beside this installer.*:\n{re.escape(WHEEL)}\n", out), out
    assert "Step" not in out
    assert not wine.home.exists()


@needs_wine
def test_french_is_spoken_when_asked_for(wine, unpacked):
    out = wine("install.cmd", "/dry-run", "/quiet", "/fr", cwd=unpacked)[1]
    assert "Diagnostic" in out
    assert "-m addin.cli doctor --lang fr" in out


@needs_wine
def test_a_step_that_fails_is_one_sentence_and_a_log(wine, unpacked):
    # it knows no --version
    shutil.copy(DRIVE / "windows" / "system32" / "hostname.exe", unpacked / "uv.exe")
    code, out = wine("install.cmd", "/quiet", "/en", cwd=unpacked)
    assert code == 1
    assert "The tool uv does not start" in out
    assert "Step 2" not in out
    log = wine.home / "Logs" / "install.log"
    assert "--version" in log.read_text(encoding="utf-8", errors="replace")
    assert out.rstrip().endswith(r"\profile\ClientScore\Logs\install.log")
    shutil.rmtree(wine.home)


@needs_wine
def test_an_unknown_option_is_named_and_ends_with_64(wine, unpacked):
    code, out = wine("install.cmd", "/quiet", "/bogus", cwd=unpacked)
    assert code == 64
    assert "/bogus" in out
    assert "/dry-run" in out


@needs_wine
def test_started_from_within_the_zip_it_says_to_unpack_first(wine, tmp_path):
    shutil.copy(FOLDER / "install.cmd", tmp_path)
    code, out = wine("install.cmd", "/quiet", cwd=tmp_path)
    assert code == 1
    assert "unpack the whole folder first" in out


@needs_wine
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_of_the_removal_removes_and_is_gone(wine, tmp_path, language):
    mine = DRIVE / "L" / "Client Score"
    (mine / "ClientScore" / "venv").mkdir(parents=True)
    (mine / "ClientScore" / "venv" / "python.exe").touch()
    (mine / "portfolio.xlsx").touch()
    script = tmp_path / "remove.cmd"
    text = removal_script([PureWindowsPath(r"C:\L\Client Score\ClientScore")], catalogue(language))
    script.write_bytes(text.encode())
    wine("remove.cmd", cwd=tmp_path)
    assert [path.name for path in mine.iterdir()] == ["portfolio.xlsx"]
    assert not script.exists()
    shutil.rmtree(mine)
