"""Readings and dossiers as documents of spaCy: texts with their claims as spans.

The spans stand in ``doc.spans["claims"]``: the label is the slot, the id is the claim's. A quote may begin or end
within what a tokenizer takes for one word ("30-strong", "Al-Amal"): the word is cut there, so that every quote is
exactly one span and its characters are those of the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ._core import Dossier, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin


def docs(sources: Iterable[Dossier | Reading], nlp: Language | None = None) -> Iterator[Doc]:
    """A document for each report of readings or dossiers; ``nlp`` gives the tokenizer, an English one if none."""
    import spacy

    nlp = nlp or spacy.blank("en")
    for source in sources:
        for report, text, claims in _texts(source):
            yield _doc(nlp, report, text, claims)


def docbin(sources: Iterable[Dossier | Reading], nlp: Language | None = None) -> DocBin:
    """The same as a DocBin, to train with or to keep: ``docbin(...).to_disk("claims.spacy")``."""
    from spacy.tokens import DocBin

    return DocBin(docs=docs(sources, nlp), store_user_data=True)


def _texts(source: Dossier | Reading) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    if isinstance(source, Reading):
        yield source.id, source.text, source.claims
        return
    made = source.to_dict()
    for text in made["texts"]:
        claims = [claim for claim in made["claims"] if claim["report"] == text["report"]]
        yield text["report"], text["text"], claims


def _doc(nlp: Language, report: str, text: str, claims: list[dict[str, Any]]) -> Doc:
    from spacy.tokens import Doc, Span

    quotes = [(claim, quote) for claim in claims for quote in claim["quotes"]]
    borders = {at for _, quote in quotes for at in (quote["start"], quote["end"])}
    words: list[str] = []
    spaces: list[bool] = []
    for token in nlp.make_doc(text):
        start, end = token.idx, token.idx + len(token.text)
        cuts = [start, *sorted(at for at in borders if start < at < end), end]
        for begin, stop in zip(cuts, cuts[1:]):
            words.append(text[begin:stop])
            spaces.append(stop == end and bool(token.whitespace_))
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    # The text of a document is that of its words: one character else, and all that follows would be shifted.
    assert doc.text == text
    doc.user_data["report"] = report
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    spans = [
        Span(doc, starts[quote["start"]], ends[quote["end"]], label=claim["slot"], span_id=claim["id"])
        for claim, quote in quotes
    ]
    doc.spans["claims"] = spans
    return doc
