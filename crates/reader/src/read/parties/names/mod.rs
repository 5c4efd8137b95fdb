//! Bodies by name: known ones, acronyms the text defines, proper names that end in a noun of the table, and what is
//! left of the recogniser's organisations.

mod leftovers;
mod runs;
mod short_forms;

use std::ops::Range;

use language::{Pos, Token};

use super::{
    acronyms::{self, Acronym},
    build::{Builder, Draft},
    introduced,
    lexicon::{self, Class, lexicon},
    phrase,
};

/// Finds the bodies that have a name.
pub fn find(b: &mut Builder<'_>) {
    let defined = acronyms::find(b.doc);
    known(b, &defined);
    runs::find(b);
    introduced::find(b);
    short_forms::define(b, &defined);
    short_forms::undefined_acronyms(b);
    leftovers::entities(b);
    leftovers::repeated(b);
    leftovers::partial(b);
    leftovers::countries(b);
}

/// Known names, the longest first; a name that the text gives its own meaning as an acronym is left to that.
fn known(b: &mut Builder<'_>, defined: &[Acronym]) {
    let mut i = 0;
    while i < b.doc.len() {
        let token = b.doc.token(i);
        let start = token.bytes().start;
        let Some(found) = lexicon().name_at(&b.doc.text()[start..]) else {
            i += 1;
            continue;
        };
        let tokens = i..b.doc.tokens_in(start..start + found.len).end;
        let words = &b.doc.text()[start..start + found.len];
        let own = defined.iter().any(|acronym| {
            acronym.short == words
                && lexicon()
                    .name_at(&b.doc.text()[acronym.long.start..])
                    .map(|long| long.entry)
                    .or_else(|| lexicon().reordered(&b.doc.text()[acronym.long.clone()]))
                    .is_none_or(|long| long.name != found.entry.name)
        });
        if own || !fits(token, tokens.clone(), words, found) {
            i += 1;
            continue;
        }
        let (name, kind) = (found.entry.name.clone(), found.entry.kind);
        let party = b.party(&name, || Draft::new(name.clone(), kind, Class::of(kind)));
        let tokens = with_article(b, tokens, found.entry.name.starts_with("The "));
        let form = words.replace('\u{a0}', " ");
        if form != b.drafts[party].name {
            b.drafts[party].aliases.insert(form);
        }
        b.mention(tokens.clone(), party);
        i = tokens.end;
    }
}

/// Takes "The" in where it belongs to the name.
fn with_article(b: &Builder<'_>, tokens: Range<usize>, article: bool) -> Range<usize> {
    match tokens.start.checked_sub(1) {
        Some(before) if article && b.doc.token(before).lower() == "the" => before..tokens.end,
        _ => tokens,
    }
}

/// Whether the name really stands there: not a word in a line of capitals, not part of a person's or a longer name.
fn fits(token: Token<'_>, tokens: Range<usize>, words: &str, found: lexicon::Match<'_>) -> bool {
    let doc = token.doc();
    let before = token.previous();
    if found.article && before.is_none_or(|t| t.lower() != "the") {
        return false;
    }
    if phrase::is_acronym(words) && words.len() <= 5 && phrase::in_capitals(doc, token.i) {
        return false;
    }
    let last = doc.token(tokens.end - 1);
    let after = last.next();
    // "IS" and the like: a verb in capitals is not the group, but the tagger often thinks so; look at what follows.
    if words == "IS" && before.is_some_and(|t| phrase::is_acronym(t.text()) && t.pos() == Pos::Verb)
    {
        return false;
    }
    if words == "US" || words == "WHO" && phrase::in_capitals(doc, token.i) {
        return false;
    }
    if !found.ordinary {
        return true;
    }
    let capital_next =
        after.is_some_and(|t| phrase::is_capital(t) && t.sentence() == token.sentence());
    let capital_before = before.is_some_and(|t| {
        phrase::is_capital(t) && t.lower() != "the" && t.sentence() == token.sentence()
    });
    let opens = token.sentence().start == token.i;
    let says = after.is_some_and(|t| phrase::is_saying(t.lemma()));
    token.pos() == Pos::Propn
        && !capital_next
        && !capital_before
        && token.entity_label() != "PERSON"
        && (!opens || says)
}
