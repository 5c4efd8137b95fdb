//! Texts with the words of claims as spans, for spaCy: a line of JSON a report of an incident.
//!
//! Source: spaCy, `Doc.char_span` and span groups. Positions count Unicode code points, as Python counts; a span lies
//! between tokens wherever the words of its claim do.

use std::io::{self, Write};

use model::{Claim, Dossier, ReportCard, Text, Texts};
use serde_json::{Value, json};

use super::format::{Format, Sink};

/// The format.
pub(super) const SPACY: Format = Format {
    name: "spacy",
    ending: "jsonl",
    texts: true,
    about: "JSON lines for spaCy, one a report of an incident: its text, and a span a claim for \
            `doc.char_span(start, end, label)`",
    columns: || Vec::new(),
    open: |_, out| Ok(Box::new(Lines(out))),
};

struct Lines<'a>(&'a mut dyn Write);

impl Sink for Lines<'_> {
    /// Without texts there is nothing that a span could lie in.
    fn put(&mut self, _: &Dossier) -> io::Result<()> {
        Ok(())
    }

    fn put_with(&mut self, dossier: &Dossier, texts: &Texts) -> io::Result<()> {
        for card in &dossier.reports {
            if let Some(text) = texts.get(&card.report.text) {
                serde_json::to_writer(&mut *self.0, &line(dossier, card, text))?;
                self.0.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn line(dossier: &Dossier, card: &ReportCard, text: &Text) -> Value {
    let report = &card.report;
    let spans = |claims: &[Claim]| -> Vec<Value> {
        let own = claims.iter().filter(|it| it.report == report.id);
        let quotes = own.flat_map(|claim| claim.quotes.iter().map(move |quote| (claim, quote)));
        let quotes = quotes.filter(|(_, quote)| quote.text == *text.id());
        let span = |(claim, quote): (&Claim, &model::Quote)| {
            json!({
                "start": quote.start,
                "end": quote.end,
                "label": claim.slot.name(),
                "id": claim.id.as_str(),
                "value": claim.value.label(),
                "stance": claim.stance.kind,
            })
        };
        quotes.map(span).collect()
    };
    json!({
        "text": text.as_str(),
        "spans": spans(&dossier.claims),
        "background": spans(&dossier.background),
        "meta": {
            "case": dossier.incident.case.as_str(),
            "report": report.id.as_str(),
            "outlet": report.source.name,
            "headline": report.title,
            "published": report.published.as_ref().map(|it| it.start.to_string()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn every_claim_is_a_span_of_its_words() {
        let (market, texts) = fixture::market();
        let mut out = Vec::new();
        let mut sink = (SPACY.open)(Options::default(), &mut out).unwrap();
        sink.put_with(&market, &texts).unwrap();
        sink.end().unwrap();
        drop(sink);
        let mut spans = 0;
        for line in String::from_utf8(out).unwrap().lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let text: Vec<char> = line["text"].as_str().unwrap().chars().collect();
            for span in line["spans"].as_array().unwrap() {
                let at = |name: &str| span[name].as_u64().unwrap() as usize;
                let words: String = text[at("start")..at("end")].iter().collect();
                let claim = market
                    .claims
                    .iter()
                    .find(|it| it.id.as_str() == span["id"])
                    .unwrap();
                assert!(claim.quotes.iter().any(|it| it.exact == words), "{words}");
                spans += 1;
            }
        }
        let wanted: usize = market.claims.iter().map(|it| it.quotes.len()).sum();
        assert_eq!(spans, wanted);
    }
}
