#!/usr/bin/env bash
# The desk's API held to its description by Schemathesis, which asks all that it allows and much that it does not.
#
#   api.sh install        makes a Python environment
#   api.sh test PROGRAM   starts the desk on a casebook of the samples, with accounts and tokens, and asks; two minutes
#
# The environment lies in CROSSBEARING_DATA, else XDG_DATA_HOME/crossbearing, else ~/.local/share/crossbearing, and is
# made anew when data/requirements-api.txt changes.
set -euo pipefail
cd "$(dirname "$0")/.."

data="${CROSSBEARING_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crossbearing}"
own="$data/api"
python="$own/bin/python"

install() {
    if ! cmp -s data/requirements-api.txt "$own/requirements.txt"; then
        rm -rf "$own"
        mkdir -p "$data"
        "${PYTHON:-python3}" -m venv "$own"
        "$python" -m pip install --quiet --disable-pip-version-check --only-binary=:all: --require-hashes \
            -r data/requirements-api.txt
        cp data/requirements-api.txt "$own/requirements.txt"
    fi
}

command=${1:-}
case "$command" in
    install) install ;;
    test)
        install
        exec "$python" -B crates/desk/tests/api/test.py "$(realpath "$2")"
        ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
