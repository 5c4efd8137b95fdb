#!/bin/sh
# Runs every fuzz target for CROSSBEARING_FUZZ_SECONDS (60) each, from the samples as first inputs. Needs a C++ compiler; the stable
# toolchain will do: what guides the fuzzer are counters that the compiler puts in, asked for here as cargo-fuzz asks for them.
set -eu
cd "$(dirname "$0")/.."
seconds=${CROSSBEARING_FUZZ_SECONDS:-60}
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
cargo build --quiet --release --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "${CARGO_TARGET_DIR:-target}/fuzz"
for target in ${1:-extraction quantities times report}; do
    corpus=fuzz/corpus/$target
    mkdir -p "$corpus" fuzz/artifacts
    for sample in samples/*/*.txt samples/*/*.html; do
        cp "$sample" "$corpus/$(echo "$sample" | tr / -)"
    done
    echo "$target: $seconds s" >&2
    "${CARGO_TARGET_DIR:-target}/fuzz/$host/release/$target" -max_total_time="$seconds" -max_len=6000 -timeout=20 -rss_limit_mb=4096 \
        -artifact_prefix=fuzz/artifacts/ -print_final_stats=1 "$corpus" 2>&1 | grep -E "^(==|SUMMARY|stat::|thread|Done)|panicked" || true
    if ls fuzz/artifacts/crash-* fuzz/artifacts/timeout-* fuzz/artifacts/oom-* >/dev/null 2>&1; then
        echo "error: $target found an input that breaks a promise; it is in fuzz/artifacts/" >&2
        exit 1
    fi
done
