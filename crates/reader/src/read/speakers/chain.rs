//! The chain of speakers at a token: from the one who says it to the publisher.

use language::{Doc, Token};
use model::{PartyKind, Source, Span, Speaker, SpeakerKind, Text};

use super::{Attribution, AttributionKind};
use crate::read::{interval_index::IntervalIndex, parties::Parties};

/// The attributions by speech whose content, or cue, holds token `i`, innermost first.
pub fn chain_at(attributions: &IntervalIndex<Attribution>, i: usize) -> Vec<&Attribution> {
    let mut holding: Vec<&Attribution> = attributions
        .near(i)
        .filter(|attribution| attribution.said)
        .filter(|attribution| {
            // "blamed the army", "appealed for blood": whoever blames or asks says so.
            attribution.cue.contains(&i) || attribution.holds(i)
        })
        .collect();
    holding.sort_by_key(|attribution| (attribution.size(), attribution.cue.start));
    holding
}

/// The speakers of what stands at token `i`, from the one who says it to the publisher, and whether the words there
/// stand between quotation marks. Never empty: the publisher is always the last link.
///
/// Several who say it together stand one after another, in the order of the text. One who spoke to an outlet or agency
/// is followed by it, unless that is the publisher itself: by name or, when the report names none, an outlet that
/// several people told.
pub fn chain(
    text: &Text,
    doc: &Doc,
    parties: &Parties,
    attributions: &IntervalIndex<Attribution>,
    i: usize,
    publisher: &Source,
) -> (Vec<Speaker>, bool) {
    let mut out: Vec<Speaker> = Vec::new();
    let mut holding = chain_at(attributions, i);
    holding.retain(|attribution| !only_judged(doc, attribution, i));
    for attribution in &holding {
        if attribution.speakers.is_empty() {
            out.push(nobody(text, doc, attribution));
        }
        for &party in &attribution.speakers {
            if speaks_itself(doc, parties, attribution, party, publisher) {
                continue;
            }
            add(&mut out, speaker(text, doc, parties, attribution, party));
        }
        if let Some(told) = attribution.told {
            let outlet = &parties.parties[told].party;
            if !is_publisher(outlet, publisher) && !is_own(parties, attributions, told, publisher) {
                add(&mut out, of_party(text, doc, parties, None, told));
            }
        }
    }
    // An unnamed link between a named one and the publisher adds nothing.
    if out
        .iter()
        .any(|speaker| speaker.kind != SpeakerKind::Unnamed)
    {
        out.retain(|speaker| speaker.kind != SpeakerKind::Unnamed);
    }
    let direct = in_quotes(doc, &holding, i);
    out.push(Speaker {
        kind: SpeakerKind::Publisher,
        name: publisher.name.clone().unwrap_or_default(),
        affiliation: None,
        party: Some(publisher.id.clone()),
        party_kind: publisher.kind,
        interested: false,
        quote: None,
    });
    (out, direct)
}

/// "condemned the bombs, which killed 13": whoever condemns, mourns or praises vouches for no figure told beside it.
fn only_judged(doc: &Doc, attribution: &Attribution, i: usize) -> bool {
    let judges = matches!(
        attribution.lemma.as_str(),
        "condemn"
            | "denounce"
            | "decry"
            | "mourn"
            | "lament"
            | "praise"
            | "criticise"
            | "criticize"
            | "deplore"
            | "slam"
            | "blast"
            | "welcome"
    );
    judges
        && std::iter::once(doc.token(i))
            .chain(doc.token(i).ancestors().take(6))
            .take_while(|token| attribution.holds(token.i))
            .any(|token| matches!(token.dep(), "relcl" | "acl" | "advcl"))
}

fn add(out: &mut Vec<Speaker>, speaker: Speaker) {
    let same = |other: &Speaker| other.name == speaker.name && other.party == speaker.party;
    if !out.iter().any(same) {
        out.push(speaker);
    }
}

/// Whether a report that names no publisher shows that this outlet is its own: several people told it. Agencies are
/// told by many and printed by others, so they never are.
fn is_own(
    parties: &Parties,
    attributions: &[Attribution],
    outlet: usize,
    publisher: &Source,
) -> bool {
    if publisher.name.is_some() || parties.parties[outlet].party.kind == PartyKind::Agency {
        return false;
    }
    let mut tellers: Vec<&[usize]> = attributions
        .iter()
        .filter(|attribution| attribution.told == Some(outlet))
        .map(|attribution| attribution.speakers.as_slice())
        .collect();
    tellers.sort_unstable();
    tellers.dedup();
    tellers.len() > 1
}

/// Whether an outlet named in the text is the publisher of the text.
fn is_publisher(outlet: &model::Party, publisher: &Source) -> bool {
    let Some(name) = &publisher.name else {
        return false;
    };
    let slug = model::Party::slug(name);
    outlet.id == slug
        || outlet
            .aliases
            .iter()
            .any(|alias| model::Party::slug(alias) == slug)
}

/// Whether the speaker is who published the text: "The ministry calls on …" in a ministry's statement.
fn speaks_itself(
    doc: &Doc,
    parties: &Parties,
    attribution: &Attribution,
    party: usize,
    publisher: &Source,
) -> bool {
    let info = &parties.parties[party];
    let Some(name) = &publisher.name else {
        return false;
    };
    if matches!(info.party.kind, PartyKind::Person | PartyKind::Witness) || info.role.is_some() {
        return false;
    }
    if is_publisher(&info.party, publisher) {
        // Its own full name in its own text is worth showing.
        return false;
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| {
                !word.is_empty() && !matches!(*word, "the" | "The" | "of" | "for" | "and")
            })
            .map(str::to_lowercase)
            .collect()
    };
    let own = words(name);
    // The whole name stands in the source, of which the parties know only a part.
    if own.len() > 1
        && let Some(source) = &attribution.source
    {
        let said = words(doc.slice(source.clone()));
        if own.iter().all(|word| said.contains(word)) {
            return true;
        }
    }
    // Its common noun, with nothing that tells it from another body of the kind.
    let head = match name.split_once(" of ") {
        Some((head, _)) => words(head).pop(),
        None => own.last().cloned(),
    };
    let said = words(&info.party.name);
    head.is_some_and(|head| BODIES.contains(&head.as_str()) && said.contains(&head))
        && said.iter().all(|word| {
            own.contains(word) || matches!(word.as_str(), "regional" | "national" | "local")
        })
}

/// Nouns by which bodies that publish statements call themselves.
const BODIES: &[&str] = &[
    "ministry",
    "directorate",
    "department",
    "agency",
    "office",
    "police",
    "council",
    "army",
    "command",
    "committee",
    "service",
    "authority",
    "administration",
    "association",
    "organisation",
    "organization",
    "league",
    "centre",
    "center",
    "observatory",
    "foundation",
    "network",
    "union",
    "society",
    "commission",
    "board",
    "government",
    "hospital",
    "mission",
];

/// The link of an attribution that names nobody, or names what is no party ("a post on the site").
fn nobody(text: &Text, doc: &Doc, attribution: &Attribution) -> Speaker {
    let words = attribution
        .source
        .clone()
        .unwrap_or_else(|| attribution.cue.clone());
    let name = attribution
        .source
        .clone()
        // "Early reports spoke of": nobody in particular.
        .filter(|source| {
            let last = doc.token(source.end - 1);
            let head = doc.token(crate::read::parties::phrase::head_of(doc, source.clone()));
            // "The number of dead", "the accused": neither says anything.
            let silent = matches!(
                attribution.lemma.as_str(),
                "accuse" | "blame" | "suspect" | "charge"
            ) || matches!(
                head.lemma(),
                "number" | "toll" | "figure" | "count" | "total" | "death" | "tally" | "balance"
            );
            !silent && !super::cues::PAPERS.contains(&last.lemma())
        })
        .map(|source| doc.slice(source).to_owned())
        .unwrap_or_default();
    Speaker {
        kind: if name.is_empty() {
            SpeakerKind::Unnamed
        } else {
            SpeakerKind::Role
        },
        name,
        affiliation: None,
        party: None,
        party_kind: PartyKind::Unknown,
        interested: false,
        quote: quote(text, doc, words),
    }
}

fn speaker(
    text: &Text,
    doc: &Doc,
    parties: &Parties,
    attribution: &Attribution,
    party: usize,
) -> Speaker {
    let words = attribution
        .source
        .as_ref()
        .and_then(|source| {
            let first = parties
                .mentions
                .partition_point(|mention| mention.tokens.start < source.start);
            parties.mentions[first..]
                .iter()
                .take_while(|mention| mention.tokens.start < source.end)
                .find(|mention| mention.party == party && mention.tokens.end <= source.end)
        })
        .map(|mention| mention.tokens.clone())
        .or_else(|| attribution.source.clone());
    of_party(text, doc, parties, words, party)
}

fn of_party(
    text: &Text,
    doc: &Doc,
    parties: &Parties,
    words: Option<std::ops::Range<usize>>,
    party: usize,
) -> Speaker {
    let info = &parties.parties[party];
    let body = info.affiliation.map(|body| &parties.parties[body]);
    // The news agency of a side speaks for it as a spokesman does.
    let mouthpiece = info.party.kind == PartyKind::Agency && body.is_some_and(|b| b.interested);
    let person =
        matches!(info.party.kind, PartyKind::Person | PartyKind::Witness) || info.role.is_some();
    let kind = match (info.named, person) {
        (true, true) => SpeakerKind::Person,
        (true, false) => SpeakerKind::Body,
        (false, _) if matches!(info.party.kind, PartyKind::Person) || info.role.is_some() => {
            SpeakerKind::Role
        }
        (false, _)
            if matches!(
                info.party.kind,
                PartyKind::Civilians | PartyKind::Witness | PartyKind::Unknown
            ) =>
        {
            SpeakerKind::Role
        }
        (false, _) => SpeakerKind::Body,
    };
    let answers = body.filter(|_| person || mouthpiece).unwrap_or(info);
    Speaker {
        kind,
        name: info.party.name.clone(),
        affiliation: body
            .filter(|_| person || mouthpiece)
            .map(|body| body.party.name.clone()),
        party: Some(answers.party.id.clone()),
        party_kind: answers.party.kind,
        interested: answers.interested || info.interested,
        quote: words.and_then(|words| quote(text, doc, words)),
    }
}

/// Sentences that a speaker goes on for without being named again.
const ON: usize = 2;
/// Words that take a sentence away from who spoke before: other times, other voices, the outlet's own view.
const AWAY: &[&str] = &[
    "since",
    "earlier",
    "previously",
    "worst",
    "deadliest",
    "meanwhile",
    "separately",
    "elsewhere",
    "last",
    "according",
    "reported",
    "reportedly",
    "known",
    "ago",
    "background",
    "reporter",
    "correspondent",
    "we",
    "our",
    "us",
    "i",
];

/// Whether a word says that another speaks, or tells of another year.
fn takes_word_away(token: Token<'_>) -> bool {
    AWAY.contains(&token.lower())
        || token.text().len() == 4
            && token.text().starts_with(['1', '2'])
            && token.entity_label() == "DATE"
        || matches!(token.text(), "\"" | "“" | "”" | "?")
}

/// Who goes on speaking at token `i` where nobody is named: the speaker of the sentence before, when that sentence was
/// all theirs, stands in the same paragraph and nothing in between takes the word away. Reporters name a source once:
/// "Nine were killed, he said. Another 20 were hurt."
pub fn run_on(
    text: &Text,
    doc: &Doc,
    parties: &Parties,
    attributions: &IntervalIndex<Attribution>,
    i: usize,
) -> Vec<Speaker> {
    let here = doc.token(i).sentence_index();
    let mut at = here;
    for _ in 0..ON {
        let Some(before) = at.checked_sub(1) else {
            break;
        };
        let (own, previous) = (doc.sentence(at), doc.sentence(before));
        if own.is_empty() || previous.is_empty() || own.len() > 45 {
            break;
        }
        let line = doc.token(previous.start).bytes().start..doc.token(own.start).bytes().start;
        if doc.text()[line].contains('\n') {
            break;
        }
        let away = own.clone().any(|i| takes_word_away(doc.token(i)));
        let speaks = attributions
            .iter()
            .any(|one| own.contains(&one.cue.start) && one.said);
        if away || speaks {
            break;
        }
        let words = |range: std::ops::Range<usize>| {
            range
                .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
                .count()
        };
        let mut spoken = attributions
            .iter()
            .filter(|one| previous.contains(&one.cue.start) && one.said && one.inside.is_none());
        match (spoken.next(), spoken.next()) {
            (Some(one), None) => {
                let held: usize = one
                    .content
                    .iter()
                    .map(|range| {
                        words(
                            range.start.max(previous.start)
                                ..range
                                    .end
                                    .min(previous.end)
                                    .max(range.start.max(previous.start)),
                        )
                    })
                    .sum();
                let press = one.speakers.iter().any(|&party| {
                    matches!(
                        parties.parties[party].party.kind,
                        PartyKind::Outlet | PartyKind::Agency
                    )
                });
                if held * 2 < words(previous)
                    || press
                    || one.speakers.is_empty()
                    || only_judged(doc, one, one.content.first().map_or(i, |range| range.start))
                {
                    break;
                }
                return one
                    .speakers
                    .iter()
                    .map(|&party| speaker(text, doc, parties, one, party))
                    .collect();
            }
            (None, _) => at = before,
            _ => break,
        }
    }
    Vec::new()
}

/// Who speaks by the words of a claim itself ("the Front claimed the raid"): a party of the text by its index, or one
/// that only those words name.
pub fn of_voice(
    text: &Text,
    doc: &Doc,
    parties: &Parties,
    known: Option<usize>,
    party: &model::Party,
    tokens: std::ops::Range<usize>,
) -> Speaker {
    if let Some(known) = known {
        return of_party(text, doc, parties, Some(tokens), known);
    }
    Speaker {
        kind: SpeakerKind::Body,
        name: party.name.clone(),
        affiliation: None,
        party: Some(party.id.clone()),
        party_kind: party.kind,
        interested: true,
        quote: quote(text, doc, tokens),
    }
}

fn quote(text: &Text, doc: &Doc, tokens: std::ops::Range<usize>) -> Option<model::Quote> {
    let bytes = doc.bytes(tokens);
    (!bytes.is_empty() && text.as_str().get(bytes.clone()).is_some())
        .then(|| text.quote(Span::from(bytes)))
}

/// Whether the words at token `i` stand between quotation marks within the innermost attribution.
fn in_quotes(doc: &Doc, holding: &[&Attribution], i: usize) -> bool {
    match holding.first().map(|attribution| attribution.kind) {
        Some(AttributionKind::Direct) => true,
        Some(AttributionKind::Mixed) => super::quotes::inside(doc, i),
        _ => false,
    }
}
