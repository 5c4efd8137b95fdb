"""Draws the paragraphs that parity and speed are measured on, as JSON lines {"paragraphs": [...]}, one document a line.

usage: parity_corpus.py SHARED OUT [WORDS]

SHARED is the benchmark folder; without it the sample sentences of the crate's tests are drawn instead. The draw is the same every
time: documents are taken in the order of a hash of their text, each source in turn, until there are WORDS words (60,000).
"""

import hashlib
import json
import pathlib
import re
import sys


def documents(shared):
    """Yields (source, text)."""
    bench = shared / "bench"
    lines = lambda path: map(json.loads, path.open(encoding="utf-8")) if path.exists() else ()
    for incident in lines(bench / "gva/dev.jsonl"):
        for report in incident["reports"]:
            yield "gva", report["text"]
    for name in ("X_train.json", "X_val.json"):
        path = bench / "cis530p" / name
        if path.exists():
            for report in json.loads(path.read_text(encoding="utf-8")):
                yield "cis530p", report["text"]
    for path in sorted(bench.glob("polnear/*/text/*.txt")):
        yield "polnear", path.read_text(encoding="utf-8", errors="replace")
    for path in sorted(bench.glob("tempeval/**/*.tml")):
        found = re.search("<TEXT>(.*?)</TEXT>", path.read_text(encoding="utf-8", errors="replace"), re.S)
        if found:
            yield "tempeval", re.sub("<[^>]*>", "", found[1]).strip()
    for path in sorted(bench.glob("geo/*.xml")):
        for found in re.finditer(r"<text><!\[CDATA\[(.*?)\]\]>", path.read_text(encoding="utf-8"), re.S):
            yield "geo", found[1]
    for incident in lines(bench / "airwars/gaza.dev.jsonl"):
        yield "airwars", "\n".join(incident["assessment"])
    for path in sorted(shared.glob("cases/*/report-*.txt")):
        yield "case", path.read_text(encoding="utf-8")


def paragraphs(source, text):
    """Splits at line ends; at blank lines where lines are wrapped by hand, so that tokens hold line ends too."""
    parts = re.split(r"\n\s*\n", text) if source == "tempeval" else text.split("\n")
    return [part for part in parts if part.strip()]


def main():
    shared, out = map(pathlib.Path, sys.argv[1:3])
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 60_000
    sources = {}
    for source, text in documents(shared):
        sources.setdefault(source, []).append(text)
    if not sources:
        golden = pathlib.Path(__file__).parent.parent / "crates/language/tests/golden.json"
        print(f"skipped: no benchmark in {shared}; using the {golden.name} sentences", file=sys.stderr)
        sources["golden"] = [entry["text"] for entry in json.loads(golden.read_text(encoding="utf-8"))]
    for texts in sources.values():
        texts.sort(key=lambda text: hashlib.sha256(text.encode()).digest())
    words = 0
    with out.open("w", encoding="utf-8") as file:
        for at in range(max(map(len, sources.values()))):
            for source, texts in sources.items():
                if at < len(texts) and (words < wanted or source == "case"):
                    parts = paragraphs(source, texts[at])
                    words += sum(len(part.split()) for part in parts)
                    file.write(json.dumps({"source": source, "paragraphs": parts}, ensure_ascii=False) + "\n")


main()
