#!/bin/sh
# Prints how far our parse agrees with Python spaCy's on the same weights, and our encoder with the `tokenizers` package and the
# published weights. `--misses` lists what differs.
# CROSSBEARING_PARITY_PYTHON names a Python that has what parity-requirements.txt lists; else one is made in .parity/venv.
# CROSSBEARING_SHARED is the benchmark folder (default ../shared); without it the sample sentences of the tests are compared.
set -eu
cd "$(dirname "$0")/.."
. scripts/parity_env.sh
"$python" scripts/parity_corpus.py "$shared" "$work/corpus.jsonl" "${CROSSBEARING_PARITY_WORDS:-60000}"
cargo build --quiet --release -p crossbearing-language --example corpus
cargo build --quiet --release -p crossbearing-encoder --example encode
"$built/examples/corpus" "$model" "$work/corpus.jsonl" >"$work/ours.jsonl"
good=0
"$python" scripts/parity.py "$work/corpus.jsonl" "$work/ours.jsonl" "$@" || good=1
echo
"$python" scripts/parity_encoder.py "$built/examples/encode" "$data/minilm-l6.bin" "$data/wheels" "$work/corpus.jsonl" "$work" "$@" || good=1
exit $good
