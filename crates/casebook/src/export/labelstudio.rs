//! Tasks of Label Studio: the text of a report with the claims that were read from it, to be looked at and corrected
//! there. `review labelstudio` takes the corrections back.
//!
//! Source: Label Studio, "Import pre-annotated data". Positions count Unicode code points, as Label Studio counts them
//! since 2022 (label-studio-frontend, pull request 308). What a claim says stands in a field of its region.

use std::io::{self, Write};

use model::{Claim, Dossier, ReportCard, Text, Texts};
use serde_json::{Value, json};

use super::{
    format::{Format, Sink},
    json::Around,
};

/// The format.
pub(super) const LABELSTUDIO: Format = Format {
    name: "labelstudio",
    ending: "json",
    texts: true,
    about: "tasks of Label Studio, one a report of an incident: its text with the claims read from it, to \
            correct there (labels: `docs/labelstudio.xml`; `review labelstudio` takes the corrections back)",
    columns: || Vec::new(),
    open: |_, out| open(out),
};

const LIST: Around = Around {
    before: "[\n",
    between: ",\n",
    after: "\n]\n",
};

struct Tasks<'a> {
    out: &'a mut dyn Write,
    any: bool,
}

fn open<'a>(out: &'a mut dyn Write) -> io::Result<Box<dyn Sink + 'a>> {
    out.write_all(LIST.before.as_bytes())?;
    Ok(Box::new(Tasks { out, any: false }))
}

impl Sink for Tasks<'_> {
    /// Without texts there is nothing to label.
    fn put(&mut self, _: &Dossier) -> io::Result<()> {
        Ok(())
    }

    fn put_with(&mut self, dossier: &Dossier, texts: &Texts) -> io::Result<()> {
        for card in &dossier.reports {
            let Some(text) = texts.get(&card.report.text) else {
                continue;
            };
            if std::mem::replace(&mut self.any, true) {
                self.out.write_all(LIST.between.as_bytes())?;
            }
            serde_json::to_writer(&mut *self.out, &task(dossier, card, text))?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(LIST.after.as_bytes())
    }
}

fn task(dossier: &Dossier, card: &ReportCard, text: &Text) -> Value {
    let report = &card.report;
    let all = dossier.claims.iter().chain(&dossier.background);
    let own: Vec<&Claim> = all
        .filter(|it| it.report == report.id && it.quote().text == *text.id())
        .collect();
    // By these whoever takes corrections back knows a region that was taken out from a claim that came later.
    let claims: Vec<&str> = own.iter().map(|it| it.id.as_str()).collect();
    let regions: Vec<Value> = own.iter().flat_map(|it| regions(it)).collect();
    json!({
        "data": {
            "text": text.as_str(),
            "report": report.id.as_str(),
            "case": dossier.incident.case.as_str(),
            "incident": dossier.incident.title,
            "outlet": report.source.name,
            "headline": report.title,
            "claims": claims,
        },
        "predictions": [{
            "model_version": own.first().map(|it| it.reader.as_str()).unwrap_or_default(),
            "result": regions,
        }],
    })
}

/// The words of a claim under the name of its slot, and what it says beside them.
fn regions(claim: &Claim) -> [Value; 2] {
    let (quote, id) = (claim.quote(), claim.id.as_str().replace(':', "-"));
    let (start, end) = (quote.start, quote.end);
    [
        json!({
            "id": id, "from_name": "claim", "to_name": "text", "type": "labels",
            "value": {"start": start, "end": end, "text": quote.exact, "labels": [claim.slot.name()]},
        }),
        json!({
            "id": id, "from_name": "value", "to_name": "text", "type": "textarea",
            "value": {"start": start, "end": end, "text": [claim.value.label()]},
        }),
    ]
}

#[cfg(test)]
mod tests {
    use model::Slot;

    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn every_claim_has_a_region_in_the_text() {
        let (market, texts) = fixture::market();
        let mut out = Vec::new();
        {
            let mut sink = (LABELSTUDIO.open)(Options::default(), &mut out).unwrap();
            sink.put_with(&market, &texts).unwrap();
            sink.end().unwrap();
        }
        let tasks: Value = serde_json::from_slice(&out).unwrap();
        let mut regions = 0;
        for task in tasks.as_array().unwrap() {
            let text: Vec<char> = task["data"]["text"].as_str().unwrap().chars().collect();
            for region in task["predictions"][0]["result"].as_array().unwrap() {
                let at = |name: &str| region["value"][name].as_u64().unwrap() as usize;
                let words: String = text[at("start")..at("end")].iter().collect();
                if region["type"] == "labels" {
                    regions += 1;
                    assert_eq!(region["value"]["text"], words);
                }
            }
        }
        assert!(regions > 3 && regions <= market.claims.len() + market.background.len());
    }

    #[test]
    fn the_labels_are_all_slots() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/labelstudio.xml");
        let page = std::fs::read_to_string(path).unwrap();
        for slot in Slot::ALL {
            assert!(page.contains(&format!("value=\"{slot}\"")), "{slot}");
        }
        assert_eq!(page.matches("<Label ").count(), Slot::ALL.len());
    }
}
