#!/bin/sh
# Installs ClientScore for the person who runs it, on macOS: a Python of its own in ~/.clientscore,
# menu entries in ~/Applications/ClientScore. Running it again repairs or updates.
#
#   sh install.sh [--dry-run] [--quiet] [--lang en|fr]
#
# Beside it lies clientscore-*.whl, or wheels/ with it and all packages; there may lie uv and python/ (an
# unpacked Python). No index is ever asked for ClientScore itself; every other package must have one of the
# hashes that ClientScore carries, and ClientScore the one that a release puts in below.
# Ends with 0: installed and well; 1: not installed; 2: installed, the doctor found a fault; 64: wrong option.
set -u

VERSION=
WHEEL_SHA256=
PYTHON_WANTED=cpython-3.12

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
self="$here/$(basename -- "$0")"
home="$HOME/.clientscore"
venv="$home/venv"
py="$venv/bin/python"
system=$(uname -s)
case "$system" in
    Darwin) logs="$HOME/Library/Logs/clientscore" ;;
    *) logs="${XDG_STATE_HOME:-$HOME/.local/state}/clientscore/log" ;;
esac
log="$logs/install.log"

dry=
quiet=
language=
wrong=
while [ $# -gt 0 ]; do
    case "$1" in
        --dry-run) dry=1 ;;
        --quiet) quiet=1 ;;
        --lang) language=${2:-}; [ $# -gt 1 ] && shift ;;
        --lang=*) language=${1#--lang=} ;;
        *) wrong=$1 ;;
    esac
    shift
done

if [ -z "$language" ]; then
    if [ "$system" = Darwin ]; then # Finder starts a Terminal without the language of the person
        spoken=$(defaults read -g AppleLanguages 2>/dev/null | tr -d ' (",\n')
    else
        spoken=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}
    fi
    case "$spoken" in fr*) language=fr ;; esac
fi
[ "$language" = fr ] || language=en

text() { # the text of a key
    if [ -f "$here/texts-$language.txt" ]; then
        sed -n "s/^$1=//p" "$here/texts-$language.txt" | tr -d '\r'
    else # they stand at the end of the one file that a release makes of all
        sed -n "s/^text-$language:$1=//p" "$self"
    fi
}

say() { printf '%s\n' "$(text "$1")"; }

fail() { # say what to do, and where the details are; $2: what the text is about
    printf '\n%s\n' "$(text "$1")"
    [ -z "${2:-}" ] || printf '%s\n' "$2"
    [ -n "$dry" ] || printf '%s %s\n' "$(text log)" "$log"
    exit 1
}

run() { # run a command into the log, or show it
    if [ -n "$dry" ]; then
        printf '    %s\n' "$*"
        return 0
    fi
    printf '\n> %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1
}

if [ -z "$(text welcome)" ]; then
    echo "Please unpack the whole folder first. / Veuillez d'abord decompresser tout le dossier."
    exit 1
fi
if [ -n "$wrong" ]; then
    printf '%s %s\n' "$(text bad_option)" "$wrong"
    say options_mac
    exit 64
fi

wheel=
for candidate in "$here"/wheels/clientscore-*.whl "$here"/clientscore-*.whl; do
    [ -f "$candidate" ] && wheel=$candidate
done

say welcome
if [ -n "$dry" ]; then
    say dry
else
    say wait
fi
[ -n "$wheel" ] || fail fail_no_wheel "clientscore-${VERSION:-*}-py3-none-any.whl"
if [ -z "$dry" ]; then
    mkdir -p "$home" "$logs" || fail fail_home "$home"
    printf '\n== ClientScore %s, %s\n' "$VERSION" "$(date)" >>"$log"
fi
cd / || exit 1

# Everything of uv stays in the home of ClientScore, and nothing of another Python gets in.
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX UV_PYTHON UV_PROJECT_ENVIRONMENT UV_SYSTEM_PYTHON
export UV_PYTHON_INSTALL_DIR="$home/python" UV_PYTHON_INSTALL_BIN=0 UV_CACHE_DIR="$home/cache"
export UV_LINK_MODE=copy UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true UV_NO_PROGRESS=1

echo
say step_uv
uv=
find_uv() {
    for candidate in "$here/uv" "$home/uv/uv" "$(command -v uv 2>/dev/null)" "$HOME/.local/bin/uv" \
        /opt/homebrew/bin/uv /usr/local/bin/uv; do
        if [ -z "$uv" ] && [ -n "$candidate" ] && [ -f "$candidate" ]; then
            uv=$candidate
        fi
    done
}
find_uv
if [ -z "$uv" ]; then
    say get_astral
    run sh -c "curl --proto '=https' --tlsv1.2 -LsSf https://astral.sh/uv/install.sh | env UV_UNMANAGED_INSTALL=\"\$0\" sh" \
        "$home/uv" || fail fail_uv
    [ -n "$dry" ] || find_uv
    [ -z "$dry" ] || uv="$home/uv/uv"
fi
[ -n "$uv" ] || fail fail_uv
# a file that came through a browser or a zip may have lost its right to run, or carry a mark of quarantine
if [ "$uv" = "$here/uv" ] && [ -z "$dry" ]; then
    chmod +x "$uv" 2>/dev/null
    [ "$system" != Darwin ] || xattr -d com.apple.quarantine "$uv" 2>/dev/null
fi
run "$uv" --version || fail fail_uv_runs "$uv"

echo
say step_python
is_good() { # whether a Python is a 64-bit one that ClientScore runs on
    [ -x "$1" ] && "$1" -I -c 'import sys; sys.exit(not (sys.maxsize > 2**32 and (3, 11) <= sys.version_info[:2] <= (3, 15)))' 2>/dev/null
}
if [ -z "$dry" ] && is_good "$py"; then
    say keep_python
else
    run rm -rf "$venv" || fail fail_busy
    if [ -d "$here/python" ]; then
        say from_folder
        run rm -rf "$home/python/own" || fail fail_busy
        run mkdir -p "$home/python" || fail fail_copy
        run cp -R "$here/python" "$home/python/own" || fail fail_copy
        own="$home/python/own/bin/python3"
        if [ -z "$dry" ]; then
            [ "$system" != Darwin ] || xattr -dr com.apple.quarantine "$home/python/own" 2>/dev/null
            is_good "$own" || fail fail_folder_python
        fi
        run "$uv" venv --no-project --python "$own" "$venv" || fail fail_folder_python
    else
        UV_PYTHON_PREFERENCE=only-managed
        export UV_PYTHON_PREFERENCE
        run "$uv" venv --no-project --python "$PYTHON_WANTED" "$venv" || fail fail_python
    fi
fi

echo
say step_packages
if [ -d "$here/wheels" ]; then
    set -- --find-links "$here/wheels" --find-links "$here"
else
    set -- --find-links "$here"
fi
if [ -n "$WHEEL_SHA256" ]; then
    if [ -z "$dry" ]; then
        mkdir -p "$home/cache" || fail fail_home "$home"
        printf 'clientscore==%s --hash=sha256:%s\n' "$VERSION" "$WHEEL_SHA256" >"$home/cache/own.txt"
    fi
    set -- "$@" --require-hashes -r "$home/cache/own.txt"
else
    set -- "$wheel"
fi
# Laid beside first: the list of the other packages is in it, and is read once it is known to be ours.
run "$uv" pip install --python "$py" --target "$home/cache/own" --reinstall --no-index --no-deps "$@" ||
    fail fail_wheel "$wheel"
list="$home/cache/own/addin/install/packages.txt"
if [ -d "$here/wheels" ]; then
    say from_wheels
    run "$uv" pip install --python "$py" --reinstall --no-index --find-links "$here/wheels" \
        --require-hashes -r "$list" || fail fail_wheels
else
    say from_index
    run "$uv" pip install --python "$py" --reinstall --only-binary :all: --require-hashes -r "$list" ||
        fail fail_packages
fi
run "$uv" pip install --python "$py" --reinstall --no-index --no-deps "$@" || fail fail_wheel "$wheel"
run rm -rf "$home/cache"
if [ "$system" = Darwin ]; then
    run "$venv/bin/xlwings" runpython install || fail fail_script
fi

echo
say step_menu
run "$py" -I -m addin.machine entries "$language" || fail fail_menu

echo
say step_doctor
result=0
if [ -n "$dry" ]; then
    run "$py" -I -m addin.cli doctor --lang "$language"
else
    "$py" -I -m addin.cli doctor --lang "$language" || result=2
fi

echo
if [ "$result" -eq 0 ]; then say "done"; else say done_faults; fi
say menu_mac
if [ -z "$quiet" ] && [ -z "$dry" ]; then
    printf '%s ' "$(text ask_new)"
    read -r answer || answer=$(text ask_no)
    case "$answer" in
        [Nn]*) ;;
        *) "$py" -I -m addin.cli start --lang "$language" || say fail_new ;;
    esac
elif [ -n "$dry" ]; then
    run "$py" -I -m addin.cli start --lang "$language"
fi
exit "$result"
