#!/usr/bin/env bash
# The Python package: built, and tested as its users have it, installed from its wheel.
#
#   python.sh install             makes a Python environment of what builds and tests it (Debian, as root: and installs
#                                 the Java that Spark runs on)
#   python.sh wheel [DIR]         builds the wheel that ships into DIR (target/wheels)
#   python.sh test PROGRAM [...]  builds a wheel quickly, installs it, and runs its tests; PROGRAM is what its bytes are
#                                 compared with, what follows goes to pytest
#   python.sh bench PROGRAM [N]   the program beside Spark on N records of made-up news (20000), with the wheel that ships
#
# The environment lies in CROSSBEARING_DATA, else XDG_DATA_HOME/crossbearing, else ~/.local/share/crossbearing, and is
# made anew when its two lists of packages change.
set -euo pipefail
cd "$(dirname "$0")/.."

data="${CROSSBEARING_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crossbearing}"
own="$data/python"
python="$own/bin/python"
target="${CARGO_TARGET_DIR:-target}"

lists=(data/requirements-python.txt data/requirements-python-source.txt)

install() {
    if ! java -version >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq >/dev/null 2>&1 || true
        # Later releases of Debian have 21 alone, which Spark takes too.
        for java in openjdk-17-jre-headless default-jre-headless; do
            if DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$java" \
                >/dev/null 2>&1; then break; fi
        done
    fi
    if ! java -version >/dev/null 2>&1; then
        echo "error: there is no Java, which the tests of Spark run on" >&2
        echo "  hint: apt-get install openjdk-17-jre-headless (or your system's Java 17)" >&2
        exit 1
    fi
    if [ -e "$own/made" ] && cat "${lists[@]}" | cmp -s - "$own/made"; then return; fi
    rm -rf "$own"
    mkdir -p "$data"
    "${PYTHON:-python3}" -m venv "$own"
    pip=("$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes)
    "${pip[@]}" --only-binary=:all: -r "${lists[0]}"
    "${pip[@]}" --no-binary=:all: --no-build-isolation -r "${lists[1]}"
    cat "${lists[@]}" > "$own/made"
}

# Builds a wheel by profile $1 into $2, and only that.
build() {
    rm -rf "$2"
    mkdir -p "$2"
    local said="$2/said"
    VIRTUAL_ENV="$own" "$own/bin/maturin" build --locked --profile "$1" --out "$2" \
        --manifest-path crates/python/Cargo.toml > "$said" 2>&1 || { cat "$said" >&2; exit 1; }
    rm "$said"
}

case "${1:-}" in
    install) install ;;
    wheel)
        install
        to=$(realpath -m "${2:-$target/wheels}")
        build release "$to"
        ls -l "$to"
        ;;
    test)
        install
        program=$(realpath "$2")
        shift 2
        wheels=$(realpath -m "$target/tmp/wheels")
        build dev "$wheels"
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$wheels"/*.whl
        cd crates/python
        "$own/bin/mypy" --strict --no-incremental --cache-dir /dev/null python
        "$own/bin/stubtest" --concise crossbearing._core
        CROSSBEARING_PROGRAM="$program" exec "$python" -B -m pytest -q -p no:cacheprovider "$@"
        ;;
    bench)
        install
        program=$(realpath "$2")
        wheels=$(realpath -m "$target/wheels")
        build release "$wheels"
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$wheels"/*.whl
        "$python" -B scripts/bench_spark.py "$program" "$(realpath -m "$target/tmp/spark")" "${3:-20000}"
        ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
