"""The program beside Spark on the same web archives of made-up news, and what a large archive would cost.

    python bench_spark.py PROGRAM FOLDER RECORDS

Run by the Python of scripts/python.sh, with the wheel that ships installed. Prints seconds of each step of both, their
ratio, and the hours of a core that an archive of the size of Common Crawl's news crawl would take, step by step.
"""

import json
import os
import shutil
import subprocess
import sys
import time

from bench_casebook import OTHER, archive

# Records of Common Crawl's news crawl, 2016 to 2026.
ALL = 1_350_000_000
CORES = 2
FILES = 8


def program(path, folder, archives):
    """Seconds of adding, and of reading, linking and reconciling; and how many reports were read."""
    book = os.path.join(folder, "book")
    subprocess.run([path, "init", book], check=True, stdout=subprocess.DEVNULL)
    def call(*words):
        start = time.perf_counter()
        done = subprocess.run([path, *words, "--casebook", book, "--json"], check=True, capture_output=True, text=True)
        return time.perf_counter() - start, json.loads(done.stdout)

    added, told = call("add", "--in-scope", *archives)
    ran, done = call("run")
    return added, ran, told["new"], done["linked"]["incidents"]


def spark(folder, archives):
    """Seconds of the whole command, and what it told."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "crossbearing.spark", *archives, "--out", os.path.join(folder, "out"),
               "--master", f"local[{CORES}]", "--in-scope"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, json.loads(done.stdout.strip().splitlines()[-1])


def main():
    path, folder, records = sys.argv[1], sys.argv[2], int(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    archives, violent = [], 0
    for number in range(FILES):
        archives.append(os.path.join(folder, f"news-{number}.warc.gz"))
        violent += archive(archives[-1], records // FILES, number)
    print(f"{records:,} records in {FILES} archives, {violent:,} on violence, {100 - 10 * OTHER} % as in the generator")
    added, ran, read, incidents = program(path, folder, archives)
    alone = added + ran
    print(f"program: add {added:.1f} s, run {ran:.1f} s, together {alone:.1f} s; {read:,} read, {incidents:,} incidents")
    whole, told = spark(folder, archives)
    steps = told["seconds"]
    print(f"Spark local[{CORES}]: {whole:.1f} s, of it " + ", ".join(f"{name} {took:.1f}" for name, took in steps.items())
          + f"; {told['readings']:,} read, {told['incidents']:,} incidents")
    print(f"Spark over the program: {whole / alone:.2f} times the seconds")
    print(f"\n| step | ms of a core a record | core hours for {ALL / 1e9:.2f} G records |\n|---|---|---|")
    # The one task of linking uses one core.
    cores = {"documents": CORES, "readings": CORES, "incidents": 1, "dossiers": CORES}
    total = 0.0
    for name, took in steps.items():
        spent = took * cores[name] / records
        total += spent
        print(f"| {name} | {1000 * spent:.2f} | {spent * ALL / 3600:,.0f} |")
    print(f"| all | {1000 * total:.2f} | {total * ALL / 3600:,.0f} |")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
