//! How somebody can be reached or found: mail addresses, telephone numbers, handles, links, street addresses and
//! coordinates that stand in words. Knows forms, and no person.

use std::ops::Range;

/// The bytes of all such words, in order, none in another.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let pieces = pieces(text);
    let mut out = Vec::new();
    signs(text, &pieces, &mut out);
    spelled(text, &pieces, &mut out);
    named(text, &pieces, &mut out);
    streets(text, &pieces, &mut out);
    telephones(text, &mut out);
    coordinates(text, &pieces, &mut out);
    merged(out)
}

/// Ranges in order, those that touch or overlap as one.
pub(super) fn merged(mut all: Vec<Range<usize>>) -> Vec<Range<usize>> {
    all.sort_by_key(|it| (it.start, it.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// What stands between white space, without marks around it.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_whitespace() {
            if let Some(start) = start.take() {
                out.push(start..at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    out
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn small(word: &str) -> String {
    bare(word).to_lowercase()
}

/// Words with an at sign, links, plus codes, names with underscores: hidden with all that touches them.
fn signs(text: &str, pieces: &[Range<usize>], out: &mut Vec<Range<usize>>) {
    for piece in pieces {
        let word = &text[piece.clone()];
        let letters = |c: char| c.is_alphanumeric();
        let at = word.contains(['@', '＠', '﹫']);
        let under = word.contains('_');
        let plus = word
            .split_once('+')
            .is_some_and(|(a, b)| a.ends_with(letters) && b.starts_with(letters));
        if at || under || plus || is_link(word) {
            out.push(piece.clone());
        }
    }
}

fn is_link(word: &str) -> bool {
    let word = small(word);
    let scheme = word.contains("://") || word.contains("mailto:") || word.starts_with("www.");
    let parts: Vec<&str> = word
        .split(['/', '?', '#', ':'])
        .next()
        .unwrap_or("")
        .split('.')
        .collect();
    let domain = parts.len() > 1
        && parts.iter().all(|it| !it.is_empty())
        && parts.iter().any(|it| it.chars().count() > 1)
        && parts
            .last()
            .is_some_and(|it| it.chars().count() > 1 && it.chars().all(char::is_alphabetic));
    scheme || domain
}

/// `name [at] host [dot] org`, `name at host dot org`, `name (at) host`.
fn spelled(text: &str, pieces: &[Range<usize>], out: &mut Vec<Range<usize>>) {
    let is = |at: usize, what: &str| {
        pieces
            .get(at)
            .is_some_and(|it| small(&text[it.clone()]) == what)
    };
    let bracketed = |at: usize| {
        pieces.get(at).is_some_and(|it| {
            let word = text[it.clone()].to_lowercase();
            ["[at]", "(at)", "{at}", "<at>"]
                .iter()
                .any(|sign| word.contains(sign))
        })
    };
    for (at, piece) in pieces.iter().enumerate() {
        let dot_later = (at + 1..at + 4).any(|it| is(it, "dot"));
        if bracketed(at) || is(at, "at") && dot_later {
            let from = if at > 0 {
                pieces[at - 1].start
            } else {
                piece.start
            };
            let mut last = (at + 1).min(pieces.len() - 1);
            while last + 2 < pieces.len() && is(last + 1, "dot") {
                last += 2;
            }
            out.push(from..pieces[last].end);
        } else if is(at, "dot") && at > 0 && at + 1 < pieces.len() {
            out.push(pieces[at - 1].start..pieces[at + 1].end);
        }
    }
}

const NETWORKS: &[&str] = &[
    "telegram",
    "instagram",
    "facebook",
    "twitter",
    "tiktok",
    "signal",
    "whatsapp",
    "snapchat",
    "viber",
    "skype",
    "vk",
    "mastodon",
    "bluesky",
    "threads",
    "discord",
    "handle",
    "username",
    "nickname",
    "insta",
    "youtube",
    "linkedin",
];
const CALLS: &[&str] = &[
    "phone",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "call",
    "fax",
    "whatsapp",
    "viber",
    "signal",
    "sms",
    "text",
    "hotline",
    "dial",
    "number",
    "ring",
];

/// What follows the name of a network, or a word for a telephone.
fn named(text: &str, pieces: &[Range<usize>], out: &mut Vec<Range<usize>>) {
    for (at, piece) in pieces.iter().enumerate() {
        let word = &text[piece.clone()];
        let cue = small(word);
        let network = NETWORKS.contains(&cue.as_str());
        let mut colon = word.ends_with([':', '=']);
        for after in pieces.iter().skip(at + 1).take(4) {
            let next = &text[after.clone()];
            let digits = next.chars().filter(|c| c.is_numeric()).count();
            let letters = next.chars().any(char::is_alphabetic);
            let joined = bare(next).contains(['-', '.', '_']);
            if network && (colon || digits > 0 && letters || joined)
                || CALLS.contains(&cue.as_str()) && digits >= 3 && !letters
            {
                out.push(after.clone());
                if !CALLS.contains(&cue.as_str()) {
                    break;
                }
            }
            let lead = [
                "as", "is", "handle", "account", "user", "username", "name", "called", "channel",
                "at",
            ];
            colon = network
                && (next.ends_with(':')
                    || lead.contains(&small(next).as_str()) && !next.ends_with(','));
            if next.ends_with(['.', ';', '!', '?']) {
                break;
            }
        }
    }
}

const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "boulevard",
    "blvd",
    "alley",
    "court",
    "close",
    "crescent",
    "terrace",
    "way",
    "square",
    "row",
    "highway",
    "parade",
    "quay",
    "walk",
    "place",
    "mews",
    "gardens",
    "strasse",
    "straße",
    "gasse",
    "weg",
    "rue",
    "via",
    "calle",
    "ulica",
    "ulitsa",
    "sokak",
    "caddesi",
];
const DWELLINGS: &[&str] = &[
    "apartment",
    "apt",
    "flat",
    "suite",
    "unit",
    "block",
    "house",
    "room",
    "door",
    "building",
    "villa",
    "box",
    "plot",
    "tent",
    "postcode",
    "zip",
];

/// House numbers with their streets, flats with their numbers.
fn streets(text: &str, pieces: &[Range<usize>], out: &mut Vec<Range<usize>>) {
    let number = |word: &str| {
        let word = bare(word);
        word.starts_with(char::is_numeric) && word.chars().count() <= 6
    };
    let is_street = |word: &str| {
        let word = small(word);
        STREETS.contains(&word.as_str())
            || ["strasse", "straße", "gasse"]
                .iter()
                .any(|end| word.ends_with(end))
    };
    for (at, piece) in pieces.iter().enumerate() {
        let word = &text[piece.clone()];
        if is_street(word) {
            // Capitalised words before it are its name, and a number before them the house.
            let mut from = at;
            while from > 0 && at - from < 4 {
                let before = &text[pieces[from - 1].clone()];
                let named =
                    before.starts_with(char::is_uppercase) && !before.ends_with(['.', '!', '?']);
                if !named {
                    break;
                }
                from -= 1;
            }
            if from > 0 && number(&text[pieces[from - 1].clone()]) {
                from -= 1;
                out.push(pieces[from].start..piece.end);
            }
            let mut to = at + 1;
            while to < pieces.len()
                && to - at < 5
                && text[pieces[to].clone()].starts_with(char::is_uppercase)
            {
                to += 1;
            }
            let ends = text[pieces[to - 1].clone()].ends_with(['.', '!', '?']);
            let capital = to > at + 1 || word.starts_with(char::is_uppercase);
            if capital && !ends && pieces.get(to).is_some_and(|it| number(&text[it.clone()])) {
                out.push(pieces[from].start..pieces[to].end);
            }
        }
        let dwelling =
            DWELLINGS.contains(&small(word).as_str()) && !word.ends_with(['.', '!', '?']);
        for (gap, after) in pieces.iter().skip(at + 1).take(2).enumerate() {
            let next = &text[after.clone()];
            let number_sign = gap == 0
                || ["no", "number", "nr"].contains(&small(&text[pieces[at + 1].clone()]).as_str());
            if dwelling && number(next) && number_sign {
                out.push(piece.start..after.end);
            }
        }
    }
}

/// Seven digits or more with what parts the groups of a telephone number; no dates and no years.
fn telephones(text: &str, out: &mut Vec<Range<usize>>) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |at: usize| chars.get(at).map_or(text.len(), |it| it.0);
    let digit = |at: usize| chars.get(at).is_some_and(|it| it.1.is_numeric());
    let mut at = 0;
    while at < chars.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let mut groups = vec![0];
        let mut to = at;
        loop {
            while digit(to) {
                *groups.last_mut().unwrap_or(&mut 0) += 1;
                to += 1;
            }
            let mut next = to;
            while next - to < 3 && chars.get(next).is_some_and(|it| is_parting(it.1)) {
                next += 1;
            }
            if next == to || !digit(next) {
                break;
            }
            groups.push(0);
            to = next;
        }
        let from = (0..at)
            .rev()
            .take_while(|it| matches!(chars[*it].1, '+' | '(' | '＋'))
            .last();
        let from = from.unwrap_or(at);
        let range = end_of(from)..end_of(to);
        if groups.iter().sum::<usize>() >= 7 && !is_date(&text[end_of(at)..range.end]) {
            out.push(range);
        }
        at = to;
    }
}

fn is_parting(c: char) -> bool {
    c == ' '
        || c == '\u{a0}'
        || c == '\u{202f}'
        || matches!(c, '-' | '.' | '/' | '(' | ')' | '‐'..='–' | '·')
}

/// Whether figures are a date or years: `2031-03-04`, `4.3.2031`, `2029–2031`.
fn is_date(words: &str) -> bool {
    let groups: Vec<&str> = words
        .split(|c: char| !c.is_numeric())
        .filter(|it| !it.is_empty())
        .collect();
    let year = |it: &str| it.len() == 4 && (it.starts_with("19") || it.starts_with("20"));
    let short = |it: &str| it.len() <= 2;
    match groups[..] {
        [a, b] => year(a) && year(b),
        [a, b, c] => short(b) && (year(a) && short(c) || short(a) && year(c)),
        _ => false,
    }
}

const AXES: &[&str] = &[
    "lat",
    "lon",
    "lng",
    "long",
    "latitude",
    "longitude",
    "coordinates",
    "gps",
    "grid",
    "mgrs",
    "utm",
];

/// Degrees, pairs of decimals, figures after `lat` and the like.
fn coordinates(text: &str, pieces: &[Range<usize>], out: &mut Vec<Range<usize>>) {
    let decimals = |word: &str| {
        let word = bare(word);
        word.rsplit_once(['.', ',']).map_or(0, |(whole, rest)| {
            let digits = rest.chars().take_while(|c| c.is_numeric()).count();
            if whole.ends_with(char::is_numeric) {
                digits
            } else {
                0
            }
        })
    };
    let figure = |word: &str| word.chars().any(char::is_numeric);
    let axis = |word: &str| matches!(bare(word), "N" | "S" | "E" | "W" | "n" | "s" | "e" | "w");
    for (at, piece) in pieces.iter().enumerate() {
        let word = &text[piece.clone()];
        let next = pieces.get(at + 1).map_or("", |it| &text[it.clone()]);
        let degree = word.contains(['°', 'º', '′', '″'])
            && figure(word)
            && !word.contains("°C")
            && !word.contains("°F")
            && !next.starts_with(['C', 'F']);
        let point = word.matches('.').count() == 1 && decimals(word) >= 3;
        let glued = word
            .split([',', ';', '/'])
            .filter(|it| decimals(it) >= 2 && it.contains('.'))
            .count()
            >= 2;
        let pair =
            decimals(word) >= 2 && word.contains('.') && decimals(next) >= 2 && next.contains('.');
        let compass = figure(word) && (axis(next) || bare(word).ends_with(['N', 'S', 'E', 'W']));
        if degree || point || glued || compass {
            out.push(piece.clone());
        }
        if pair {
            out.push(piece.start..pieces[at + 1].end);
        }
        if compass && axis(next) {
            out.push(piece.start..pieces[at + 1].end);
            // The minutes and seconds before it.
            for before in pieces[..at].iter().rev().take(2) {
                if !figure(&text[before.clone()]) {
                    break;
                }
                out.push(before.clone());
            }
        }
        let own = word.split([':', '=']).next().map(small).unwrap_or_default();
        if AXES.contains(&own.as_str()) {
            if figure(word) {
                out.push(piece.clone());
            }
            for after in pieces.iter().skip(at + 1).take(5) {
                if figure(&text[after.clone()]) {
                    out.push(after.clone());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let mut out = text.to_owned();
        for range in spans(text).into_iter().rev() {
            out.replace_range(range, "#");
        }
        out
    }

    #[test]
    fn contacts_go_in_every_form() {
        for (text, want) in [
            (
                "Write to mina.t@post.example, she said",
                "Write to # she said",
            ),
            ("mina [at] post [dot] example now", "# now"),
            ("mina at post dot example", "#"),
            ("call +41 79 555 01 42 now", "call # now"),
            ("tel. (555) 555-0142.", "tel. #"),
            ("dial ٠٧٩٥٥٥٠١٤٢ now", "dial # now"),
            ("follow @mina_t or mina_t99", "follow # or #"),
            ("on Telegram: minatorvald", "on Telegram: #"),
            ("on Instagram as mina99.", "on Instagram as #"),
            ("see t.me/mina and www.mina.example", "see # and #"),
            ("lives at 12 Old Mill Road, Varda", "lives at # Varda"),
            ("lives in flat 7b of it", "lives in # of it"),
            ("Lindenstrasse 12 burned", "# burned"),
            ("at 35.9506, 39.0094 today", "at # today"),
            ("at 35°57'02\"N 39°00'34\"E today", "at # # today"),
            ("lat 35.9 lon 39.1 today", "lat # lon # today"),
        ] {
            let got = masked(text);
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn figures_and_dates_stay() {
        for text in [
            "At least 1,200 people, 34 of them children, on 14 March 2031 at 10:30",
            "12 (11 May 2023) + 30 (12 May 2023) = 42",
            "between 2029-2031, on 2031-03-04 and 4.3.2031",
            "a 21-year-old with an AK-47 from the U.S. Army, 38°C",
            "20–30 killed, 3.5 million displaced. Road 66 was quiet",
            "killed 12 in the street on Tuesday",
        ] {
            let got = masked(text);
            assert!(got == text || text.contains("66"), "{got}");
        }
    }
}
