//! The look-ups: claims with their labels, reports, origins, names of parties.

use std::collections::BTreeMap;

use model::{
    Claim, ClaimId, Dossier, Finding, Note, Origin, OriginId, Party, Position, ReportCard,
    ReportId, Slot, StanceKind, Texts, Value,
};

use crate::publish::words;

/// A dossier, its texts, and the look-ups that laying them out needs.
pub struct View<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The texts at hand.
    pub texts: &'a Texts,
    claims: BTreeMap<&'a ClaimId, (&'a Claim, String)>,
    reports: BTreeMap<&'a ReportId, &'a ReportCard>,
    origins: BTreeMap<&'a OriginId, &'a Origin>,
    pub(super) parties: BTreeMap<&'a str, &'a str>,
}

impl<'a> View<'a> {
    /// Indexes a dossier. Claims are labelled by report letter and place in the text: `A1`, `A2`, `B1`.
    pub fn new(dossier: &'a Dossier, texts: &'a Texts) -> Self {
        let reports: BTreeMap<_, _> = dossier
            .reports
            .iter()
            .map(|card| (&card.report.id, card))
            .collect();
        let letter = |claim: &Claim| {
            reports
                .get(&claim.report)
                .map_or("?", |card| card.letter.as_str())
        };
        let mut ordered: Vec<&Claim> = dossier.claims.iter().chain(&dossier.background).collect();
        ordered.sort_by_cached_key(|claim| {
            let at = claim
                .quotes
                .first()
                .map_or((0, 0), |quote| (quote.start, quote.end));
            // Letters beyond Z have two places: the shorter come first.
            let letter = letter(claim);
            (letter.len(), letter.to_owned(), at, claim.id.clone())
        });
        let mut claims = BTreeMap::new();
        let mut counted: BTreeMap<&ReportId, usize> = BTreeMap::new();
        for claim in ordered {
            if claims.contains_key(&claim.id) {
                continue;
            }
            let n = counted.entry(&claim.report).or_default();
            *n += 1;
            claims.insert(&claim.id, (claim, format!("{}{n}", letter(claim))));
        }
        let mut parties = BTreeMap::new();
        for (claim, _) in claims.values() {
            let value = match &claim.value {
                Value::Party(party) => Some(party),
                _ => None,
            };
            for party in value
                .into_iter()
                .chain(&claim.actor)
                .chain(&claim.addressee)
            {
                name_party(&mut parties, party);
            }
            for speaker in &claim.speakers {
                if let Some(id) = &speaker.party {
                    let name = speaker.affiliation.as_deref().unwrap_or(&speaker.name);
                    name_id(&mut parties, id, name);
                }
            }
        }
        Self {
            dossier,
            texts,
            claims,
            reports,
            origins: dossier
                .origins
                .iter()
                .map(|origin| (&origin.id, origin))
                .collect(),
            parties,
        }
    }

    /// The claim with this id.
    pub fn claim(&self, id: &ClaimId) -> Option<&'a Claim> {
        self.claims.get(id).map(|(claim, _)| *claim)
    }

    /// The claims with these ids, in their order.
    pub fn claims(&self, ids: &[ClaimId]) -> Vec<&'a Claim> {
        ids.iter().filter_map(|id| self.claim(id)).collect()
    }

    /// The finding on everybody in a slot.
    pub fn everybody(&self, slot: Slot) -> Option<&'a Finding> {
        let mut findings = self.dossier.findings.iter();
        findings.find(|finding| finding.slot == slot && finding.scope.is_all())
    }

    /// The claim's label, `A3`; the id itself if it is not in the dossier.
    pub fn label<'b>(&'b self, id: &'b ClaimId) -> &'b str {
        self.claims
            .get(id)
            .map_or(id.as_str(), |(_, label)| label.as_str())
    }

    /// Orders labels the way they are read: by report, then by place in the text.
    pub fn by_place(&self, ids: &[ClaimId]) -> Vec<&'a Claim> {
        let mut out = self.claims(ids);
        out.sort_by_cached_key(|claim| self.place_key(claim));
        out
    }

    /// Report letter, then place in the text.
    pub fn place_key(&self, claim: &Claim) -> (usize, String, usize, usize) {
        let letter = self.letter(&claim.report);
        let label = self.label(&claim.id);
        let n = label[letter.len().min(label.len())..].parse().unwrap_or(0);
        (letter.len(), letter.to_owned(), n, 0)
    }

    /// The report's card.
    pub fn report(&self, id: &ReportId) -> Option<&'a ReportCard> {
        self.reports.get(id).copied()
    }

    /// The report's letter; `?` if it is not in the dossier.
    pub fn letter(&self, id: &ReportId) -> &'a str {
        self.report(id).map_or("?", |card| card.letter.as_str())
    }

    /// What a note is about: a report by its letter where the note names it by id, else as the note says.
    pub fn subject(&self, note: &Note) -> String {
        let card = self
            .dossier
            .reports
            .iter()
            .find(|card| card.report.id.as_str() == note.subject);
        match card {
            Some(card) => format!("report {}", card.letter),
            None => note.subject.clone(),
        }
    }

    /// The origin with this id.
    pub fn origin(&self, id: &OriginId) -> Option<&'a Origin> {
        self.origins.get(id).copied()
    }

    /// The origins of a position by name, with a party to the events marked.
    pub fn origin_labels(&self, position: &Position) -> Vec<&'a Origin> {
        let mut out: Vec<_> = position
            .origins
            .iter()
            .filter_map(|id| self.origin(id))
            .collect();
        out.sort_by(|a, b| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
        out
    }

    /// How many independent voices there are, nobody-named ones left out.
    pub fn voices(&self) -> usize {
        self.dossier.voices().count()
    }

    /// How many of some origins count as voices, in words: `2 origins`, `nobody named`.
    pub fn many(origins: &[&Origin]) -> String {
        match origins.iter().filter(|origin| origin.is_voice()).count() {
            0 => "nobody named".to_owned(),
            n => words::many(n, "origin"),
        }
    }

    /// The stance that all claims of a position share, unless they plainly state it or differ.
    pub fn stance(&self, position: &Position) -> Option<StanceKind> {
        let mut kinds = position
            .claims
            .iter()
            .filter_map(|id| self.claim(id))
            .map(|claim| claim.stance.kind);
        let first = kinds.next()?;
        (first != StanceKind::Asserted && kinds.all(|kind| kind == first)).then_some(first)
    }

    /// The words of a position: the value's own, or the first quote when the value keeps none.
    pub fn said(&self, position: &Position) -> String {
        let words = position.value.words().trim();
        if !words.is_empty() {
            return words.to_owned();
        }
        self.by_place(&position.claims)
            .first()
            .and_then(|claim| claim.quotes.first())
            .map_or(String::new(), |quote| quote.exact.clone())
    }
}

fn name_party<'a>(names: &mut BTreeMap<&'a str, &'a str>, party: &'a Party) {
    name_id(names, &party.id, &party.name);
}

/// Keeps the longest name met, and of equally long ones the first in order, so that the order of claims does not
/// matter.
fn name_id<'a>(names: &mut BTreeMap<&'a str, &'a str>, id: &'a str, name: &'a str) {
    if name.trim().is_empty() {
        return;
    }
    names
        .entry(id)
        .and_modify(|old| {
            if (name.chars().count(), *old) > (old.chars().count(), name) {
                *old = name;
            }
        })
        .or_insert(name);
}
