//! Features of a word that may be a cue: itself, what hangs on it, what it hangs on, the words beside it, quotation
//! marks.

use language::{Pos, Token};

use super::{
    cue_priors::CuePriors,
    token_features::{Quoted, TokenFeatures},
};
use crate::{
    learned::{Features, hash, mix},
    read::{parties::phrase, speakers::cues},
};

/// Names of the features of a word that may be a cue, sorted: what the weights were trained on.
#[rustfmt::skip]
pub const FEATURES: &[&str] = &[
    "around", "around tags", "beside", "beside lemma", "beside tag", "beside tag lemma",
    "best beside", "best governor", "best left", "best right", "child", "child lemma",
    "child rate", "child side", "child tag lemma", "child word", "child word lemma", "children",
    "children lemma", "clause", "clause mark", "clause subject", "colon", "dep", "ending",
    "entity", "first", "governor", "governor rate", "governor side", "head", "head dep",
    "head lemma", "head tag dep", "lemma", "lemma dep", "lemma tag", "lower", "mark lemma",
    "near cue", "near cue far", "near cue lemma", "near cue over", "near cue quotes", "no subject",
    "place", "pos", "punct child", "quote before", "quote left", "quote left lemma",
    "quote length", "quote long", "quote right", "quote right lemma", "quoted", "quoted dep",
    "quoted lemma", "quoted rate", "rate", "rate dep", "rate tag", "root", "subject",
    "subject dep", "subject entity", "subject entity lemma", "subject entity rate",
    "subject lemma", "subject none", "subject rate", "subject side", "subject side lemma",
    "subject tag", "subject tag lemma", "table", "table dep", "table rate", "tag", "tag dep",
    "tags after", "to the end", "top", "top rate", "two after", "two before",
];

/// Names of features, as hashes made at compile time.
macro_rules! name {
    ($name:literal) => {
        const { $crate::learned::hash($name) }
    };
}
pub(super) use name;

/// Puts the features of token `i` into `out`.
pub fn features(columns: &TokenFeatures<'_>, i: usize, out: &mut Features) {
    let doc = columns.doc;
    let token = doc.token(i);
    let lemma = columns.lemma[i];
    let (tag, dep) = (columns.tag[i], columns.dep[i]);
    let rate = u64::from(CuePriors::plain(columns.rate[i]));
    out.pair(name!("lemma"), lemma);
    out.pair(name!("lower"), columns.lower[i]);
    out.pair(name!("tag"), tag);
    out.pair(name!("dep"), dep);
    out.pair(name!("pos"), token.pos() as u64);
    out.triple(name!("tag dep"), tag, dep);
    out.triple(name!("lemma tag"), lemma, tag);
    out.triple(name!("lemma dep"), lemma, dep);
    out.pair(name!("rate"), rate);
    out.triple(name!("rate tag"), rate, tag);
    out.triple(name!("rate dep"), rate, dep);
    out.pair(name!("entity"), columns.entity[i]);

    let ending = token.lemma().char_indices().rev().nth(2);
    out.pair(
        name!("ending"),
        ending.map_or(0, |(at, _)| hash(&token.lemma()[at..])),
    );
    let table = cues::frame(token.lemma()).map_or(0, |frame| {
        1 + u64::from(frame.clause)
            + 2 * u64::from(frame.object)
            + 4 * u64::from(frame.infinitive)
            + 8 * u64::from(frame.weak)
            + 16 * u64::from(frame.quotation)
    });
    out.triple(name!("table"), table, columns.tag[i]);
    out.triple(name!("table rate"), table, rate);
    out.triple(name!("table dep"), table, dep);

    let head = columns.head[i] as usize;
    if head == i {
        out.add(name!("root"));
    } else {
        out.pair(name!("head"), columns.lemma[head]);
        out.triple(name!("head dep"), columns.lemma[head], dep);
        out.triple(name!("head tag dep"), columns.tag[head], dep);
        out.triple(name!("head lemma"), columns.lemma[head], lemma);
    }
    children(columns, token, out);
    subject(columns, token, out);
    governors(columns, token, out);
    beside(columns, i, out);
    quotation(columns, token, out);
}

fn children(columns: &TokenFeatures<'_>, token: Token<'_>, out: &mut Features) {
    let i = token.i;
    let lemma = columns.lemma[i];
    let rate = u64::from(CuePriors::plain(columns.rate[i]));
    let mut all = 0u64;
    for child in token.children().take(30) {
        let (dep, side) = (columns.dep[child.i], u64::from(child.i > i));
        if child.is_punct() {
            out.triple(name!("punct child"), columns.lower[child.i], side);
            continue;
        }
        all = all.wrapping_add(mix(dep, side));
        out.pair(name!("child"), dep);
        out.triple(name!("child side"), dep, side);
        out.triple(name!("child lemma"), dep, mix(lemma, side));
        out.triple(name!("child rate"), dep, mix(rate, side));
        let word = columns.lemma[child.i];
        match child.dep() {
            "prep" | "prt" | "dobj" | "xcomp" | "advmod" | "neg" | "aux" | "acomp" | "attr"
            | "agent" | "dative" | "oprd" => {
                out.triple(name!("child word"), dep, word);
                out.triple(name!("child word lemma"), mix(dep, word), lemma);
                out.triple(
                    name!("child tag lemma"),
                    mix(dep, columns.tag[child.i]),
                    lemma,
                );
            }
            _ => {}
        }
        if matches!(
            child.dep(),
            "ccomp" | "xcomp" | "acl" | "advcl" | "relcl" | "pcomp" | "parataxis" | "csubj"
        ) {
            let mark = child
                .children()
                .find(|c| {
                    matches!(c.dep(), "mark" | "aux") || matches!(c.tag(), "WP" | "WRB" | "WDT")
                })
                .map_or(0, |mark| columns.lower[mark.i]);
            let clause = mix(mix(dep, columns.tag[child.i]), side);
            out.pair(name!("clause"), clause);
            out.triple(name!("clause mark"), clause, mark);
            out.triple(name!("mark lemma"), mix(dep, mark), lemma);
            let subject = child.child_of(&["nsubj", "nsubjpass", "expl"]);
            out.triple(
                name!("clause subject"),
                mix(dep, side),
                u64::from(subject.is_some()),
            );
        }
    }
    out.pair(name!("children"), all);
    out.triple(name!("children lemma"), all, lemma);
}

/// Who does it, by the class of word.
fn subject(columns: &TokenFeatures<'_>, token: Token<'_>, out: &mut Features) {
    let i = token.i;
    let lemma = columns.lemma[i];
    let rate = u64::from(CuePriors::plain(columns.rate[i]));
    let own = token.child_of(&["nsubj", "nsubjpass", "csubj", "expl", "poss"]);
    let (subject, way) = match own {
        Some(subject) => (Some(subject), 1),
        None => (phrase::subject(token), 2),
    };
    let Some(subject) = subject else {
        out.triple(name!("no subject"), lemma, 0);
        out.add(name!("subject none"));
        return;
    };
    let s = subject.i;
    out.triple(name!("subject"), columns.lemma[s], way);
    out.triple(name!("subject lemma"), columns.lemma[s], lemma);
    out.triple(name!("subject rate"), columns.lemma[s], rate);
    out.triple(name!("subject tag"), columns.tag[s], way);
    out.triple(name!("subject tag lemma"), columns.tag[s], lemma);
    out.triple(name!("subject dep"), columns.dep[s], lemma);
    out.triple(name!("subject entity"), columns.entity[s], way);
    out.triple(name!("subject entity lemma"), columns.entity[s], lemma);
    out.triple(name!("subject entity rate"), columns.entity[s], rate);
    let side = u64::from(s > i);
    let far = bucket(s.abs_diff(i));
    out.triple(name!("subject side"), side, far);
    out.triple(name!("subject side lemma"), side, lemma);
}

/// What stands above: whether it could be the cue instead, since the outermost one is.
fn governors(columns: &TokenFeatures<'_>, token: Token<'_>, out: &mut Features) {
    let mut at = token.i;
    let mut best = 0;
    for step in 0..5u64 {
        let head = columns.head[at] as usize;
        if head == at {
            break;
        }
        let rate = CuePriors::plain(columns.rate[head]);
        let verb = matches!(columns.doc.token(head).pos(), Pos::Verb | Pos::Aux);
        if verb || rate > 4 {
            let way = mix(columns.dep[at], u64::from(rate));
            out.triple(name!("governor"), way, step);
            if rate > best {
                out.pair(name!("governor rate"), way);
                let side = u64::from(head > token.i);
                out.triple(name!("governor side"), way, side);
            }
        }
        best = best.max(rate);
        at = head;
    }
    out.pair(name!("best governor"), u64::from(best));
    let sentence = token.sentence();
    // The nearest likely cue to the left: it may report this one, or share its speaker.
    let near = (sentence.start.max(token.i.saturating_sub(WINDOW))..token.i)
        .rev()
        .find(|&j| CuePriors::plain(columns.rate[j]) > 5);
    if let Some(near) = near {
        let open = columns.quoted[near] as u64 * 4 + columns.quoted[token.i] as u64;
        out.pair(name!("near cue"), columns.lemma[near]);
        out.triple(
            name!("near cue lemma"),
            columns.lemma[near],
            columns.lemma[token.i],
        );
        out.triple(
            name!("near cue quotes"),
            open,
            u64::from(CuePriors::plain(columns.rate[near])),
        );
        out.triple(name!("near cue far"), bucket(token.i - near), open);
        let under = columns.doc.token(near).subtree().contains(&token.i);
        out.triple(
            name!("near cue over"),
            u64::from(under),
            u64::from(CuePriors::plain(columns.rate[near])),
        );
    }
    // The top of the sentence.
    let top = token.ancestors().take(40).last();
    if let Some(top) = top {
        out.pair(name!("top"), columns.lemma[top.i]);
        out.triple(
            name!("top rate"),
            u64::from(CuePriors::plain(columns.rate[top.i])),
            columns.dep[token.i],
        );
    }
    let own = u64::from(CuePriors::plain(columns.rate[token.i]));
    let most = |range: std::ops::Range<usize>| {
        let rates = range.map(|j| CuePriors::plain(columns.rate[j]));
        u64::from(rates.max().unwrap_or(0))
    };
    let left = most(sentence.start.max(token.i.saturating_sub(WINDOW))..token.i);
    let right = most(token.i + 1..sentence.end.min(token.i + WINDOW));
    out.triple(name!("best left"), left, own);
    out.triple(name!("best right"), right, own);
    out.triple(name!("best beside"), left, mix(right, own));
}

/// Tokens looked at to either side, which keeps a sentence of any length cheap.
const WINDOW: usize = 60;

fn beside(columns: &TokenFeatures<'_>, i: usize, out: &mut Features) {
    let sentence = columns.doc.token(i).sentence();
    let lemma = columns.lemma[i];
    let word = |at: Option<usize>| {
        at.filter(|at| sentence.contains(at))
            .map_or((0, 0), |at| (columns.lower[at], columns.tag[at]))
    };
    for step in 1..=3usize {
        for (side, at) in [(0, i.checked_sub(step)), (1, Some(i + step))] {
            let (lower, tag) = word(at);
            let place = step as u64 * 2 + side;
            out.triple(name!("beside"), lower, place);
            out.triple(name!("beside tag"), tag, place);
            if step == 1 {
                out.triple(name!("beside lemma"), lower, mix(lemma, side));
                out.triple(name!("beside tag lemma"), tag, mix(lemma, side));
            }
        }
    }
    let (before, after) = (word(i.checked_sub(1)), word(Some(i + 1)));
    let (before2, after2) = (word(i.checked_sub(2)), word(Some(i + 2)));
    out.triple(name!("around"), before.0, after.0);
    out.triple(name!("around tags"), before.1, after.1);
    out.triple(name!("two before"), before2.0, before.0);
    out.triple(name!("two after"), after.0, after2.0);
    out.triple(name!("tags after"), after.1, mix(after2.1, columns.tag[i]));
    let place = (i - sentence.start).min(12) as u64;
    out.pair(name!("place"), bucket(place as usize));
    out.pair(name!("to the end"), bucket(sentence.end - i));
    if i == sentence.start {
        out.add(name!("first"));
    }
}

fn quotation(columns: &TokenFeatures<'_>, token: Token<'_>, out: &mut Features) {
    let i = token.i;
    let (lemma, dep) = (columns.lemma[i], columns.dep[i]);
    let rate = u64::from(CuePriors::plain(columns.rate[i]));
    let sentence = token.sentence();
    let window = sentence.start.max(i.saturating_sub(WINDOW))..sentence.end.min(i + WINDOW);
    let quoted = |j: &usize| columns.quoted[*j] != Quoted::No;
    let own = u64::from(quoted(&i));
    let any = window.clone().any(|j| quoted(&j));
    let left = (window.start..i).rev().find(quoted);
    let right = (i + 1..window.end).find(quoted);
    let outside = own == 0 && any;
    let state = own * 2 + u64::from(outside);
    out.pair(name!("quoted"), state);
    out.triple(name!("quoted lemma"), state, lemma);
    out.triple(name!("quoted rate"), state, rate);
    out.triple(name!("quoted dep"), state, dep);
    let far = |at: Option<usize>| at.map_or(9, |at| bucket(at.abs_diff(i)));
    if outside {
        out.pair(name!("quote left"), far(left));
        out.pair(name!("quote right"), far(right));
        out.triple(name!("quote left lemma"), far(left).min(4), lemma);
        out.triple(name!("quote right lemma"), far(right).min(4), lemma);
        // How much of it there is: a word in quotation marks is often no speech.
        let length = left
            .or(right)
            .and_then(|at| columns.quotes.at(at))
            .map_or(0, |at| bucket(columns.quotes.segments[at].tokens.len()));
        out.triple(name!("quote length"), length, rate);
        out.pair(name!("quote long"), length);
    }
    // A quotation in the sentence before, in the same paragraph, which this one may follow: “Who?” he asked.
    if let Some(before) = sentence.start.checked_sub(1) {
        let same = columns.paragraph[before] == columns.paragraph[i];
        let closed = same && columns.quoted[before] != Quoted::No;
        out.triple(name!("quote before"), u64::from(closed), lemma);
    }
    let colon = (i + 1..window.end).any(|j| columns.doc.token(j).text() == ":");
    out.triple(name!("colon"), u64::from(colon), rate);
}

/// A length as one of nine steps.
pub fn bucket(length: usize) -> u64 {
    match length {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 3,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        15..=30 => 7,
        _ => 8,
    }
}
