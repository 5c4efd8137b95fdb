#!/usr/bin/env bash
# The desk in a real browser: Debian's Chromium, driven by Playwright from Python.
#
#   browser.sh install              installs Chromium where there is none (Debian, as root), and a Python environment
#   browser.sh test PROGRAM [NAME]  runs the tests (one, by its name) on a casebook of the samples; leaves a picture of
#                                   every page in target/browser
#   browser.sh pictures PROGRAM     draws the pictures of the README
#
# The environment lies in CROSSBEARING_DATA, else XDG_DATA_HOME/crossbearing, else ~/.local/share/crossbearing, and is
# made anew when data/requirements-browser.txt changes.
set -euo pipefail
cd "$(dirname "$0")/.."

data="${CROSSBEARING_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crossbearing}"
own="$data/browser"
python="$own/bin/python"

found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

install() {
    if ! found >/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq >/dev/null 2>&1 || true
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core \
                >/dev/null 2>&1 || true
        fi
        if ! found >/dev/null; then
            echo "error: no Chromium is installed" >&2
            echo "  hint: apt-get install chromium (or your system's package of that name)" >&2
            exit 1
        fi
    fi
    if ! cmp -s data/requirements-browser.txt "$own/requirements.txt"; then
        rm -rf "$own"
        mkdir -p "$data"
        "${PYTHON:-python3}" -m venv "$own"
        "$python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: --require-hashes \
            -r data/requirements-browser.txt
        cp data/requirements-browser.txt "$own/requirements.txt"
    fi
}

command=${1:-}
case "$command" in
    install) install ;;
    test | pictures)
        install
        program=$(realpath "$2")
        shift 2
        CHROMIUM=$(found) exec "$python" -B "crates/desk/tests/browser/$command.py" "$program" "$@"
        ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
