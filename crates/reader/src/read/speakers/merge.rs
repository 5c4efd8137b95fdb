//! What was learned and what the rules say, joined to one list.
//!
//! Comes in: the attributions of the rules (`clauses`), which are nested and know parties and tables of words, and the
//! flat layer of the learned model ([`learned`]), which is right about spans more often. Goes out: one list. Where both
//! see a cue, the model's source and content stand, with the parties that the rules find in them; a rule's attribution
//! inside a content stands, since the model reports no nested ones, and so does one that the model does not see: the
//! rules are seldom wrong, they only find too little.

use std::ops::Range;

use language::{Pos, Token};

use super::{
    Attribution, AttributionKind, SpeechContext, clauses, cues,
    learned::{Found, Model, stretches, token_features::TokenFeatures},
    sources::{self, Source},
};
use crate::read::parties::phrase;

/// Joins the rules' attributions with those that the model finds.
pub fn run(cx: &SpeechContext<'_>, rules: Vec<Attribution>) -> Vec<Attribution> {
    let model = Model::get();
    let columns = TokenFeatures::new(cx.doc, &cx.quotes, &cx.paragraph, &model.priors);
    let learned = model.find(&columns);
    let starts: Vec<usize> = rules.iter().map(|rule| rule.cue.start).collect();
    let mut rules: Vec<Option<Attribution>> = rules.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(rules.len() + learned.len());
    for found in learned {
        let takes_upon_itself = clauses::claims_deed(cx, cx.doc.token(found.word));
        let from = starts.partition_point(|start| start + 20 < found.cue.start);
        let same = rules[from..]
            .iter_mut()
            .take(24)
            .find(|rule| {
                rule.as_ref().is_some_and(|rule| {
                    rule.cue.contains(&found.word) || found.cue.contains(&(rule.cue.end - 1))
                })
            })
            .and_then(Option::take);
        let mut joined = join(cx, found, same);
        joined.said &= !takes_upon_itself;
        out.push(joined);
    }
    let nested = nested(cx, &out, rules.into_iter().flatten().collect());
    out.extend(nested);
    out
}

/// What only the rules see: as it is where it stands alone, kept within the content that holds it where it is nested.
/// One that would swallow an attribution of the model is none.
fn nested(
    cx: &SpeechContext<'_>,
    learned: &[Attribution],
    rules: Vec<Attribution>,
) -> Vec<Attribution> {
    let mut owner = vec![0u32; cx.doc.len()];
    for (at, one) in learned.iter().enumerate() {
        for i in one.content.iter().cloned().flatten() {
            owner[i] = at as u32 + 1;
        }
    }
    let cues: Vec<usize> = learned.iter().map(|one| one.cue.start).collect();
    let swallows = |rule: &Attribution| {
        rule.content.iter().any(|range| {
            let from = cues.partition_point(|cue| *cue < range.start);
            cues.get(from).is_some_and(|cue| *cue < range.end)
        })
    };
    let mut out = Vec::with_capacity(rules.len());
    for mut rule in rules {
        let within = owner[rule.cue.start];
        if swallows(&rule) {
            if within == 0 {
                continue;
            }
            rule.content = rule
                .content
                .into_iter()
                .flat_map(|range| stretches(range, |i| owner[i] == within))
                .collect();
        }
        out.push(rule);
    }
    out
}

fn join(cx: &SpeechContext<'_>, mut found: Found, rule: Option<Attribution>) -> Attribution {
    let doc = cx.doc;
    if let Some(source) = &mut found.source
        && source.len() > 1
        && phrase::is_mistaken_verb(doc.token(source.end - 1))
    {
        source.end -= 1;
    }
    let word = doc.token(found.word);
    let source = match &rule {
        Some(rule) => Source {
            tokens: rule.source.clone(),
            speakers: rule.speakers.clone(),
            hidden: false,
        },
        None if word.pos() == Pos::Verb => sources::of_verb(cx, word),
        None => Source::default(),
    };
    // "A nurse is accused of killing three": the accused says nothing.
    let accused = source.hidden
        && matches!(
            word.lemma(),
            "accuse" | "blame" | "suspect" | "charge" | "accused"
        );
    let speakers = if accused {
        Vec::new()
    } else {
        speakers(cx, &found, source)
    };

    let said = rule.is_some() || says(cx, &found, word);
    let lemma = match &rule {
        Some(rule) => rule.lemma.clone(),
        None if word.lower() == "according" => "accord".to_owned(),
        None => word.lemma().to_owned(),
    };
    Attribution {
        cue: rule
            .as_ref()
            .filter(|rule| rule.cue.contains(&found.word))
            .map_or(found.cue, |rule| rule.cue.clone()),
        lemma,
        source: found.source,
        speakers,
        told: match rule {
            Some(rule) => rule.told,
            None => sources::told(cx, word),
        },
        content: found.content,
        kind: AttributionKind::Indirect,
        inside: None,
        said,
    }
}

/// Whether words of which the rules know nothing are said rather than thought, wished or shown: the cue is a verb of
/// the table ("denied carrying out", but not "continued to shell"), or it quotes.
fn says(cx: &SpeechContext<'_>, found: &Found, word: Token<'_>) -> bool {
    let quoted = found
        .content
        .iter()
        .any(|range| cx.quotes.at(range.start).is_some());
    let in_table = cues::frame(word.lemma()).is_some_and(|frame| {
        let deed = word.children().any(|c| {
            c.dep() == "xcomp" && c.children().any(|d| d.dep() == "aux" && d.lower() == "to")
        });
        !frame.weak && !frame.quotation && (frame.infinitive || !deed)
    });
    quoted
        || in_table && !clauses::says_nothing(cx, word, found.source.as_ref())
        || word.pos() == Pos::Punct
        || word.lower() == "according"
}

/// The parties that speak in the learned source: those of the rules where they mean the same words.
fn speakers(cx: &SpeechContext<'_>, found: &Found, rule: Source) -> Vec<usize> {
    let Some(source) = found.source.clone() else {
        return rule.speakers;
    };
    let overlap = |other: &Range<usize>| other.start < source.end && source.start < other.end;
    if !rule.speakers.is_empty() && rule.tokens.as_ref().is_some_and(overlap) {
        return rule.speakers;
    }
    let head = phrase::head_of(cx.doc, source.clone());
    let own = sources::phrase_of(cx, cx.doc.token(head), Some(found.word)).speakers;
    if !own.is_empty() {
        return own;
    }
    // "who" and "which": the rules know what they stand for.
    if source.len() == 1 && !rule.speakers.is_empty() {
        return rule.speakers;
    }
    source
        .take(30)
        .find_map(|i| cx.party(i))
        .into_iter()
        .collect()
}
