"""Documents of spaCy: each quote is one span, character for character."""

from __future__ import annotations

from pathlib import Path

import spacy
from conftest import INCIDENTS, reports
from spacy.tokens import DocBin

import crossbearing
from crossbearing import nlp

ODD = "😀 قُتِلَ e\u0301  At least 12-year-olds: 12killed?\n\n“Al-Amal”, at least 30-strong; 12 people were killed, police said."


def test_every_quote_is_a_span(tmp_path: Path) -> None:
    readings = crossbearing.read([path for folder in INCIDENTS for path in reports(folder)] + [ODD])
    path = tmp_path / "claims.spacy"
    nlp.docbin(readings).to_disk(path)
    blank = spacy.blank("en")
    docs = {doc.user_data["report"]: doc for doc in DocBin().from_disk(path).get_docs(blank.vocab)}
    assert len(docs) == len(readings)
    spans = 0
    for reading in readings:
        doc = docs[reading.id]
        assert doc.text == reading.text
        quotes = [(claim, quote) for claim in reading.claims for quote in claim["quotes"]]
        own = doc.spans["claims"]
        assert len(own) == len(quotes)
        for span, (claim, quote) in zip(own, quotes):
            assert (span.text, span.label_, span.id_) == (quote["exact"], claim["slot"], claim["id"])
            assert doc.char_span(quote["start"], quote["end"], alignment_mode="strict") is not None
            spans += 1
    assert spans > 100


def test_a_dossier_gives_the_documents_of_its_reports() -> None:
    made = crossbearing.dossier(reports(INCIDENTS[0]))
    docs = list(nlp.docs([made]))
    assert len(docs) == len(reports(INCIDENTS[0]))
    assert {span.id_ for doc in docs for span in doc.spans["claims"]} == {claim["id"] for claim in made.claims}
