//! A dossier made easy to lay out: labels for claims, names for parties, findings in sections.
//!
//! Every publisher goes through this, so that claim `B3` is the same claim on the page, in the terminal and in
//! Markdown.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Claim, ClaimId, Dossier, Finding, Note, Origin, OriginId, Party, PartyKind, Position, Quote,
    Relation, RelationKind, ReportCard, ReportId, Scope, Speaker, SpeakerKind, StanceKind, Texts,
    Value, Verdict,
};

use super::words;

/// Words shown of a report that has no title.
const OPENING: usize = 12;
/// Quotes of at most so many code points are shown with what stands around them.
const SHORT: usize = 48;
/// Code points of context shown on a side.
const CONTEXT: usize = 24;

/// A dossier, its texts, and the look-ups that laying them out needs.
pub struct View<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The texts at hand.
    pub texts: &'a Texts,
    claims: BTreeMap<&'a ClaimId, (&'a Claim, String)>,
    reports: BTreeMap<&'a ReportId, &'a ReportCard>,
    origins: BTreeMap<&'a OriginId, &'a Origin>,
    parties: BTreeMap<&'a str, &'a str>,
}

/// A heading and the findings under it.
pub struct Section<'a> {
    /// Short code, used in anchors.
    pub key: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What the section holds, in one clause.
    pub about: &'static str,
    /// Its findings in the dossier's order.
    pub findings: Vec<&'a Finding>,
}

/// One link of a speaker chain, as printed.
pub struct Link {
    /// Who.
    pub name: String,
    /// The body the person speaks for.
    pub of: Option<String>,
    /// Whether that is a party to the events.
    pub interested: bool,
}

impl Link {
    /// `Ilse Marren (Saint Anna hospital)`.
    pub fn label(&self) -> String {
        match &self.of {
            Some(of) => format!("{} ({of})", self.name),
            None => self.name.clone(),
        }
    }
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

    /// The claim's label, `A3`; the id itself if it is not in the dossier.
    pub fn label<'b>(&'b self, id: &'b ClaimId) -> &'b str {
        self.claims
            .get(id)
            .map_or(id.as_str(), |(_, label)| label.as_str())
    }

    /// Orders labels the way they are read: by report, then by place in the text.
    pub fn by_place(&self, ids: &[ClaimId]) -> Vec<&'a Claim> {
        let mut out: Vec<&Claim> = ids.iter().filter_map(|id| self.claim(id)).collect();
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

    /// The chain of a claim, from the one who says it to the source that prints it. The publisher of a file that names
    /// none goes by its report's letter.
    pub fn chain(&self, claim: &Claim) -> Vec<Link> {
        claim
            .speakers
            .iter()
            .map(|speaker| self.link(speaker, &claim.report))
            .collect()
    }

    fn link(&self, speaker: &Speaker, report: &ReportId) -> Link {
        let body = speaker.affiliation.as_deref().map(str::trim);
        let (name, of) = match (speaker.kind, speaker.name.trim(), body) {
            (SpeakerKind::Unnamed, ..) => ("unnamed reports".to_owned(), None),
            (SpeakerKind::Publisher, "", _) => (format!("report {}", self.letter(report)), None),
            (_, "", None | Some("")) => ("a speaker without a name".to_owned(), None),
            (_, "", Some(body)) => (body.to_owned(), None),
            (_, name, Some(body)) if !body.is_empty() && body != name => {
                (name.to_owned(), Some(body.to_owned()))
            }
            (_, name, _) => (name.to_owned(), None),
        };
        Link {
            name,
            of,
            interested: speaker.interested,
        }
    }

    /// The source's name, or that the file names none.
    pub fn source(&self, card: &ReportCard) -> String {
        match &card.report.source.name {
            Some(name) if !name.trim().is_empty() => name.clone(),
            _ => "source not named".to_owned(),
        }
    }

    /// Who is counted, in words.
    pub fn scope(&self, scope: &Scope) -> String {
        if scope.is_all() {
            return "all people".to_owned();
        }
        let people = words::people(scope.age, scope.sex);
        let mut out = match (people, words::role(scope.role)) {
            ("", role) => role.to_owned(),
            (people, "") => people.to_owned(),
            (people, role) => format!("{people} among {role}"),
        };
        if let Some(kind) = &scope.kind {
            // Words of more than one are those of a part that no noun names: "23 of them died in hospital".
            if kind.contains(char::is_whitespace) {
                join(&mut out, &format!("a part: “{}”", scope.words.trim()), ", ");
            } else {
                join(&mut out, &words::plural(kind), ", ");
            }
        }
        if let Some(nationality) = &scope.nationality {
            join(&mut out, nationality, ", ");
        }
        if let Some(side) = &scope.side {
            let name = self.side(side, &scope.words);
            let proper = name.chars().any(char::is_uppercase);
            match (proper, out.is_empty()) {
                // "of terrorists", "of a nurse": the words say who they are, not whose.
                (false, _) if name.is_ascii() => out = words::plural(&name),
                (_, true) => out = format!("people of {name}"),
                (_, false) => out = format!("{out} of {name}"),
            }
        }
        if out.is_empty() {
            out = "some people".to_owned();
        }
        out
    }

    /// A party's name, or the form of it that stands in `words`.
    fn side(&self, id: &str, words: &str) -> String {
        let known = self.party(id);
        if known.chars().any(char::is_uppercase) {
            return known;
        }
        let all: Vec<&str> = words.split_whitespace().collect();
        for from in 0..all.len() {
            for to in from + 1..=all.len() {
                let part = all[from..to].join(" ");
                if Party::slug(&part) == id {
                    return part;
                }
            }
        }
        known
    }

    /// The name of the party with this id; the id's own words if nobody names it.
    pub fn party(&self, id: &str) -> String {
        match self.parties.get(id) {
            Some(name) => (*name).to_owned(),
            None => id.trim_start_matches("p:").replace('-', " "),
        }
    }

    /// What an addressee or actor is called.
    pub fn party_label(party: &Party) -> String {
        match party.kind {
            PartyKind::Unknown | PartyKind::Person => party.name.clone(),
            kind => format!("{} ({})", party.name, words::party_kind(kind)),
        }
    }

    /// The findings in sections, disputed ones first; every finding is in exactly one, and empty sections are left out.
    pub fn sections(&self) -> Vec<Section<'a>> {
        let mut out: BTreeMap<Option<model::Section>, Section<'a>> = BTreeMap::new();
        for finding in &self.dossier.findings {
            let disputed = finding.verdict == Verdict::Disputed;
            let of = (!disputed).then_some(finding.slot.spec().section);
            let (key, title, about) = words::section(of);
            let section = out.entry(of).or_insert_with(|| Section {
                key,
                title,
                about,
                findings: Vec::new(),
            });
            section.findings.push(finding);
        }
        out.into_values().collect()
    }

    /// Claims of the ledger that no finding holds: shown apart, so that nothing is lost.
    pub fn unplaced(&self) -> Vec<&'a Claim> {
        let placed: BTreeSet<&ClaimId> = self
            .dossier
            .findings
            .iter()
            .flat_map(|finding| &finding.positions)
            .flat_map(|position| &position.claims)
            .collect();
        self.dossier
            .claims
            .iter()
            .filter(|claim| !placed.contains(&claim.id))
            .collect()
    }

    /// How many independent voices there are, nobody-named ones left out.
    pub fn voices(&self) -> usize {
        self.dossier
            .origins
            .iter()
            .filter(|origin| origin.kind != model::OriginKind::Unnamed)
            .count()
    }

    /// A little of what stands before and after a short quote in its paragraph: whole words, and `…` where the
    /// paragraph goes on. Empty for long quotes, which need none.
    pub fn context(&self, quote: &Quote) -> (String, String) {
        if quote.exact.chars().count() > SHORT {
            return (String::new(), String::new());
        }
        let (before, starts, after, ends) = self.around(quote);
        // The first and last word may be cut, unless the paragraph starts or ends there.
        let before = match (starts, before.split_once(char::is_whitespace)) {
            (true, _) => before.trim_start().to_owned(),
            (false, Some((_, rest))) => format!("… {rest}"),
            (false, None) => "… ".to_owned(),
        };
        let after = match (ends, after.rsplit_once(char::is_whitespace)) {
            (true, _) => after.trim_end().to_owned(),
            (false, Some((rest, _))) => format!("{rest} …"),
            (false, None) => " …".to_owned(),
        };
        (before, after)
    }

    /// Up to [`CONTEXT`] code points on either side of a quote within its block, and whether the block starts and ends
    /// there.
    fn around<'q>(&'q self, quote: &'q Quote) -> (&'q str, bool, &'q str, bool) {
        let found = self.texts.get(&quote.text).and_then(|text| {
            let span = text.span_of(quote)?;
            let at = text
                .blocks()
                .partition_point(|block| block.span.start() <= span.start());
            let block = text.blocks().get(at.checked_sub(1)?)?.span;
            block.contains(span).then_some((text.as_str(), span, block))
        });
        let Some((text, span, block)) = found else {
            return (&quote.prefix, false, &quote.suffix, false);
        };
        let before = &text[block.start()..span.start()];
        let cut = before.char_indices().rev().nth(CONTEXT - 1);
        let from = cut.map_or(0, |(at, _)| at);
        let after = &text[span.end()..block.end()];
        let to = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        (&before[from..], from == 0, &after[..to], to == after.len())
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

    /// Relations by which claims of other findings stand against this one's: each with the claim on the other side.
    pub fn against(&self, finding: &Finding) -> Vec<(&'a Relation, &'a Claim)> {
        let own: BTreeSet<&ClaimId> = finding
            .positions
            .iter()
            .flat_map(|position| &position.claims)
            .collect();
        let mut out = Vec::new();
        for relation in self.dossier.findings.iter().flat_map(|it| &it.relations) {
            let other = match (own.contains(&relation.a), own.contains(&relation.b)) {
                (true, false) => &relation.b,
                (false, true) => &relation.a,
                _ => continue,
            };
            let pulls = matches!(
                relation.kind,
                RelationKind::Contradicts | RelationKind::Tension
            );
            let met = out.iter().any(|(it, _)| *it == relation);
            if let Some(claim) = self.claim(other).filter(|_| pulls && !met) {
                out.push((relation, claim));
            }
        }
        out.sort_by_cached_key(|(relation, claim)| {
            let tension = relation.kind == RelationKind::Tension;
            (tension, self.place_key(claim), (*relation).clone())
        });
        out
    }

    /// The first words of a report without a title, to know it by.
    pub fn opening(&self, card: &ReportCard) -> Option<String> {
        let text = self.texts.get(&card.report.text)?;
        let block = text.blocks().iter().find(|block| {
            block.kind != model::BlockKind::Boilerplate && !text.slice(block.span).trim().is_empty()
        })?;
        let words: Vec<&str> = text.slice(block.span).split_whitespace().collect();
        let more = if words.len() > OPENING { " …" } else { "" };
        Some(format!(
            "{}{more}",
            words[..words.len().min(OPENING)].join(" ")
        ))
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

fn join(out: &mut String, part: &str, with: &str) {
    if !out.is_empty() {
        out.push_str(with);
    }
    out.push_str(part);
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

#[cfg(test)]
mod tests {
    use model::Slot;

    use super::*;
    use crate::publish::fixture;

    #[test]
    fn labels_follow_reports_and_places() {
        let (dossier, texts) = fixture::market();
        let view = View::new(&dossier, &texts);
        let mut labels: Vec<&str> = dossier.claims.iter().map(|it| view.label(&it.id)).collect();
        assert_eq!(labels.len(), 24);
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), 24, "no two claims share a label");
        let first = dossier.claims.iter().find(|it| view.label(&it.id) == "A1");
        assert_eq!(first.unwrap().value.words(), "Dozens");
    }

    #[test]
    fn a_claim_of_another_finding_is_seen_from_both_sides() {
        let (mut dossier, texts) = fixture::market();
        let at = |slot| {
            dossier
                .claims
                .iter()
                .find(|it| it.slot == slot)
                .unwrap()
                .id
                .clone()
        };
        let (a, b) = (at(Slot::Held), at(Slot::Appeal));
        let relation = Relation {
            a: a.clone(),
            b: b.clone(),
            kind: RelationKind::Contradicts,
            why: String::new(),
        };
        dossier.findings[0].relations.push(relation);
        let view = View::new(&dossier, &texts);
        for (slot, other) in [(Slot::Held, &b), (Slot::Appeal, &a)] {
            let finding = dossier.findings.iter().find(|it| it.slot == slot).unwrap();
            let against = view.against(finding);
            assert_eq!(against.len(), 1);
            assert_eq!(against[0].1.id, *other);
        }
        let toll = &dossier.findings[0];
        assert!(view.against(toll).is_empty(), "it is about others");
    }

    #[test]
    fn context_is_whole_words_of_the_same_paragraph() {
        let words = "Title\n\nSome said that it was quiet in\ntown; others that it rained.\n";
        let block = |from: usize, to: usize| model::Block {
            span: model::Span::new(from, to),
            kind: model::BlockKind::Paragraph,
        };
        let blocks = vec![block(0, 5), block(7, words.len() - 1)];
        let text = model::Text::new(words.into(), blocks);
        let (dossier, _) = fixture::empty();
        let texts = Texts::from([(text.id().clone(), text.clone())]);
        let view = View::new(&dossier, &texts);
        let check = |words: &str, before: &str, after: &str| {
            let at = text.as_str().find(words).unwrap();
            let quote = text.quote(model::Span::new(at, at + words.len()));
            let (left, right) = view.context(&quote);
            assert_eq!((left.as_str(), right.as_str()), (before, after), "{words}");
        };
        check(
            "quiet",
            "Some said that it was ",
            " in\ntown; others that …",
        );
        check("Some", "", " said that it was quiet …");
        check("rained", "… town; others that it ", ".");
        check("Title", "", "");
    }

    #[test]
    fn scopes_say_who_is_counted() {
        let (dossier, texts) = fixture::market();
        let view = View::new(&dossier, &texts);
        let check = |role, side: Option<&str>, kind: Option<&str>, words: &str, says: &str| {
            let scope = Scope {
                role,
                side: side.map(Into::into),
                kind: kind.map(Into::into),
                words: words.into(),
                ..Scope::default()
            };
            assert_eq!(view.scope(&scope), says);
        };
        use model::Role::{All, Fighter};
        check(All, None, None, "", "all people");
        check(All, None, Some("student"), "five students", "students");
        check(
            Fighter,
            Some("p:northern-front"),
            None,
            "",
            "fighters of Northern Front",
        );
        check(
            Fighter,
            Some("p:hill-guard"),
            None,
            "6 Hill Guard men",
            "fighters of Hill Guard",
        );
        check(
            Fighter,
            Some("p:terrorists"),
            None,
            "six terrorists",
            "terrorists",
        );
        check(All, Some("p:Ω"), None, "", "people of Ω");
    }

    #[test]
    fn every_finding_is_in_one_section() {
        let (dossier, texts) = fixture::market();
        let view = View::new(&dossier, &texts);
        let sections = view.sections();
        let n: usize = sections.iter().map(|it| it.findings.len()).sum();
        assert_eq!(n, dossier.findings.len());
        assert_eq!(sections[0].key, "disagree");
    }
}
