//! A site or street with the place that holds it.

use std::ops::Range;

use model::{Place, PlacePrecision};

use super::span::{PlaceSpan, coarse, inside};

/// Marks the spans that share a token with `tokens`.
pub(super) fn take(spans: &[PlaceSpan], tokens: &Range<usize>, used: &mut [bool]) {
    let from = spans.partition_point(|span| span.tokens.end <= tokens.start);
    for (span, used) in spans.iter().zip(used).skip(from) {
        if span.tokens.start >= tokens.end {
            break;
        }
        *used = true;
    }
}

/// A site or street with the place that holds it.
pub(super) fn on(
    holder: Option<&Place>,
    site: String,
    words: String,
    precision: PlacePrecision,
) -> Place {
    let Some(holder) = holder else {
        return Place {
            id: None,
            name: site.clone(),
            site: Some(site),
            parts: Vec::new(),
            country: None,
            lat: None,
            lon: None,
            radius_m: None,
            precision,
            words,
        };
    };
    Place {
        site: Some(site),
        parts: inside(holder),
        // A site somewhere in a region is known no better than the region.
        precision: if coarse(holder) {
            holder.precision
        } else {
            precision
        },
        words,
        ..holder.clone()
    }
}
