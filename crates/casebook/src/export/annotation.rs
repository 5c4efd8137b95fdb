//! W3C Web Annotations, one a claim: where its words stand in the text of its report, and what they are read as.
//!
//! Source: W3C Recommendation "Web Annotation Data Model" (23 February 2017). A target has both selectors: the position
//! in Unicode code points, and the quote with what stands around it, by which the words are found in a text that was
//! changed. The text is named by its hash; whoever has the casebook has the text.

use model::{Claim, Dossier};
use serde_json::{Value, json};

use super::{
    format::Format,
    json::{Around, Json},
};

/// The format.
pub(super) const ANNOTATION: Format = Format {
    name: "annotation",
    ending: "jsonld",
    texts: false,
    about: "W3C Web Annotations (JSON-LD), one a claim: position and quote of its words, and what they are read as",
    columns: || Vec::new(),
    open: |_, out| Json::open(out, PAGE, annotations),
};

/// A page of annotations that holds them all.
const PAGE: Around = Around {
    before: "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[\n",
    between: ",\n",
    after: "\n]}\n",
};

fn annotations(dossier: &Dossier) -> Vec<Value> {
    let claims = dossier.claims.iter().chain(&dossier.background);
    claims.map(|claim| annotation(dossier, claim)).collect()
}

fn annotation(dossier: &Dossier, claim: &Claim) -> Value {
    let (id, case) = (claim.id.as_str(), dossier.incident.case.as_str());
    let targets: Vec<Value> = claim.quotes.iter().map(target).collect();
    let report = dossier.report(&claim.report).map(|it| &it.report);
    let says = format!("{}: {}", claim.slot.name(), claim.value.label());
    let mut body = vec![
        json!({"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": claim.slot.name()}),
        json!({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": says}),
        json!({
            "type": "TextualBody", "purpose": "describing", "format": "application/json",
            "value": serde_json::to_string(claim).unwrap_or_default(),
        }),
    ];
    // What the report is to readers elsewhere.
    if let Some(url) = report
        .and_then(|it| it.url.as_deref())
        .filter(|it| is_web(it))
    {
        body.push(json!({"id": url, "purpose": "linking"}));
    }
    json!({
        "id": format!("urn:crossbearing:{case}:{id}"),
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": format!("Crossbearing {}", claim.reader)},
        "body": body,
        "target": targets,
    })
}

fn target(quote: &model::Quote) -> Value {
    json!({
        "source": format!("urn:crossbearing:{}", quote.text.as_str()),
        "selector": [
            {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
            {"type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
        ],
    })
}

/// Whether words are an address of the web, without white space or signs that no address has.
pub(super) fn is_web(address: &str) -> bool {
    let plain = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    (address.starts_with("https://") || address.starts_with("http://"))
        && address.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export::Options, publish::fixture};

    #[test]
    fn every_claim_has_position_and_quote() {
        let market = fixture::market().0;
        let mut out = Vec::new();
        ANNOTATION
            .write(
                &[market.clone(), fixture::empty().0],
                Options::default(),
                &mut out,
            )
            .unwrap();
        let page: Value = serde_json::from_slice(&out).unwrap();
        let items = page["items"].as_array().unwrap();
        assert_eq!(items.len(), market.claims.len() + market.background.len());
        for (item, claim) in items.iter().zip(&market.claims) {
            let selectors = &item["target"][0]["selector"];
            assert_eq!(selectors[0]["start"], claim.quote().start);
            assert_eq!(selectors[1]["exact"], claim.quote().exact.as_str());
            let whole: Claim =
                serde_json::from_str(item["body"][2]["value"].as_str().unwrap()).unwrap();
            assert_eq!(&whole, claim, "nothing of a claim is lost");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_named() {
        assert!(is_web("https://outlet.example/2031/a?b=c#d"));
        for other in [
            "javascript:alert(1)",
            "https://a b",
            "file:///etc",
            "https://a\"b",
            "",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }
}
