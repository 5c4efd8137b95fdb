//! Whole expressions of place: a name with what holds it, a site with its city, an address with its town.
//!
//! What comes in: spots with their records, sites, addresses. What goes out: [`PlaceMention`]s, in order, never
//! overlapping. A site with no place beside it takes one from its sentence, from an earlier mention of the same site,
//! or from the town the text is about.

mod held;
mod nearby;
mod qualify;
mod sites;
mod span;
mod streets;

use std::ops::Range;

use language::Doc;
use model::Place;

use self::span::place_spans;
use super::{
    PlaceMention,
    address::addresses,
    gazetteer::Gazetteer,
    resolve::Resolved,
    sites::{SiteSpot, sites as site_spots},
    spot::{Spot, Use},
};

/// Sites and streets of a text, before anything holds them.
pub(super) struct Parts {
    pub sites: Vec<SiteSpot>,
    pub streets: Vec<Range<usize>>,
}

impl Parts {
    /// Finds them.
    pub fn of(doc: &Doc, spots: &[Spot]) -> Self {
        let mut place = vec![false; doc.len()];
        let mut people = vec![false; doc.len()];
        for spot in spots {
            for i in spot.tokens.clone() {
                if spot.used == Use::People {
                    people[i] = true;
                } else {
                    place[i] = true;
                }
            }
        }
        Self {
            sites: site_spots(doc, &place, &people),
            streets: addresses(doc),
        }
    }
}

/// Composes the mentions of a text.
pub(super) fn compose(
    doc: &Doc,
    gazetteer: &Gazetteer,
    spots: &[Spot],
    resolved: &Resolved,
    parts: &Parts,
) -> Vec<PlaceMention> {
    let spans = place_spans(doc, gazetteer, spots, resolved);
    let home = nearby::home(&spans);
    let mut out: Vec<PlaceMention> = Vec::new();
    let mut used = vec![false; spans.len()];
    sites::put_sites(doc, &parts.sites, &spans, home, &mut used, &mut out);
    streets::put_addresses(doc, &parts.streets, &spans, home, &mut used, &mut out);
    for (span, used) in spans.iter().zip(used) {
        if !used && span.fit && span.used == Use::Plain {
            out.push(PlaceMention {
                tokens: span.tokens.clone(),
                place: Place {
                    words: doc.slice(span.tokens.clone()).to_owned(),
                    ..span.place.clone()
                },
            });
        }
    }
    out.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    let mut end = 0;
    out.retain(|mention| {
        let keep = mention.tokens.start >= end;
        if keep {
            end = mention.tokens.end;
        }
        keep
    });
    out
}
