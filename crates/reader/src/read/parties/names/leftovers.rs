//! Bodies by name that no table and no definition tells of: what is left of the recogniser's organisations, names said
//! again in short, acronyms that nothing explains, and countries that act.

use std::collections::{BTreeMap, BTreeSet};

use language::{Pos, Token};
use model::PartyKind;

use crate::read::parties::{
    build::{Builder, Draft},
    lexicon::{self, Class, lexicon},
    person_words::{is_name_word, is_role, is_title},
    phrase,
};

/// Last words of what looks like a person's full name anywhere in the text: "Orlova" in "spokesperson Ana Orlova".
pub fn last_names<'a>(b: &Builder<'a>) -> BTreeSet<&'a str> {
    let doc = b.doc;
    (1..doc.len())
        .filter(|&i| {
            let (first, last) = (doc.token(i - 1), doc.token(i));
            let name = |t: Token<'_>| t.pos() == Pos::Propn && is_name_word(t) && b.taken[t.i] == 0;
            let person = first.entity_label() == "PERSON"
                || last.entity_label() == "PERSON"
                || (i >= 2 && (is_role(doc.token(i - 2)) || is_title(doc.token(i - 2))));
            name(first) && name(last) && person && last.dep() != "compound"
        })
        .map(|i| doc.token(i).text())
        .collect()
}

/// Organisations of the recogniser that nothing better has claimed.
pub(super) fn entities(b: &mut Builder<'_>) {
    let surnames = last_names(b);
    for entity in b.doc.entities() {
        if &*entity.label != "ORG" {
            continue;
        }
        let mut range = entity.start as usize..entity.end as usize;
        while range.len() > 1
            && (!phrase::is_capital(b.doc.token(range.start))
                || matches!(
                    b.doc.token(range.start).lower(),
                    "the" | "a" | "an" | "suspected" | "alleged" | "supposed" | "presumed"
                ))
        {
            range.start += 1;
        }
        if range.len() > 1 && matches!(b.doc.token(range.end - 1).text(), "'s" | "’s") {
            range.end -= 1;
        }
        let covered_by_place = range.clone().all(|i| b.in_place[i]);
        let first = b.doc.token(range.start);
        let plain = !phrase::is_capital(first)
            || first.is_punct()
            || range.len() > 10
            || lexicon().country(b.doc.slice(range.clone())).is_some()
            || range.clone().any(|i| b.doc.token(i).text().contains('\n'));
        if covered_by_place || plain || !b.free(range.clone()) {
            continue;
        }
        // A person by title, role or age, whatever the recogniser says; and a place when it is where something is.
        let before = range.start.checked_sub(1).map(|i| b.doc.token(i));
        let role = before.is_some_and(is_role);
        let aged = range.end + 1 < b.doc.len()
            && b.doc.token(range.end).text() == ","
            && b.doc.token(range.end + 1).pos() == Pos::Num;
        let somewhere =
            before.is_some_and(|t| matches!(t.lower(), "in" | "near" | "outside" | "around"));
        // "Ana Orlova" of which the recogniser saw the last word only.
        let half = range.len() == 1
            && before.is_some_and(|t| {
                t.pos() == Pos::Propn
                    && phrase::is_capital(t)
                    && t.head().i == range.start
                    && b.taken[t.i] == 0
            });
        let surname = range.len() == 1 && surnames.contains(first.text());
        if (role && range.len() > 1) || aged || somewhere || half || surname {
            continue;
        }
        // "the Orsk barracks": a name before a common noun names the thing.
        let thing = range.len() == 1
            && first.dep() == "compound"
            && first.head().pos() == Pos::Noun
            && !phrase::is_acronym(first.text())
            && !is_role(first.head())
            && lexicon().noun(first.head().lemma()).is_none();
        if thing {
            continue;
        }
        // "Police" at the start of a sentence is a noun, not a name.
        if range.len() == 1
            && (lexicon().noun(first.lower()).is_some()
                || lexicon().demonym(first.text()).is_some())
        {
            continue;
        }
        let name = b.doc.slice(range.clone()).replace('\u{a0}', " ");
        let party = b.party(&name, || {
            Draft::new(name.clone(), PartyKind::Unknown, Class::Body)
        });
        b.named_mention(range, party);
    }
}

/// A body once found by name is the same wherever the same words stand, whatever the recogniser thinks there.
pub(super) fn repeated(b: &mut Builder<'_>) {
    let mut forms: Vec<(String, usize)> = Vec::new();
    for (party, draft) in b.drafts.iter().enumerate() {
        for form in draft.aliases.iter().chain([&draft.name]) {
            if form.chars().count() >= 3 && form.starts_with(char::is_uppercase) {
                forms.push((form.chars().map(lexicon::fold).collect(), party));
            }
        }
    }
    forms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    forms.truncate(2_000);
    let mut by_initial: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (index, (form, _)) in forms.iter().enumerate() {
        if let Some(c) = form.chars().next() {
            by_initial.entry(c).or_default().push(index);
        }
    }
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        if b.taken[i] != 0 || !phrase::is_capital(token) || phrase::in_capitals(b.doc, i) {
            continue;
        }
        let text = &b.doc.text()[token.bytes().start..];
        let Some(initial) = text.chars().next() else {
            continue;
        };
        let Some(list) = by_initial.get(&initial) else {
            continue;
        };
        for &index in list {
            let (form, party) = &forms[index];
            if let Some(len) = lexicon::starts_with(text, form) {
                let tokens = i..b
                    .doc
                    .tokens_in(token.bytes().start..token.bytes().start + len)
                    .end;
                let party = *party;
                if b.free(tokens.clone()) {
                    b.mention(tokens, party);
                }
                break;
            }
        }
    }
}

/// "the League" after "the Lake Children's League": the last word of one body's name, with the article and a capital.
pub(super) fn partial(b: &mut Builder<'_>) {
    let mut last: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (party, draft) in b.drafts.iter().enumerate() {
        if draft.class == Class::Person || !draft.named {
            continue;
        }
        if let Some((_, word)) = draft.name.rsplit_once(' ')
            && word.starts_with(char::is_uppercase)
        {
            last.entry(word.to_owned())
                .and_modify(|slot| {
                    if *slot != Some(party) {
                        *slot = None;
                    }
                })
                .or_insert(Some(party));
        }
    }
    for i in 1..b.doc.len() {
        let token = b.doc.token(i);
        if b.taken[i] == 0
            && b.doc.token(i - 1).lower() == "the"
            && token.pos() == Pos::Propn
            && token.dep() != "compound"
            && let Some(&Some(party)) = last.get(token.text())
        {
            b.mention(i - 1..i + 1, party);
        }
    }
}

/// Countries and capitals as doers or speakers: the government.
pub(super) fn countries(b: &mut Builder<'_>) {
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        if b.taken[i] != 0 || !phrase::is_capital(token) {
            continue;
        }
        let text = &b.doc.text()[token.bytes().start..];
        let span = |len: usize| {
            i..b.doc
                .tokens_in(token.bytes().start..token.bytes().start + len)
                .end
        };
        let found = (1..=4)
            .rev()
            .filter_map(|n| {
                let end = (i + n).min(token.sentence().end);
                let words = b.doc.slice(i..end);
                lexicon()
                    .country(words)
                    .map(|country| (span(words.len()), country))
            })
            .next();
        let acting = |head: Token<'_>| {
            (matches!(head.dep(), "nsubj") && head.head().pos() == Pos::Verb)
                || (head.dep() == "pobj" && head.head().dep() == "agent")
        };
        let _ = text;
        if let Some((range, country)) = found {
            let head = b.doc.token(phrase::head_of(b.doc, range.clone()));
            if acting(head) && b.free(range.clone()) {
                let party = b.party(country, || {
                    Draft::new(country, PartyKind::State, Class::Body)
                });
                b.named_mention(range, party);
            }
        } else if let Some(country) = lexicon().capital(token.text())
            && token.dep() == "nsubj"
            && phrase::is_saying(token.head().lemma())
        {
            let party = b.party(country, || {
                Draft::new(country, PartyKind::State, Class::Body)
            });
            b.named_mention(i..i + 1, party);
        }
    }
}
