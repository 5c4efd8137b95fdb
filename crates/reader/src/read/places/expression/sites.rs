//! Sites on a map: each with the place that holds it, and with the other sites that it is.

use std::ops::Range;

use language::Doc;
use model::PlacePrecision;

use super::{
    held::{on, take},
    nearby::{behind, beside, key},
    span::{PlaceSpan, coarse},
};
use crate::read::places::{PlaceMention, same_place, sites::SiteSpot, spot::Use};

/// Metres beyond which a place in a site's name is taken for what the site is called after.
const CALLED_AFTER_M: f64 = 40_000.0;

/// Towns that are looked at for it, at most.
const CALLED_AFTER_TOWNS: usize = 200;

/// Sites before and behind one that are looked through for the same one.
const SITES_BACK: usize = 200;

/// A site and the span found for it.
struct Held {
    /// Index into the spans.
    span: Option<usize>,
    /// Index of an earlier or later site of the same kind that it is.
    same: Option<usize>,
    /// Tokens of the whole expression.
    tokens: Range<usize>,
}

/// Puts the sites that are meant on the map, and marks the names that they use up.
pub(super) fn put_sites(
    doc: &Doc,
    sites: &[SiteSpot],
    spans: &[PlaceSpan],
    home: Option<usize>,
    used: &mut [bool],
    out: &mut Vec<PlaceMention>,
) {
    let mut sites = sites.to_vec();
    let mut held: Vec<Held> = sites
        .iter_mut()
        .map(|site| hold(doc, spans, site))
        .collect();
    for i in 0..sites.len() {
        held[i].same = same(doc, spans, &sites, &held, i);
    }
    for (i, site) in sites.iter().enumerate() {
        if !is_meant(doc, spans, site, &held[i]) {
            continue;
        }
        let mut span = held[i].span;
        let mut name = None;
        if let Some(same) = held[i].same {
            if span.is_none_or(|at| spans[at].used == Use::People) {
                span = span_of_same(&held, same).or(span);
            }
            if !site.named && sites[same].named {
                name = Some(doc.slice(sites[same].tokens.clone()).to_owned());
            }
        }
        let span = span.or_else(|| beside(doc, spans, &site.tokens)).or(home);
        if let Some(at) = held[i].span
            && spans[at].used != Use::People
        {
            used[at] = true;
        }
        take(spans, &held[i].tokens, used);
        let words = doc.slice(held[i].tokens.clone()).to_owned();
        let site_name = name.unwrap_or_else(|| doc.slice(site.tokens.clone()).to_owned());
        out.push(PlaceMention {
            tokens: held[i].tokens.clone(),
            place: on(
                span.map(|at| &spans[at].place),
                site_name,
                words,
                PlacePrecision::Site,
            ),
        });
    }
}

/// The place beside a site that holds it: behind it, or "Darmuk prison", "the Darmuk prison break", "Darmuk's central
/// prison", "a Harnoki prison".
fn hold(doc: &Doc, spans: &[PlaceSpan], site: &mut SiteSpot) -> Held {
    let mut tokens = site.tokens.clone();
    let mut span = behind(doc, spans, site.tokens.end);
    if let Some(at) = span {
        tokens.end = spans[at].tokens.end;
    }
    let from = spans.partition_point(|span| span.tokens.end + 1 < site.tokens.start);
    for (at, candidate) in spans.iter().enumerate().skip(from) {
        if candidate.tokens.start >= site.head {
            break;
        }
        let inside = candidate.tokens.start >= site.tokens.start;
        let owner = candidate.tokens.end <= site.tokens.start
            && (candidate.tokens.end..site.tokens.start).all(|t| doc.token(t).tag() == "POS")
            && (candidate.used == Use::People || candidate.tokens.end < site.tokens.start);
        // "Jerusalem Hospital" in a text about another town is called after it, and lies elsewhere.
        if inside && candidate.used != Use::People && called_after(spans, at) {
            site.named = true;
            continue;
        }
        if (inside || owner) && candidate.fit {
            // "the Velisk camp in the Low Hills": the finer of the two holds it.
            let finer = |at: usize| !coarse(&candidate.place) && coarse(&spans[at].place);
            if span.is_none_or(|at| at < spans.len() && candidate.used != Use::People && finer(at))
            {
                span = Some(at);
            }
            tokens.start = tokens.start.min(candidate.tokens.start);
        }
    }
    Held {
        span,
        same: None,
        tokens,
    }
}

/// Another site that a site is: "the prison", "Tuwayrin jail" again. The nearest before it, else behind it.
fn same(
    doc: &Doc,
    spans: &[PlaceSpan],
    sites: &[SiteSpot],
    held: &[Held],
    i: usize,
) -> Option<usize> {
    let placed = |i: usize| held[i].span.is_some_and(|at| spans[at].used != Use::People);
    let site = &sites[i];
    if placed(i) || !(site.named || site.definite || site.modifier) {
        return None;
    }
    let fits = |j: usize| {
        j != i
            && sites[j].kind == site.kind
            && (placed(j) || sites[j].named && !site.named)
            && (!(site.named && sites[j].named) || alike(doc, site, &sites[j]))
            && match (held[i].span, held[j].span) {
                // "a Harnoki prison" is none of another country.
                (Some(a), Some(b)) => spans[a].place.country == spans[b].place.country,
                _ => true,
            }
    };
    (i.saturating_sub(SITES_BACK)..i)
        .rev()
        .find(|&j| fits(j))
        .or_else(|| (i + 1..sites.len().min(i + SITES_BACK)).find(|&j| fits(j)))
}

/// Whether a site of its own is meant: not so "in prison", "hospital officials".
fn is_meant(doc: &Doc, spans: &[PlaceSpan], site: &SiteSpot, held: &Held) -> bool {
    let pair = doc.slice(site.tokens.clone()).contains(' ');
    let known = held.span.is_some();
    let told = site.named
        || known
        || site.definite && held.same.is_some()
        || (site.definite || site.indefinite) && !site.modifier && pair;
    let only_modifier = site.modifier
        && !site.named
        && !(known && place_inside(spans, held, site))
        && held.same.is_none();
    told && !only_modifier
}

/// The place that a site is known by through another, or through what that one is in turn, a few steps on.
fn span_of_same(held: &[Held], same: usize) -> Option<usize> {
    let mut other = same;
    for _ in 0..4 {
        match (held[other].span, held[other].same) {
            (None, Some(next)) => other = next,
            _ => break,
        }
    }
    held[other].span
}

/// Whether the place in a site's name is far from every town the text names, and itself named nowhere else.
fn called_after(spans: &[PlaceSpan], at: usize) -> bool {
    let place = &spans[at].place;
    let mut towns = spans
        .iter()
        .enumerate()
        .filter(|(i, span)| *i != at && span.used == Use::Plain && span.fit && !coarse(&span.place))
        .take(CALLED_AFTER_TOWNS)
        .map(|(_, span)| &span.place)
        .filter(|town| town.lat.is_some() && key(town) != key(place))
        .peekable();
    towns.peek().is_some()
        && towns.all(|town| {
            place
                .distance_m(town)
                .is_some_and(|metres| metres > CALLED_AFTER_M)
        })
        && !spans
            .iter()
            .take(CALLED_AFTER_TOWNS)
            .enumerate()
            .any(|(i, span)| {
                i != at
                    && span.used == Use::Plain
                    && key(&span.place) == key(place)
                    && span.tokens.len() > spans[at].tokens.len()
            })
}

/// Whether the span stands inside the site's own name: "Darmuk prison break".
fn place_inside(spans: &[PlaceSpan], held: &Held, site: &SiteSpot) -> bool {
    held.span
        .is_some_and(|at| spans[at].tokens.end <= site.head)
}

/// Whether two named sites of one kind bear one name, as far as spelling tells.
fn alike(doc: &Doc, a: &SiteSpot, b: &SiteSpot) -> bool {
    let place = |site: &SiteSpot| {
        on(
            None,
            doc.slice(site.tokens.clone()).to_owned(),
            String::new(),
            PlacePrecision::Site,
        )
    };
    same_place(&place(a), &place(b))
}
