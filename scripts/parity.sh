#!/bin/sh
# Prints how far our parse agrees with Python spaCy's on the same weights. `--misses` lists what differs.
# CROSSBEARING_PARITY_PYTHON names a Python that has spaCy and the model; else one is made in .parity/venv.
# CROSSBEARING_SHARED is the benchmark folder (default ../shared); without it the sample sentences of the tests are compared.
set -eu
cd "$(dirname "$0")/.."
. scripts/parity_env.sh
"$python" scripts/parity_corpus.py "$shared" "$work/corpus.jsonl" "${CROSSBEARING_PARITY_WORDS:-60000}"
cargo build --quiet --release -p crossbearing-language --example corpus
"$built/examples/corpus" "$model" "$work/corpus.jsonl" >"$work/ours.jsonl"
"$python" scripts/parity.py "$work/corpus.jsonl" "$work/ours.jsonl" "$@"
