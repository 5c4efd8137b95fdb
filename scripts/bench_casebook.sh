#!/bin/sh
# Times a casebook: adding beside sqlite-utils, finding, ten reports added to many, the desk beside Datasette, a day of the
# world's news; and kills desks under load.
# CROSSBEARING_BENCH_REPORTS is 100000, CROSSBEARING_BENCH_NEWS is 20000 (records of the web archive),
# CROSSBEARING_BENCH_MINUTES of load is 10.
set -eu
cd "$(dirname "$0")/.."
. scripts/parity_env.sh
reports="${CROSSBEARING_BENCH_REPORTS:-100000}"
folder="$work/casebook"
rm -rf "$folder"
mkdir -p "$folder"
cargo build --quiet --release -p crossbearing -p crossbearing-store -p crossbearing-score -p crossbearing-desk --bins \
    --example load --example bench_casebook --example ask
echo "== Adding, and finding among $reports generated reports of 3 kB; sqlite-utils inserts the same with FTS"
"$built/examples/load" "$folder/load" "$reports" --lines "$folder/load.jsonl" > "$folder/load.txt"
"$python" scripts/bench_casebook.py peer "$folder/load.jsonl" "$folder/peer.db" "$folder/load.txt"
rm -rf "$folder/load" "$folder/load.jsonl" "$folder/peer.db"
echo "== 3,000 reports read, linked, reconciled and written: on one core, on all"
for threads in 1 0; do
    RAYON_NUM_THREADS=$threads "$built/examples/bench_casebook" "$shared/bench/gva/dev.jsonl" \
        --folder "$folder/small" --size 3000 --first 3000 > "$folder/small-$threads.txt"
done
"$python" scripts/bench_casebook.py share "$folder/small-1.txt" "$folder/small-0.txt"
rm -rf "$folder/small"
echo "== Ten reports added to $reports that are linked; list and show"
"$built/examples/bench_casebook" "$shared/bench/gva/dev.jsonl" --keep "$folder/readings.jsonl" \
    --folder "$folder/large" --size "$reports" --first "$((reports - 100))" --batch 10 --most 10
echo "== The desk on them, $(nproc) cores, 32 connections; Datasette serves rows of the same file"
"$python" scripts/bench_desk.py "$built/crossbearing" "$built/examples/ask" "$folder/large"
rm -rf "$folder/large"
minutes="${CROSSBEARING_BENCH_MINUTES:-10}"
echo "== $minutes minutes of mixed load with decisions, servers killed ten times; the same on PostgreSQL with two servers"
"$python" scripts/bench_kill.py "$built/crossbearing" "$folder/kill" "$minutes" 10
scripts/postgres.sh install
scripts/postgres.sh with "$python" scripts/bench_kill.py "$built/crossbearing" "$folder/kill2" "$minutes" 10 postgres
rm -rf "$folder/kill" "$folder/kill2"
echo "== A day of the world's news"
"$python" scripts/bench_casebook.py news "$built/crossbearing" "$folder" "${CROSSBEARING_BENCH_NEWS:-20000}"
