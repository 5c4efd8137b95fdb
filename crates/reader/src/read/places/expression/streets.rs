//! Streets on a map.

use std::ops::Range;

use language::Doc;
use model::PlacePrecision;

use super::{
    held::{on, take},
    nearby::{behind, beside, lately},
    span::{PlaceSpan, coarse},
};
use crate::read::places::{PlaceMention, address::whole};

pub(super) fn put_addresses(
    doc: &Doc,
    streets: &[Range<usize>],
    spans: &[PlaceSpan],
    home: Option<usize>,
    used: &mut [bool],
    out: &mut Vec<PlaceMention>,
) {
    for street in streets.iter().cloned() {
        let mut tokens = whole(doc, &street);
        let mut span = behind(doc, spans, street.end);
        if let Some(at) = span {
            tokens.end = spans[at].tokens.end;
        }
        span = span
            .or_else(|| beside(doc, spans, &street).filter(|&at| !coarse(&spans[at].place)))
            .or(home)
            .or_else(|| lately(spans, street.start));
        take(spans, &tokens, used);
        // A site on a street: the street says where the site is, and stays an expression of its own.
        out.push(PlaceMention {
            place: on(
                span.map(|at| &spans[at].place),
                doc.slice(street).to_owned(),
                doc.slice(tokens.clone()).to_owned(),
                PlacePrecision::Street,
            ),
            tokens,
        });
    }
}
