//! What the words name: quantities, times, places, parties, and who says what with which commitment.
//!
//! Every finder is a pure function of a parsed text; each mention keeps its token range in the doc, so that `claims`
//! can walk the tree from it.

pub mod interval_index;
pub(crate) mod layout;
pub mod parties;
pub mod places;
pub mod quantities;
pub mod speakers;
pub mod stance;
pub mod times;

use language::{Doc, Pipeline};

use crate::text::Document;

/// Everything read off one text.
pub struct Annotations {
    /// The parsed text. Boilerplate blocks are not parsed: they have no tokens.
    pub doc: Doc,
    /// Numbers, in order.
    pub quantities: Vec<quantities::Quantity>,
    /// Times, in order.
    pub times: Vec<times::Time>,
    /// Places, in order.
    pub places: Vec<places::PlaceMention>,
    /// Every mention of a town, wherever it stands.
    pub towns: places::Towns,
    /// Parties and their mentions.
    pub parties: parties::Parties,
    /// Who says what, in order of the cue.
    pub attributions: interval_index::IntervalIndex<speakers::Attribution>,
    /// Words that change commitment (modals, "alleged", "denied", "could not be verified"), in order.
    pub stances: interval_index::IntervalIndex<stance::StanceCue>,
}

/// Reads one text: parses every block but boilerplate and runs all finders.
pub fn read(
    extracted: &Document,
    pipeline: &Pipeline,
    gazetteer: &places::Gazetteer,
) -> Annotations {
    let text = extracted.text.as_str();
    let (spelled, paragraphs) = layout::for_parsing(&extracted.text);
    let doc = pipeline.parse(&spelled, &paragraphs).respelled(text);
    read_doc(doc, extracted, gazetteer)
}

/// The same, given the parse: what tests with a hand-made or stored parse call.
pub fn read_doc(doc: Doc, extracted: &Document, gazetteer: &places::Gazetteer) -> Annotations {
    let published = extracted.report.published.as_ref();
    let quantities = quantities::find(&doc);
    let times = times::find(&doc, published);
    let (places, mut towns) = places::find_all(&doc, gazetteer);
    places::imply(&mut towns, gazetteer, extracted.report.url.as_deref());
    let parties = parties::find(&doc, &places);
    let attributions = speakers::find(&doc, &parties);
    let stances = stance::find(&doc);
    Annotations {
        doc,
        quantities,
        times,
        places,
        towns,
        parties,
        attributions,
        stances,
    }
}
