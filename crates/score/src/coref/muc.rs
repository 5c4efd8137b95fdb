//! MUC-4 in the five-role form: one JSON object a line, `doctext` in lower case and `templates` of roles with strings
//! and their first byte.

use std::{collections::BTreeMap, ops::Range};

use serde::Deserialize;
use serde_json::Value;

use super::{
    item::{Entity, Item},
    recase::is_named,
};

#[derive(Deserialize)]
struct Row {
    docid: String,
    doctext: String,
    templates: Vec<BTreeMap<String, Value>>,
}

/// Roles whose fillers are persons or bodies.
const ROLES: [&str; 3] = ["PerpInd", "PerpOrg", "Victim"];

/// The item of a row.
pub fn items(row: Value) -> Result<Vec<Item>, String> {
    let row: Row = serde_json::from_value(row).map_err(|error| error.to_string())?;
    let (text, starts) = paragraphs(&row.doctext);
    let mut entities: Vec<Entity> = Vec::new();
    let mut apart = Vec::new();
    for template in &row.templates {
        for role in ROLES {
            let fillers: Vec<Vec<(String, usize)>> = match template.get(role) {
                Some(value) => {
                    serde_json::from_value(value.clone()).map_err(|error| error.to_string())?
                }
                None => Vec::new(),
            };
            let mut here: Vec<usize> = Vec::new();
            for filler in fillers {
                let mentions = filler
                    .iter()
                    .filter_map(|(words, at)| place(&text, &starts, words, *at))
                    .collect();
                if let Some(entity) = enlist(&mut entities, role, mentions)
                    && !here.contains(&entity)
                {
                    here.push(entity);
                }
            }
            for (at, &a) in here.iter().enumerate() {
                apart.extend(here[at + 1..].iter().map(|&b| (a.min(b), a.max(b))));
            }
        }
    }
    apart.sort_unstable();
    apart.dedup();
    for entity in &mut entities {
        entity.mentions = longest(std::mem::take(&mut entity.mentions));
        entity.named = entity.role == "PerpOrg"
            && entity
                .mentions
                .iter()
                .any(|range| is_named(&text[range.clone()]));
    }
    Ok(vec![Item {
        name: row.docid,
        text,
        lower: true,
        entities,
        apart,
    }])
}

/// The text with a line a paragraph (the file runs them together with four blanks), and for each character of the file
/// its byte there.
fn paragraphs(doctext: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(doctext.len());
    let mut starts = Vec::with_capacity(doctext.len());
    let mut blanks = 0;
    for c in doctext.chars() {
        starts.push(text.len());
        blanks = if c == ' ' { blanks + 1 } else { 0 };
        text.push(if blanks == 4 { '\n' } else { c });
    }
    (text, starts)
}

/// Bytes of a string at its place, or of its first occurrence where the place is off.
fn place(text: &str, starts: &[usize], words: &str, at: usize) -> Option<Range<usize>> {
    let start = starts
        .get(at)
        .copied()
        .filter(|&start| text[start..].starts_with(words))
        .or_else(|| text.find(words))?;
    (!words.is_empty()).then(|| start..start + words.len())
}

/// Adds the mentions to the entity of that role which has one of them, else makes a new one.
fn enlist(entities: &mut Vec<Entity>, role: &str, mentions: Vec<Range<usize>>) -> Option<usize> {
    let first = mentions.first()?;
    let known = entities
        .iter()
        .position(|entity| entity.role == role && entity.mentions.contains(first));
    let at = known.unwrap_or_else(|| {
        entities.push(Entity {
            role: role.to_owned(),
            ..Entity::default()
        });
        entities.len() - 1
    });
    for mention in mentions {
        if !entities[at].mentions.contains(&mention) {
            entities[at].mentions.push(mention);
        }
    }
    Some(at)
}

/// The mentions in order of the text, of those that share a byte only the longest.
fn longest(mut mentions: Vec<Range<usize>>) -> Vec<Range<usize>> {
    mentions.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
    let mut out: Vec<Range<usize>> = Vec::new();
    for mention in mentions {
        if out
            .iter()
            .all(|other| mention.end <= other.start || other.end <= mention.start)
        {
            out.push(mention);
        }
    }
    out.sort_by_key(|range| range.start);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_one_filler_are_one_entity() {
        let row = serde_json::json!({
            "docid": "1",
            "doctext": "the lake front (lf) fled.    lf rebels, the rebel band of orsk, shot two men.",
            "templates": [{
                "incident_type": "attack",
                "PerpInd": [[["rebels", 32], ["the rebel band", 40], ["rebel band", 44]], [["men", 73]]],
                "PerpOrg": [[["lake front", 4], ["lf", 16]]],
                "Victim": [],
            }, {
                "incident_type": "attack",
                "PerpInd": [[["rebels", 32]]],
            }],
        });
        let items = items(row).unwrap();
        let item = &items[0];
        let said: Vec<(&str, Vec<&str>)> = item
            .entities
            .iter()
            .map(|entity| {
                let words = entity
                    .mentions
                    .iter()
                    .map(|range| &item.text[range.clone()]);
                (entity.role.as_str(), words.collect())
            })
            .collect();
        assert_eq!(
            said,
            [
                ("PerpInd", vec!["rebels", "the rebel band"]),
                ("PerpInd", vec!["men"]),
                ("PerpOrg", vec!["lake front", "lf"]),
            ]
        );
        assert_eq!(item.apart, [(0, 1)]);
        assert_eq!(item.text.lines().count(), 2);
    }
}
