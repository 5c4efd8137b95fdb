# Sourced by parity.sh and bench.sh: sets python, shared, model, built and work.
shared="${CROSSBEARING_SHARED:-../shared}"
data="${CROSSBEARING_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crossbearing}"
model="$data/en_core_web_sm-3.8.0.bin"
built="${CARGO_TARGET_DIR:-target}/release"
work=.parity
if [ ! -f "$model" ]; then
    echo "no prepared model at $model; hint: run \`crossbearing prepare\`" >&2
    exit 1
fi
mkdir -p "$work"
if [ -n "${CROSSBEARING_PARITY_PYTHON:-}" ]; then
    python="$CROSSBEARING_PARITY_PYTHON"
else
    python="$work/venv/bin/python"
    # Made anew when the requirements change.
    if ! cmp -s scripts/parity-requirements.txt "$work/venv/requirements.txt"; then
        echo "making $work/venv" >&2
        rm -rf "$work/venv"
        python3 -m venv "$work/venv"
        "$python" -m pip install --quiet --disable-pip-version-check -r scripts/parity-requirements.txt
        cp scripts/parity-requirements.txt "$work/venv/requirements.txt"
    fi
fi
# One core each: spaCy's matrix library must not take more.
export OMP_NUM_THREADS=1 BLIS_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
