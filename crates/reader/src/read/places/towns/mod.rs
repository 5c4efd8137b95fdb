//! Mentions of towns: every name that a report may put its happening in, with what its words say of it.
//!
//! What comes in: spots with their records, those that were dropped as doubtful, streets and sites. What goes out:
//! [`TownMention`]s in order: plain names, names inside those of bodies ("Darmuk Police"), names inside sites ("Darmuk
//! prison"), quarters and counties. It weighs nothing; `claims` chooses.

mod doubtful;
mod mention;
mod names;

use language::Doc;

use super::{
    fold::fold,
    gazetteer::{Gazetteer, RecordKind},
    spot::{Use, capital},
    town::Towns,
};
use doubtful::{begins_longer_name, ends_longer_name, likeliest, may_be_name};
use mention::{Finder, Without, country};

pub(super) use mention::Found;

/// Doubtful names looked at in one text, at most.
const DOUBTFUL: usize = 400;

/// Points of evidence below which a doubtful name is no place at all.
const LEAST: i32 = -14;

/// Collects the towns of a text.
pub(super) fn towns(doc: &Doc, gazetteer: &Gazetteer, found: &Found<'_>) -> Towns {
    let mut out = Towns {
        country: country(gazetteer, found, None),
        ..Towns::default()
    };
    let mut finder = Finder {
        doc,
        gazetteer,
        found,
        country: out.country.as_deref(),
        without: Without::default(),
    };
    for (i, spot) in found.spots.iter().enumerate() {
        if spot.used == Use::People {
            continue;
        }
        let known = found.resolved.records[i].and_then(|id| Some((id, gazetteer.record(id)?)));
        if let Some((id, record)) = known
            && record.kind == RecordKind::Region
        {
            *out.regions.entry(id).or_default() += 1;
        }
        let tied = found.resolved.ties[i].is_some();
        out.mentions.extend(finder.mention(spot, known, tied));
    }
    for spot in found.doubtful.iter().take(DOUBTFUL) {
        if spot.score < LEAST
            || spot.used == Use::People
            || !may_be_name(doc, spot)
            || ends_longer_name(doc, spot)
            || begins_longer_name(doc, spot)
        {
            continue;
        }
        let known = likeliest(gazetteer, spot, &out.regions, out.country.as_deref());
        if known.is_none() {
            continue;
        }
        if let Some(mut found) = finder.mention(spot, known, false) {
            found.doubtful = true;
            out.mentions.push(found);
        }
    }
    out.mentions
        .sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
    let mut end = 0;
    out.mentions.retain(|mention| {
        let keep = mention.tokens.start >= end;
        if keep {
            end = mention.tokens.end;
        }
        keep
    });
    out
}

/// What names a town, whatever its case and marks.
pub fn town_key(name: &str) -> String {
    fold(name)
}

/// Whether a token begins with a capital.
pub fn begins_with_capital(token: language::Token<'_>) -> bool {
    capital(token)
}
