#!/usr/bin/env bash
# What leaves a casebook, read by validators and readers that others wrote.
#
#   exports.sh install              makes a Python environment of them (Debian, as root: installs what one is built with)
#   exports.sh test PROGRAM [NAME]  exports a casebook of the samples in every format and reads the files
#
# The environment lies in CROSSBEARING_DATA, else XDG_DATA_HOME/crossbearing, else ~/.local/share/crossbearing, and is
# made anew when its two lists of packages change.
set -euo pipefail
cd "$(dirname "$0")/.."

data="${CROSSBEARING_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crossbearing}"
own="$data/exports"
python="$own/bin/python"
lists=(data/requirements-exports.txt data/requirements-exports-source.txt)

install() {
    if [ -e "$own/made" ] && cat "${lists[@]}" | cmp -s - "$own/made"; then return; fi
    # FollowTheMoney folds names by ICU, which comes as source.
    if ! pkg-config --exists icu-i18n 2>/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends libicu-dev pkg-config g++ \
            >/dev/null 2>&1 || true
    fi
    if ! pkg-config --exists icu-i18n 2>/dev/null; then
        echo "error: the ICU library cannot be built against" >&2
        echo "  hint: apt-get install libicu-dev pkg-config g++ (or your system's packages of those names)" >&2
        exit 1
    fi
    rm -rf "$own"
    mkdir -p "$data"
    "${PYTHON:-python3}" -m venv "$own"
    pip=("$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes)
    "${pip[@]}" --only-binary=:all: -r "${lists[0]}"
    "${pip[@]}" --no-binary=:all: --no-build-isolation -r "${lists[1]}"
    cat "${lists[@]}" > "$own/made"
}

case "${1:-}" in
    install) install ;;
    test)
        install
        program=$(realpath "$2")
        shift 2
        exec "$python" -B crates/casebook/tests/exports/test.py "$program" ${1:+Exported.$1}
        ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
