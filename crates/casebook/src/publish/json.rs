//! A dossier as JSON: the dossier as the model has it, and the texts, so that every quote can be checked offline.
//!
//! What comes in: a dossier and its texts. What goes out: JSON that `schema/dossier-1.schema.json` describes property
//! by property. All offsets count Unicode code points. Words of reports are untouched.

use model::{Dossier, PublishedBlock, PublishedDossier, PublishedText, Texts};

/// Renders the dossier as indented JSON with a line break at its end. The same dossier gives the same bytes.
pub fn render(dossier: &Dossier, texts: &Texts) -> String {
    let published = PublishedDossier {
        dossier,
        texts: dossier
            .reports
            .iter()
            .filter_map(|card| {
                let text = texts.get(&card.report.text)?;
                Some(PublishedText {
                    id: text.id(),
                    report: &card.report.id,
                    length: text.code_points_before(text.as_str().len()),
                    blocks: blocks(text),
                    text: text.as_str(),
                })
            })
            .collect(),
    };
    // Maps have string keys and floats come out as null when not finite, so this cannot fail; were it to, an empty
    // object says more than a panic.
    let mut out = serde_json::to_string_pretty(&published).unwrap_or_else(|_| "{}".to_owned());
    out.push('\n');
    out
}

/// The blocks in code points, counted in one pass.
fn blocks(text: &model::Text) -> Vec<PublishedBlock> {
    text.blocks()
        .iter()
        .map(|block| PublishedBlock {
            start: text.code_points_before(block.span.start()),
            end: text.code_points_before(block.span.end()),
            kind: block.kind,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{fixture, schema::Schema};
    use serde_json::Value;

    const SCHEMA: &str = include_str!("../../../../schema/dossier-1.schema.json");

    fn published(made: fixture::Made) -> Value {
        serde_json::from_str(&render(&made.0, &made.1)).unwrap()
    }

    #[test]
    fn a_rendered_dossier_fits_the_schema() {
        let schema = Schema::new(SCHEMA);
        for made in [fixture::market(), fixture::empty()] {
            assert_eq!(schema.errors(&published(made)), Vec::<String>::new());
        }
    }

    #[test]
    fn the_schema_describes_every_property_and_refuses_others() {
        let schema = Schema::new(SCHEMA);
        assert_eq!(schema.undescribed(), Vec::<String>::new());
        let mut dossier = published(fixture::market());
        dossier["claims"][0]["surprise"] = true.into();
        dossier["findings"][0]["verdict"] = "settled".into();
        dossier["texts"][0]
            .as_object_mut()
            .unwrap()
            .remove("length");
        assert_eq!(schema.errors(&dossier).len(), 3);
    }

    #[test]
    fn every_quote_is_found_in_the_published_text_by_code_points() {
        let dossier = published(fixture::market());
        let texts: std::collections::BTreeMap<&str, Vec<char>> = dossier["texts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| {
                let points: Vec<char> = text["text"].as_str().unwrap().chars().collect();
                assert_eq!(text["length"], points.len());
                (text["id"].as_str().unwrap(), points)
            })
            .collect();
        let mut checked = 0;
        for claim in dossier["claims"].as_array().unwrap() {
            for quote in claim["quotes"].as_array().unwrap() {
                let points = &texts[quote["text"].as_str().unwrap()];
                let at = |key: &str| quote[key].as_u64().unwrap() as usize;
                let words: String = points[at("start")..at("end")].iter().collect();
                assert_eq!(quote["exact"], words);
                checked += 1;
            }
        }
        assert!(checked > 20);
    }

    #[test]
    fn the_dossier_reads_back_the_same() {
        let (dossier, texts) = fixture::market();
        let again: Dossier = serde_json::from_str(&render(&dossier, &texts)).unwrap();
        assert_eq!(again, dossier);
    }

    #[test]
    fn the_schema_is_of_the_models_version() {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        assert_eq!(
            schema["properties"]["schema"]["const"],
            model::SCHEMA_VERSION
        );
    }
}
