//! Reporting clauses by their place: ", police said." at the end of a sentence, "Police:" and ": police" in a headline.
//!
//! Long sentences lead the parser and the model astray, but the press closes them in one way: a comma, who says it, a
//! verb of saying, and at most when and to whom. What stands before the comma is what is said.

use std::ops::Range;

use language::Pos;
use model::PartyKind;

use super::{Attribution, Scene, clauses::make, cues, sources, sources::Source};

/// Forms of verbs of saying that close a sentence; some of them the tagger takes for nouns.
const SAYING: &[&str] = &[
    "says",
    "said",
    "say",
    "tells",
    "told",
    "tell",
    "reports",
    "reported",
    "report",
    "announces",
    "announced",
    "announce",
    "confirms",
    "confirmed",
    "confirm",
    "adds",
    "added",
    "informs",
    "informed",
    "inform",
    "estimates",
    "estimated",
    "estimate",
    "states",
    "stated",
    "stresses",
    "stressed",
    "notes",
    "noted",
    "explains",
    "explained",
    "writes",
    "wrote",
    "warns",
    "warned",
    "specifies",
    "specified",
    "declares",
    "declared",
    "maintains",
    "maintained",
    "insists",
    "insisted",
    "reveals",
    "revealed",
    "discloses",
    "disclosed",
    "claims",
    "claimed",
    "claim",
    "recalled",
    "affirmed",
    "assured",
];
/// Most tokens of a closing source phrase, and of what follows its verb.
const SOURCE: usize = 16;
const REST: usize = 13;
/// Tokens of a headline's speaker at most.
const HEADLINE: usize = 6;

/// Adds the closing clauses, and puts right those that were read wrongly.
pub fn run(scene: &Scene<'_>, out: &mut Vec<Attribution>) {
    for sentence in scene.doc.sentences() {
        if sentence.len() > 4 && sentence.len() < 120 {
            closing(scene, sentence, out);
        }
    }
    headlines(scene, out);
}

fn closing(scene: &Scene<'_>, sentence: Range<usize>, out: &mut Vec<Attribution>) {
    let doc = scene.doc;
    let text = |i: usize| doc.token(i).text();
    let mut end = sentence.end;
    while end > sentence.start + 3
        && (doc.token(end - 1).is_punct() || doc.token(end - 1).is_space())
    {
        end -= 1;
    }
    let finite = |i: usize| {
        matches!(doc.token(i).tag(), "VBD" | "VBZ" | "VBP" | "MD") && doc.token(i).lower() != "'s"
    };
    let says = |i: &usize| {
        let token = doc.token(*i);
        // "estimates" and "informs" at the very end may be taken for nouns; "the United States" and "the last report"
        // say nothing.
        let verb = token.pos() == Pos::Verb && !matches!(token.dep(), "amod" | "compound" | "nmod")
            || *i + 1 == end
                && token.tag() == "NNS"
                && matches!(token.lower(), "says" | "informs" | "estimates" | "reports");
        verb && SAYING.contains(&token.lower()) && scene.quotes.at(*i).is_none()
    };
    let plain = |rest: Range<usize>| {
        rest.len() <= REST
            && !rest.clone().any(|i| {
                finite(i)
                    || scene.quotes.at(i).is_some()
                    || matches!(doc.token(i).lower(), "that" | "," | "how" | "whether")
            })
    };
    let last = (sentence.start + 2..end)
        .rev()
        .take(REST + SOURCE)
        .find(says)
        .filter(|&verb| plain(verb + 1..end));
    // "Shells hit a market, killing seven, an official said, in the worst violence for a year."
    let inserted = || {
        (sentence.start + 4..end.saturating_sub(2))
            .rev()
            .find(|i| says(i) && text(*i + 1) == ",")
    };
    let Some(verb) = last.or_else(inserted) else {
        return;
    };
    let (rest, after) = if last.is_some() {
        (verb + 1..end, end..end)
    } else {
        (verb + 1..verb + 1, verb + 2..end)
    };
    let comma = |i: usize| matches!(text(i), "," | "–" | "—" | "--");
    let closes = |i: usize| {
        comma(i) || doc.token(i).is_punct() && matches!(text(i), "”" | "\"" | "’" | "''")
    };
    let mut before = verb;
    while before > sentence.start
        && (matches!(doc.token(before - 1).pos(), Pos::Adv | Pos::Aux) && !finite(before - 1)
            || matches!(
                doc.token(before - 1).lower(),
                "has" | "have" | "had" | "also"
            ))
    {
        before -= 1;
    }
    if before < sentence.start + 2 {
        return;
    }
    let who = rest.clone().next().is_some_and(|first| {
        matches!(
            doc.token(first).pos(),
            Pos::Det | Pos::Propn | Pos::Noun | Pos::Adj | Pos::Pron
        )
    });
    let inverted = closes(before - 1)
        && comma_or_quote_ends(scene, before)
        && who
        && doc.token(verb).lemma() != "tell";
    let (source, content_end) = if inverted && has_name(scene, &rest) {
        (until_time(scene, rest.clone()), before - 1)
    } else {
        // "…, a charity, Panj Relief, estimates": an apposition closed by a comma of its own.
        let last = if before > sentence.start + 2 && comma(before - 1) {
            before - 1
        } else {
            before
        };
        let Some(at) = (sentence.start + 1..last)
            .rev()
            .take(SOURCE)
            .find(|&i| closes(i))
        else {
            return;
        };
        let mut at = at;
        if last < before {
            match (sentence.start + 1..at).rev().take(10).find(|&i| closes(i)) {
                Some(further) if !(further + 1..at).any(finite) => at = further,
                _ => return,
            }
        }
        // "Ana Orlova, who speaks for the ministry, told": the name stands before the aside.
        let aside = at + 1 < last && matches!(doc.token(at + 1).lower(), "who" | "which" | "whose");
        let name = aside
            .then(|| (sentence.start + 1..at).rev().take(10).find(|&i| closes(i)))
            .flatten();
        match name {
            Some(from) => (from + 1..at, from),
            None => (at + 1..last, at),
        }
    };
    let source = sources::trim(scene, source);
    if source.is_empty() || source.len() > SOURCE {
        return;
    }
    let relative = source
        .clone()
        .find(|&i| {
            matches!(doc.token(i).lower(), "that" | "which" | "who" | "whose") && i > source.start
        })
        .unwrap_or(source.end);
    let opens = doc.token(source.start);
    let joined = matches!(
        opens.lower(),
        "and"
            | "but"
            | "which"
            | "who"
            | "that"
            | "when"
            | "as"
            | "where"
            | "if"
            | "because"
            | "after"
            | "while"
            | "or"
            | "including"
            | "according"
            | "i"
            | "we"
            | "you"
            | "at"
            | "on"
            | "in"
            | "of"
            | "by"
            | "for"
            | "with"
            | "from"
            | "during"
            | "to"
    );
    if joined
        || (source.start..relative).any(finite)
        || source.clone().any(|i| scene.quotes.at(i).is_some())
    {
        return;
    }
    let content = sources::trim(scene, sentence.start..content_end);
    let words = |range: &Range<usize>| {
        range
            .clone()
            .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
            .count()
    };
    if words(&content) < 3 || !has_name(scene, &source) {
        return;
    }
    // "He was there, Police Chief Brand said, and …" is no closing clause, nor is a sentence whose own start speaks:
    // "The mayor, Ivo Brand, said."
    if !content.clone().any(|i| {
        matches!(doc.token(i).pos(), Pos::Verb | Pos::Aux)
            || doc.token(i).pos() == Pos::Num
            || matches!(doc.token(i).lower(), "dead" | "hurt")
    }) {
        return;
    }
    // Somebody else already speaks in what stands before the comma: two voices, which only the tree can part.
    let other = out.iter().any(|one| {
        content.contains(&one.cue.start)
            && one.said
            && !one.speakers.is_empty()
            && !one.cue.contains(&verb)
            && one.inside.is_none()
            && !one.holds(verb)
    });
    let same = out.iter().position(|one| one.cue.contains(&verb));
    if other && same.is_some() {
        return;
    }
    if let Some(at) = same {
        let held = content.clone().filter(|&i| out[at].holds(i)).count();
        let own = out[at]
            .source
            .as_ref()
            .is_some_and(|tokens| tokens.start < source.end && source.start < tokens.end);
        if held * 10 >= content.len() * 7 && own {
            if out[at].speakers.is_empty() {
                out[at].speakers.extend(speakers_in(scene, &source));
            }
            return;
        }
        out.remove(at);
    }
    for one in out.iter_mut() {
        // What reaches over the comma into this clause was read too far.
        if one.cue.start >= sentence.start && one.cue.start < content_end {
            for range in &mut one.content {
                if range.contains(&verb) || range.start < source.start && range.end > source.start {
                    range.end = range.end.min(content_end).max(range.start);
                }
            }
            one.content.retain(|range| !range.is_empty());
        }
    }
    let speakers = speakers_in(scene, &source).into_iter().collect();
    let found = Source {
        tokens: Some(source),
        speakers,
        hidden: false,
    };
    let told = sources::told(scene, doc.token(verb));
    let lemma = match doc.token(verb).lemma() {
        lemma if cues::frame(lemma).is_some() => lemma,
        _ => "say",
    };
    let mut said = vec![content];
    said.extend(Some(sources::trim(scene, after)).filter(|after| !after.is_empty()));
    out.push(make(before..verb + 1, lemma, found, told, said));
}

fn comma_or_quote_ends(scene: &Scene<'_>, before: usize) -> bool {
    let text = scene.doc.token(before - 1).text();
    matches!(text, "," | "”" | "\"" | "’" | "''" | "–" | "—")
}

/// Whether a phrase names or describes somebody.
fn has_name(scene: &Scene<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|i| {
        let token = scene.doc.token(i);
        scene.party(i).is_some()
            || token.pos() == Pos::Propn && !matches!(token.entity_label(), "DATE" | "TIME")
    }) || phrase.clone().any(|i| {
        matches!(
            scene.doc.token(i).lemma(),
            "organisation"
                | "organization"
                | "statement"
                | "agency"
                | "report"
                | "group"
                | "source"
                | "official"
        )
    }) || phrase.len() == 1
        && matches!(
            scene.doc.token(phrase.start).lower(),
            "he" | "she" | "it" | "they"
        )
}

/// The phrase up to the time or place of the saying.
fn until_time(scene: &Scene<'_>, phrase: Range<usize>) -> Range<usize> {
    let doc = scene.doc;
    let stop = phrase.clone().find(|&i| {
        i > phrase.start
            && (matches!(doc.token(i).entity_label(), "DATE" | "TIME")
                || matches!(
                    doc.token(i).lower(),
                    "on" | "in" | "at" | "late" | "early" | "after" | "during" | "by"
                ))
            && scene.party(i).is_none()
    });
    phrase.start..stop.unwrap_or(phrase.end)
}

/// Who speaks in a closing phrase: the name at its end, or the head before "of"; a person before the body.
fn speakers_in(scene: &Scene<'_>, phrase: &Range<usize>) -> Option<usize> {
    let doc = scene.doc;
    let cut = phrase
        .clone()
        .find(|&i| i > phrase.start && matches!(doc.token(i).lower(), "that" | "which" | "who"))
        .unwrap_or(phrase.end);
    let head = phrase.start..cut;
    let of = head.clone().find(|&i| {
        i > head.start && matches!(doc.token(i).lower(), "of" | "for" | "at" | "with" | "in")
    });
    let mentions: Vec<_> = {
        let from = scene
            .parties
            .mentions
            .partition_point(|mention| mention.tokens.start < head.start);
        scene.parties.mentions[from..]
            .iter()
            .take_while(|mention| mention.tokens.start < head.end)
            .filter(|mention| mention.tokens.end <= head.end)
            .collect()
    };
    let kind = |party: usize| scene.parties.parties[party].party.kind;
    let person = mentions.iter().find(|mention| {
        kind(mention.party) == PartyKind::Person && scene.parties.parties[mention.party].named
    });
    if let Some(person) = person {
        return Some(person.party);
    }
    let at_end = |end: usize| {
        mentions
            .iter()
            .rev()
            .find(|mention| mention.tokens.end == end)
            .map(|mention| mention.party)
    };
    let first = at_end(of.unwrap_or(head.end))
        .filter(|&party| kind(party) != PartyKind::Civilians || mentions.len() == 1);
    first.or_else(|| mentions.last().map(|mention| mention.party))
}

/// Speakers of headlines: "Police: two dead", "Two dead: police", "Two dead - police".
fn headlines(scene: &Scene<'_>, out: &mut Vec<Attribution>) {
    let doc = scene.doc;
    let mut start = 0;
    while start < doc.len() {
        let mut end = start + 1;
        while end < doc.len() && scene.paragraph[end] == scene.paragraph[start] {
            end += 1;
        }
        let line = sources::trim(scene, start..end);
        start = end;
        if line.len() < 5
            || line.len() > 40
            || matches!(doc.token(line.end - 1).text(), "." | "!" | "?")
        {
            continue;
        }
        let spaced = |i: usize| {
            i > line.start
                && doc.token(i - 1).bytes().end < doc.token(i).bytes().start
                && i + 1 < line.end
                && doc.token(i).bytes().end < doc.token(i + 1).bytes().start
        };
        let marks: Vec<usize> = line
            .clone()
            .filter(|&i| {
                doc.token(i).text() == ":"
                    || matches!(doc.token(i).text(), "-" | "–" | "—") && spaced(i)
            })
            .collect();
        let (Some(&first), Some(&last)) = (
            marks.iter().find(|&&i| doc.token(i).text() == ":"),
            marks.last(),
        ) else {
            if let Some(&last) = marks.last() {
                tail(scene, &line, last, out);
            }
            continue;
        };
        let from = marks
            .iter()
            .rev()
            .find(|&&i| i < first)
            .map_or(line.start, |&i| i + 1);
        if let Some(found) = named_alone(scene, from..first) {
            let content = sources::trim(scene, first + 1..line.end);
            let owned = out
                .iter()
                .any(|one| content.contains(&one.cue.start) && !one.speakers.is_empty());
            if content.len() > 2 && !owned {
                out.push(make(first..first + 1, "say", found, None, vec![content]));
                continue;
            }
        }
        tail(scene, &line, last, out);
    }
}

fn tail(scene: &Scene<'_>, line: &Range<usize>, mark: usize, out: &mut Vec<Attribution>) {
    let content = sources::trim(scene, line.start..mark);
    if content.len() < 3 {
        return;
    }
    let owned = out.iter().any(|one| {
        content.contains(&one.cue.start)
            && one
                .content
                .iter()
                .map(ExactSizeIterator::len)
                .sum::<usize>()
                * 2
                > content.len()
    });
    if let Some(found) = named_alone(scene, mark + 1..line.end).filter(|_| !owned) {
        out.push(make(mark..mark + 1, "say", found, None, vec![content]));
    }
}

/// The party that a few words without a verb name and nothing else; no place.
fn named_alone(scene: &Scene<'_>, range: Range<usize>) -> Option<Source> {
    let doc = scene.doc;
    let range = sources::trim(scene, range);
    if range.is_empty()
        || range.len() > HEADLINE
        || range.clone().any(|i| {
            matches!(
                doc.token(i).tag(),
                "VBD" | "VBZ" | "VBP" | "MD" | "CD" | "IN"
            ) && doc.token(i).lower() != "of"
                && doc.token(i).lower() != "for"
        })
    {
        return None;
    }
    let last = range.end - 1;
    let party = scene.party(last).or_else(|| {
        // "Brigade: 31 captives dead": the last word of a name that the text gives whole.
        let word = doc.token(last).text();
        let named = |info: &crate::read::parties::PartyInfo| {
            info.named && info.party.name.rsplit(' ').next() == Some(word)
        };
        (range.len() <= 2 && word.starts_with(char::is_uppercase))
            .then(|| scene.parties.parties.iter().position(named))
            .flatten()
    })?;
    let info = &scene.parties.parties[party];
    let place = matches!(doc.token(last).entity_label(), "GPE" | "LOC" | "FAC")
        && info.party.kind != PartyKind::Authority;
    let speaks = !matches!(info.party.kind, PartyKind::Civilians) || info.role.is_some();
    (!place && speaks).then(|| Source {
        tokens: Some(range),
        speakers: vec![party],
        hidden: false,
    })
}
