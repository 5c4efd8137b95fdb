#!/bin/sh
# Times Python spaCy and ours on the same texts, then the whole reader against the engine alone, then the encoder. Takes the same variables as parity.sh; CROSSBEARING_BENCH_ROUNDS is 3.
set -eu
cd "$(dirname "$0")/.."
. scripts/parity_env.sh
"$python" scripts/parity_corpus.py "$shared" "$work/corpus.jsonl" "${CROSSBEARING_PARITY_WORDS:-60000}"
"$python" scripts/parity_corpus.py "$shared" "$work/long.jsonl" 240000
cargo build --quiet --release -p crossbearing-language --example bench
"$python" scripts/bench.py "$built/examples/bench" "$model" "$work/corpus.jsonl" "$work/long.jsonl" \
    "${CROSSBEARING_BENCH_ROUNDS:-3}"
cargo build --quiet --release -p crossbearing-reader --example reader_bench
"$built/examples/reader_bench" "$data" "$work/corpus.jsonl" | "$python" scripts/bench_reader.py
cargo build --quiet --release -p crossbearing-encoder --example encoder_bench
"$built/examples/encoder_bench" "$data/minilm-l6.bin"
