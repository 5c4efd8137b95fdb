//! Reporting clauses by their place: ", police said." at the end of a sentence, "Police:" and ": police" in a headline.
//!
//! Long sentences lead the parser and the model astray, but the press closes them in one way: a comma, who says it, a
//! verb of saying, and at most when and to whom. What stands before the comma is what is said.

use std::ops::Range;

use language::Pos;
use model::PartyKind;

use super::{Attribution, SpeechContext, attribution::make, cues, sources, sources::Source};

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
pub fn run(cx: &SpeechContext<'_>, out: &mut Vec<Attribution>) {
    for sentence in cx.doc.sentences() {
        if sentence.len() > 4 && sentence.len() < 120 {
            closing(cx, sentence, out);
        }
    }
    headlines(cx, out);
}

/// A clause of saying as it stands in a sentence.
struct Closing {
    /// The verb of saying.
    verb: usize,
    /// First token of the cue: adverbs and auxiliaries before the verb belong to it.
    cue: usize,
    /// Who says it.
    source: Range<usize>,
    /// End of what is said before the clause.
    content_end: usize,
    /// What is said behind the clause.
    after: Range<usize>,
}

fn closing(cx: &SpeechContext<'_>, sentence: Range<usize>, out: &mut Vec<Attribution>) {
    let doc = cx.doc;
    let Some(clause) = closing_clause(cx, &sentence) else {
        return;
    };
    let source = sources::trim(cx, clause.source);
    if source.is_empty() || source.len() > SOURCE || !is_noun_phrase(cx, &source) {
        return;
    }
    let content = sources::trim(cx, sentence.start..clause.content_end);
    let words = content
        .clone()
        .filter(|&i| !doc.token(i).is_punct() && !doc.token(i).is_space())
        .count();
    if words < 3 || !has_name(cx, &source) {
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
    if !is_new(cx, clause.verb, &source, &content, out) {
        return;
    }
    for one in out.iter_mut() {
        // What reaches over the comma into this clause was read too far.
        if one.cue.start >= sentence.start && one.cue.start < clause.content_end {
            for range in &mut one.content {
                if range.contains(&clause.verb)
                    || range.start < source.start && range.end > source.start
                {
                    range.end = range.end.min(clause.content_end).max(range.start);
                }
            }
            one.content.retain(|range| !range.is_empty());
        }
    }
    let speakers = speakers_in(cx, &source).into_iter().collect();
    let found = Source {
        tokens: Some(source),
        speakers,
        hidden: false,
    };
    let verb = doc.token(clause.verb);
    let told = sources::told(cx, verb);
    let lemma = match verb.lemma() {
        lemma if cues::frame(lemma).is_some() => lemma,
        _ => "say",
    };
    let mut said = vec![content];
    said.extend(Some(sources::trim(cx, clause.after)).filter(|after| !after.is_empty()));
    out.push(make(clause.cue..verb.i + 1, lemma, found, told, said));
}

/// The clause of saying that closes a sentence, or stands between commas in its last part.
fn closing_clause(cx: &SpeechContext<'_>, sentence: &Range<usize>) -> Option<Closing> {
    let doc = cx.doc;
    let mut end = sentence.end;
    while end > sentence.start + 3
        && (doc.token(end - 1).is_punct() || doc.token(end - 1).is_space())
    {
        end -= 1;
    }
    let says = |i: &usize| says(cx, *i, end);
    let last = (sentence.start + 2..end)
        .rev()
        .take(REST + SOURCE)
        .find(says)
        .filter(|&verb| is_plain(cx, verb + 1..end));
    // "Shells hit a market, killing seven, an official said, in the worst violence for a year."
    let inserted = || {
        (sentence.start + 4..end.saturating_sub(2))
            .rev()
            .find(|i| says(i) && doc.token(*i + 1).text() == ",")
    };
    let verb = last.or_else(inserted)?;
    let (rest, after) = if last.is_some() {
        (verb + 1..end, end..end)
    } else {
        (verb + 1..verb + 1, verb + 2..end)
    };
    let mut cue = verb;
    while cue > sentence.start
        && (matches!(doc.token(cue - 1).pos(), Pos::Adv | Pos::Aux) && !is_finite(cx, cue - 1)
            || matches!(doc.token(cue - 1).lower(), "has" | "have" | "had" | "also"))
    {
        cue -= 1;
    }
    if cue < sentence.start + 2 {
        return None;
    }
    let who = rest.clone().next().is_some_and(|first| {
        matches!(
            doc.token(first).pos(),
            Pos::Det | Pos::Propn | Pos::Noun | Pos::Adj | Pos::Pron
        )
    });
    let inverted = closes(cx, cue - 1)
        && comma_or_quote_ends(cx, cue)
        && who
        && doc.token(verb).lemma() != "tell";
    let (source, content_end) = if inverted && has_name(cx, &rest) {
        (until_time(cx, rest), cue - 1)
    } else {
        source_before(cx, sentence, cue)?
    };
    Some(Closing {
        verb,
        cue,
        source,
        content_end,
        after,
    })
}

/// The phrase between a comma and the cue, and where what is said before it ends.
fn source_before(
    cx: &SpeechContext<'_>,
    sentence: &Range<usize>,
    cue: usize,
) -> Option<(Range<usize>, usize)> {
    let doc = cx.doc;
    // "…, a charity, Panj Relief, estimates": an apposition closed by a comma of its own.
    let last = if cue > sentence.start + 2 && is_comma(cx, cue - 1) {
        cue - 1
    } else {
        cue
    };
    let mut at = (sentence.start + 1..last)
        .rev()
        .take(SOURCE)
        .find(|&i| closes(cx, i))?;
    let further = |at: usize| {
        (sentence.start + 1..at)
            .rev()
            .take(10)
            .find(|&i| closes(cx, i))
    };
    if last < cue {
        at = further(at).filter(|&further| !(further + 1..at).any(|i| is_finite(cx, i)))?;
    }
    // "Ana Orlova, who speaks for the ministry, told": the name stands before the aside.
    let aside = at + 1 < last && matches!(doc.token(at + 1).lower(), "who" | "which" | "whose");
    let name = aside.then(|| further(at)).flatten();
    Some(match name {
        Some(from) => (from + 1..at, from),
        None => (at + 1..last, at),
    })
}

/// Whether token `i` is a verb of saying; `end` is the end of the sentence's words.
fn says(cx: &SpeechContext<'_>, i: usize, end: usize) -> bool {
    let token = cx.doc.token(i);
    // "estimates" and "informs" at the very end may be taken for nouns; "the United States" and "the last report"
    // say nothing.
    let verb = token.pos() == Pos::Verb && !matches!(token.dep(), "amod" | "compound" | "nmod")
        || i + 1 == end
            && token.tag() == "NNS"
            && matches!(token.lower(), "says" | "informs" | "estimates" | "reports");
    verb && SAYING.contains(&token.lower()) && cx.quotes.at(i).is_none()
}

/// Whether what follows the verb says no more than when and to whom.
fn is_plain(cx: &SpeechContext<'_>, rest: Range<usize>) -> bool {
    rest.len() <= REST
        && !rest.clone().any(|i| {
            is_finite(cx, i)
                || cx.quotes.at(i).is_some()
                || matches!(cx.doc.token(i).lower(), "that" | "," | "how" | "whether")
        })
}

fn is_finite(cx: &SpeechContext<'_>, i: usize) -> bool {
    let token = cx.doc.token(i);
    matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD") && token.lower() != "'s"
}

fn is_comma(cx: &SpeechContext<'_>, i: usize) -> bool {
    matches!(cx.doc.token(i).text(), "," | "–" | "—" | "--")
}

/// Whether token `i` may close what is said.
fn closes(cx: &SpeechContext<'_>, i: usize) -> bool {
    let token = cx.doc.token(i);
    is_comma(cx, i) || token.is_punct() && matches!(token.text(), "”" | "\"" | "’" | "''")
}

/// Words that join a clause to the one before; what they open is no speaker.
const JOINING: &[&str] = &[
    "and",
    "but",
    "which",
    "who",
    "that",
    "when",
    "as",
    "where",
    "if",
    "because",
    "after",
    "while",
    "or",
    "including",
    "according",
    "i",
    "we",
    "you",
    "at",
    "on",
    "in",
    "of",
    "by",
    "for",
    "with",
    "from",
    "during",
    "to",
];

/// Whether a phrase can be a speaker's: it opens as one and holds no clause and no quotation but behind its name.
fn is_noun_phrase(cx: &SpeechContext<'_>, source: &Range<usize>) -> bool {
    let doc = cx.doc;
    let relative = source
        .clone()
        .find(|&i| {
            matches!(doc.token(i).lower(), "that" | "which" | "who" | "whose") && i > source.start
        })
        .unwrap_or(source.end);
    !(JOINING.contains(&doc.token(source.start).lower())
        || (source.start..relative).any(|i| is_finite(cx, i))
        || source.clone().any(|i| cx.quotes.at(i).is_some()))
}

/// Whether a closing clause is news beside what was found; one found wrongly by the same verb is taken out, and one
/// found rightly gets its speaker.
fn is_new(
    cx: &SpeechContext<'_>,
    verb: usize,
    source: &Range<usize>,
    content: &Range<usize>,
    out: &mut Vec<Attribution>,
) -> bool {
    // Somebody else already speaks in what stands before the comma: two voices, which only the tree can part.
    let other = out.iter().any(|one| {
        content.contains(&one.cue.start)
            && one.said
            && !one.speakers.is_empty()
            && !one.cue.contains(&verb)
            && one.inside.is_none()
            && !one.holds(verb)
    });
    let Some(at) = out.iter().position(|one| one.cue.contains(&verb)) else {
        return true;
    };
    if other {
        return false;
    }
    let held = content.clone().filter(|&i| out[at].holds(i)).count();
    let own = out[at]
        .source
        .as_ref()
        .is_some_and(|tokens| tokens.start < source.end && source.start < tokens.end);
    if held * 10 >= content.len() * 7 && own {
        if out[at].speakers.is_empty() {
            out[at].speakers.extend(speakers_in(cx, source));
        }
        return false;
    }
    out.remove(at);
    true
}

fn comma_or_quote_ends(cx: &SpeechContext<'_>, before: usize) -> bool {
    let text = cx.doc.token(before - 1).text();
    matches!(text, "," | "”" | "\"" | "’" | "''" | "–" | "—")
}

/// Whether a phrase names or describes somebody.
fn has_name(cx: &SpeechContext<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|i| {
        let token = cx.doc.token(i);
        cx.party(i).is_some()
            || token.pos() == Pos::Propn && !matches!(token.entity_label(), "DATE" | "TIME")
    }) || phrase.clone().any(|i| {
        matches!(
            cx.doc.token(i).lemma(),
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
            cx.doc.token(phrase.start).lower(),
            "he" | "she" | "it" | "they"
        )
}

/// The phrase up to the time or place of the saying.
fn until_time(cx: &SpeechContext<'_>, phrase: Range<usize>) -> Range<usize> {
    let doc = cx.doc;
    let stop = phrase.clone().find(|&i| {
        i > phrase.start
            && (matches!(doc.token(i).entity_label(), "DATE" | "TIME")
                || matches!(
                    doc.token(i).lower(),
                    "on" | "in" | "at" | "late" | "early" | "after" | "during" | "by"
                ))
            && cx.party(i).is_none()
    });
    phrase.start..stop.unwrap_or(phrase.end)
}

/// Who speaks in a closing phrase: the name at its end, or the head before "of"; a person before the body.
fn speakers_in(cx: &SpeechContext<'_>, phrase: &Range<usize>) -> Option<usize> {
    let doc = cx.doc;
    let cut = phrase
        .clone()
        .find(|&i| i > phrase.start && matches!(doc.token(i).lower(), "that" | "which" | "who"))
        .unwrap_or(phrase.end);
    let head = phrase.start..cut;
    let of = head.clone().find(|&i| {
        i > head.start && matches!(doc.token(i).lower(), "of" | "for" | "at" | "with" | "in")
    });
    let mentions: Vec<_> = {
        let from = cx
            .parties
            .mentions
            .partition_point(|mention| mention.tokens.start < head.start);
        cx.parties.mentions[from..]
            .iter()
            .take_while(|mention| mention.tokens.start < head.end)
            .filter(|mention| mention.tokens.end <= head.end)
            .collect()
    };
    let kind = |party: usize| cx.parties.parties[party].party.kind;
    let person = mentions.iter().find(|mention| {
        kind(mention.party) == PartyKind::Person && cx.parties.parties[mention.party].named
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
fn headlines(cx: &SpeechContext<'_>, out: &mut Vec<Attribution>) {
    let doc = cx.doc;
    let mut start = 0;
    while start < doc.len() {
        let mut end = start + 1;
        while end < doc.len() && cx.paragraph[end] == cx.paragraph[start] {
            end += 1;
        }
        let line = sources::trim(cx, start..end);
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
                tail(cx, &line, last, out);
            }
            continue;
        };
        let from = marks
            .iter()
            .rev()
            .find(|&&i| i < first)
            .map_or(line.start, |&i| i + 1);
        if let Some(found) = named_alone(cx, from..first) {
            let content = sources::trim(cx, first + 1..line.end);
            let owned = out
                .iter()
                .any(|one| content.contains(&one.cue.start) && !one.speakers.is_empty());
            if content.len() > 2 && !owned {
                out.push(make(first..first + 1, "say", found, None, vec![content]));
                continue;
            }
        }
        tail(cx, &line, last, out);
    }
}

fn tail(cx: &SpeechContext<'_>, line: &Range<usize>, mark: usize, out: &mut Vec<Attribution>) {
    let content = sources::trim(cx, line.start..mark);
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
    if let Some(found) = named_alone(cx, mark + 1..line.end).filter(|_| !owned) {
        out.push(make(mark..mark + 1, "say", found, None, vec![content]));
    }
}

/// The party that a few words without a verb name and nothing else; no place.
fn named_alone(cx: &SpeechContext<'_>, range: Range<usize>) -> Option<Source> {
    let doc = cx.doc;
    let range = sources::trim(cx, range);
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
    let party = cx.party(last).or_else(|| {
        // "Brigade: 31 captives dead": the last word of a name that the text gives whole.
        let word = doc.token(last).text();
        let named = |info: &crate::read::parties::PartyInfo| {
            info.named && info.party.name.rsplit(' ').next() == Some(word)
        };
        (range.len() <= 2 && word.starts_with(char::is_uppercase))
            .then(|| cx.parties.parties.iter().position(named))
            .flatten()
    })?;
    let info = &cx.parties.parties[party];
    let place = matches!(doc.token(last).entity_label(), "GPE" | "LOC" | "FAC")
        && info.party.kind != PartyKind::Authority;
    let speaks = !matches!(info.party.kind, PartyKind::Civilians) || info.role.is_some();
    (!place && speaks).then(|| Source {
        tokens: Some(range),
        speakers: vec![party],
        hidden: false,
    })
}
