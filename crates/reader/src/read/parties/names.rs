//! Bodies by name: known ones, acronyms the text defines, proper names that end in a noun of the table, and what is
//! left of the recogniser's organisations.

use std::{collections::BTreeMap, ops::Range};

use language::{Pos, Token};
use model::PartyKind;

use super::{
    acronyms::{self, Acronym},
    build::{Builder, Draft},
    introduced,
    lexicon::{self, Class, lexicon},
    persons, phrase,
};

/// Finds the bodies that have a name.
pub fn find(b: &mut Builder<'_>) {
    let defined = acronyms::find(b.doc);
    known(b, &defined);
    runs(b);
    introduced::find(b);
    define(b, &defined);
    undefined_acronyms(b);
    entities(b);
    repeated(b);
    partial(b);
    countries(b);
}

fn class_of(kind: PartyKind) -> Class {
    match kind {
        PartyKind::ArmedGroup => Class::Force,
        _ => Class::Body,
    }
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
        let party = b.party(&name, || Draft::new(name.clone(), kind, class_of(kind)));
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

/// Runs of capitalised words that end in a noun of the table: "Lake Province Police", "Ministry of Roads".
fn runs(b: &mut Builder<'_>) {
    let mut longer: BTreeMap<String, usize> = BTreeMap::new();
    let mut i = 0;
    while i < b.doc.len() {
        let run = run_at(b, i);
        if run.is_empty() {
            i += 1;
            continue;
        }
        if let Some((range, kind, class, noun)) = name_in(b, run.clone()) {
            let name = b.doc.slice(range.clone()).replace('\u{a0}', " ");
            // "the Defence Forces" after "the Lakeland Defence Forces".
            let tail = format!(" {}", name.to_lowercase());
            let fuller = longer.get(&tail).copied();
            let party = match (fuller, lexicon().reordered(&name)) {
                (Some(party), _) => party,
                (None, Some(known)) => b.party(&known.name, || {
                    Draft::new(known.name.clone(), known.kind, class_of(known.kind))
                }),
                (None, None) => b.party(&name, || {
                    let mut draft = Draft::new(name.clone(), kind, class);
                    draft.noun = noun;
                    draft
                }),
            };
            let lower = name.to_lowercase();
            for (at, _) in lower.match_indices(' ').take(6) {
                if lower[at + 1..].contains(' ') {
                    longer.entry(lower[at..].to_owned()).or_insert(party);
                }
            }
            b.named_mention(range, party);
        }
        i = run.end;
    }
}

/// Capitalised tokens from `i` on that no mention has taken, with small words between.
fn run_at(b: &Builder<'_>, i: usize) -> Range<usize> {
    let doc = b.doc;
    let ok = |i: usize| {
        let token = doc.token(i);
        b.taken[i] == 0
            && phrase::is_capital(token)
            && !matches!(
                token.pos(),
                Pos::Pron | Pos::Det | Pos::Adp | Pos::Sconj | Pos::Verb | Pos::Aux | Pos::Adv
            )
            && !matches!(
                token.lower(),
                "the"
                    | "a"
                    | "an"
                    | "both"
                    | "but"
                    | "and"
                    | "suspected"
                    | "alleged"
                    | "supposed"
                    | "presumed"
            )
    };
    if !ok(i) {
        return i..i;
    }
    let sentence = doc.token(i).sentence();
    let mut end = i + 1;
    while end < sentence.end {
        if ok(end) {
            end += 1;
            continue;
        }
        let small = |i: usize| {
            let token = doc.token(i);
            // "Two hurt on train - police": a dash between spaces joins no name.
            let spaced =
                token.text() == "-" && i > 0 && doc.token(i - 1).bytes().end < token.bytes().start;
            b.taken[i] == 0
                && !spaced
                && (matches!(
                    token.lower(),
                    "of" | "for" | "&" | "-" | "de" | "del" | "al" | "the"
                ) || matches!(token.text(), "'s" | "’s" | "’" | "'"))
        };
        let mut next = end;
        while next < sentence.end && next < end + 2 && small(next) {
            next += 1;
        }
        if next > end && next < sentence.end && ok(next) {
            end = next + 1;
        } else {
            break;
        }
    }
    i..end
}

/// The body's name within a run: up to the last noun of the table that heads it.
fn name_in(b: &Builder<'_>, run: Range<usize>) -> Option<(Range<usize>, PartyKind, Class, String)> {
    let doc = b.doc;
    if run.len() < 2 || phrase::in_capitals(doc, run.start) {
        return None;
    }
    // "Ministry of Roads": the noun stands first; "Lake Police Department": it stands last.
    let of = (run.start..run.end).find(|&i| matches!(doc.token(i).lower(), "of" | "for"));
    let (noun_end, end) = match of {
        Some(of) if of > run.start => (of, run.end),
        _ => (run.end, run.end),
    };
    // "Fighters of the Lake Front": the body is what follows.
    if let Some(of) = of
        && of > run.start
        && lexicon()
            .noun(&singular(doc.token(of - 1).lower()).unwrap_or_default())
            .is_some_and(|noun| matches!(noun.class, Class::Force | Class::Person))
    {
        let mut start = of + 1;
        while start < run.end && !phrase::is_capital(doc.token(start)) {
            start += 1;
        }
        return name_in(b, start..run.end);
    }
    // "the Lake Observer": a paper, not one who observes.
    if of.is_none()
        && doc.token(run.end - 1).text() == "Observer"
        && run.start > 0
        && doc.token(run.start - 1).lower() == "the"
    {
        return Some((
            run.clone(),
            PartyKind::Outlet,
            Class::Body,
            "newspaper".to_owned(),
        ));
    }
    // "Radio Lake", "Channel Nine".
    if matches!(
        doc.token(run.start).lower(),
        "radio" | "channel" | "television" | "tv"
    ) && of.is_none()
    {
        return Some((
            run.clone(),
            PartyKind::Outlet,
            Class::Body,
            "radio".to_owned(),
        ));
    }
    for last in (run.start..noun_end).rev() {
        let mut key = String::new();
        for from in [last.checked_sub(2), last.checked_sub(1), Some(last)] {
            let Some(from) = from.filter(|&from| from >= run.start) else {
                continue;
            };
            key.clear();
            key.push_str(&doc.slice(from..last + 1).to_lowercase().replace('’', "'"));
            let noun = lexicon()
                .noun(&key)
                .or_else(|| singular(&key).and_then(|one| lexicon().noun(&one)));
            let Some(noun) = noun.filter(|noun| noun.class != Class::Person) else {
                continue;
            };
            let range = match of {
                Some(of) if last + 1 == of => run.start..end,
                _ => run.start..last + 1,
            };
            if range.len() < 2 || (noun.class == Class::Name && from == run.start && of.is_none()) {
                continue;
            }
            let article = range.start > 0 && doc.token(range.start - 1).lower() == "the";
            let person =
                !article && doc.token(last).entity_label() == "PERSON" && noun.class == Class::Name;
            if person {
                continue;
            }
            let class = match (noun.class, noun.kind) {
                (Class::Force, _) | (_, PartyKind::ArmedGroup) => Class::Force,
                _ => Class::Body,
            };
            let kind = (range.start..last)
                .filter(|_| noun.kind == PartyKind::Unknown)
                .find_map(|i| lexicon().modifier(doc.token(i).lower()))
                .unwrap_or(noun.kind);
            return Some((range, kind, class, key));
        }
    }
    None
}

/// The singular of a plural in "-s" or "-ies".
pub fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    word.strip_suffix('s')
        .filter(|s| !s.ends_with('s'))
        .map(str::to_owned)
}

/// Joins each acronym with its long form, making a party of the long form if none is there.
fn define(b: &mut Builder<'_>, defined: &[Acronym]) {
    let mut short: BTreeMap<String, usize> = BTreeMap::new();
    for acronym in defined {
        let long = b.doc.tokens_in(acronym.long.clone());
        let at = b.doc.tokens_in(acronym.at.clone());
        if long.is_empty() || at.is_empty() {
            continue;
        }
        let name = b.doc.text()[acronym.long.clone()].replace('\u{a0}', " ");
        let last = long.end - 1;
        let existing = long.clone().rev().find_map(|i| b.party_at(i));
        let whole = existing.filter(|_| b.party_at(last) == existing);
        // A country, a drug, a unit: an acronym of anything but a body names no party.
        let body = whole.is_some() || looks_like_body(b, long.clone());
        if !body {
            continue;
        }
        let party = match whole {
            Some(party) => party,
            None => b.party(&name, || {
                Draft::new(name.clone(), PartyKind::Unknown, Class::Body)
            }),
        };
        if whole.is_none() && b.free(long.clone()) {
            b.named_mention(long, party);
        }
        b.also(&acronym.short, party);
        b.drafts[party].aliases.insert(acronym.short.clone());
        if b.free(at.clone()) {
            b.mention(at, party);
        }
        short.entry(acronym.short.clone()).or_insert(party);
    }
    // Every other use is the same body.
    for i in 0..b.doc.len() {
        if b.taken[i] == 0
            && let Some(&party) = short.get(word_of(b.doc.token(i)))
        {
            b.mention(i..i + 1, party);
        }
    }
}

/// The token without the brackets and hyphens the tokenizer may leave on it.
fn word_of(token: Token<'_>) -> &str {
    token.text().trim_matches(|c: char| !c.is_alphanumeric())
}

fn looks_like_body(b: &Builder<'_>, range: Range<usize>) -> bool {
    let doc = b.doc;
    let org = range
        .clone()
        .any(|i| matches!(doc.token(i).entity_label(), "ORG" | "NORP"));
    let noun = range.clone().any(|i| {
        let lower = doc.token(i).lower();
        lexicon()
            .noun(lower)
            .or_else(|| singular(lower).and_then(|one| lexicon().noun(&one)))
            .is_some_and(|noun| noun.class != Class::Person)
    });
    (org || noun) && !range.clone().all(|i| b.in_place[i])
}

/// Organisations of the recogniser that nothing better has claimed.
fn entities(b: &mut Builder<'_>) {
    let surnames = persons::last_names(b);
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
        let role = before.is_some_and(persons::is_role);
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
            && !persons::is_role(first.head())
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
fn repeated(b: &mut Builder<'_>) {
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
fn partial(b: &mut Builder<'_>) {
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

/// Acronyms used without being defined, that spell a body named elsewhere in the text ("Middle Lake Eye … MLE").
fn undefined_acronyms(b: &mut Builder<'_>) {
    // Bounded, so that a text of nothing but names stays linear.
    const MOST: usize = 2_000;
    let mut known: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for i in 0..b.doc.len() {
        let token = b.doc.token(i);
        let word = word_of(token);
        if b.taken[i] != 0
            || !phrase::is_acronym(word)
            || word.len() > 8
            || phrase::in_capitals(b.doc, i)
        {
            continue;
        }
        if !known.contains_key(word) {
            if known.len() > MOST {
                break;
            }
            let found = b.drafts.iter().take(MOST).position(|draft| {
                draft.named
                    && (acronyms::initials_spell(&draft.name, word) || draft.aliases.contains(word))
            });
            known.insert(word.to_owned(), found);
        }
        if let Some(party) = known[word] {
            b.named_mention(i..i + 1, party);
        }
    }
}

/// Countries and capitals as doers or speakers: the government.
fn countries(b: &mut Builder<'_>) {
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
