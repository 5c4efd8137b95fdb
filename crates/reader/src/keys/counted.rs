//! A text as the linker counts it: words as hashes, with what kind of word each is and how it stands.

use std::collections::{HashMap, hash_map::Entry};

use model::{LinkingWords, PlaceWords, WordTraits, flags, hash};

use super::{
    kinds::kinds,
    tokens::{Token, scan},
};

/// The words of a report: its headline, its running text a block a line, and the path of its address.
pub fn words(headline: &str, body: &str, address: &str) -> LinkingWords {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut counting = Counting::default();
    scan(headline, &mut tokens);
    counting.take(&tokens, 0);
    let headline = tokens.len() as u32;
    for line in body.lines() {
        tokens.clear();
        scan(line, &mut tokens);
        counting.take(&tokens, if is_caption(line) { flags::CAPTION } else { 0 });
    }
    let mut out = counting.out;
    out.headline = headline;
    // Long enough for a word, and for a name.
    let of_address = address.split(|c: char| !c.is_alphabetic());
    for word in of_address.filter(|word| word.len() >= 3) {
        let hash = hash::word(word);
        out.address.push(hash);
        if word.len() > 3 {
            out.address_names.push(hash);
        }
    }
    out
}

/// The words of a place, as it is named or written.
pub fn place(words: &str) -> PlaceWords {
    let small = words.to_lowercase();
    PlaceWords {
        all: long(&small, |_| true),
        capitals: long(words, |token| token.capital),
    }
}

fn long(text: &str, kept: impl Fn(&Token<'_>) -> bool) -> Vec<u64> {
    let mut tokens = Vec::new();
    scan(text, &mut tokens);
    let tokens = tokens.iter().filter(|token| letters(token.word) > 2);
    tokens
        .filter(|token| kept(token))
        .map(|token| token.hash)
        .collect()
}

/// Letters of a word, up to three.
fn letters(word: &str) -> u8 {
    word.chars().take(3).count() as u8
}

#[derive(Default)]
struct Counting {
    out: LinkingWords,
    known: HashMap<(u64, WordTraits), u32>,
}

impl Counting {
    /// Adds the words of a line.
    fn take(&mut self, line: &[Token<'_>], flag: u32) {
        for (at, token) in line.iter().enumerate() {
            let next = line.get(at + 1).filter(|next| !next.apart);
            let division = token.capital.then(|| {
                let next = next.map(|next| next.hash);
                kinds().division(token.hash, next)
            });
            if let Some(division) = division.flatten() {
                let here = self.out.tokens.len() as u32;
                self.out.divisions.push((here, division));
            }
            let traits = traits(token);
            let word = match self.known.entry((token.hash, traits)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(place) => {
                    let word = *place.insert(self.out.hashes.len() as u32);
                    self.out.hashes.push(token.hash);
                    if traits != WordTraits::default() {
                        self.out.traits.push((word, traits));
                    }
                    word
                }
            };
            let flags = [
                (token.capital, flags::CAPITAL),
                (token.apart, flags::APART),
                (token.comma, flags::COMMA),
                (token.opens, flags::OPENS),
            ];
            let flags = flags
                .iter()
                .filter(|(is, _)| *is)
                .fold(flag, |all, it| all | it.1);
            self.out.tokens.push(word * (flags::ALL + 1) + flags);
        }
    }
}

fn traits(token: &Token<'_>) -> WordTraits {
    let word = token.word;
    let day = word.trim_end_matches(|c: char| c.is_alphabetic());
    WordTraits {
        letters: letters(word),
        kind: kinds().of(token.hash),
        number: token.number,
        day: day.parse().ok().filter(|day| (1..=31).contains(day)),
        short: token.number.is_some() && word.len() <= 2,
        digit: word.starts_with(|c: char| c.is_ascii_digit()),
    }
}

/// Whether a line is the caption of a video: it starts with a running time m:ss that is no time of day ("1:58 Man hurt
/// in fire"), or ends with its button ("… Pause").
fn is_caption(line: &str) -> bool {
    if line.trim_end().ends_with("Pause") {
        return true;
    }
    let Some((minutes, rest)) = line.trim_start().split_once(':') else {
        return false;
    };
    let clock = !minutes.is_empty()
        && minutes.len() <= 2
        && minutes.bytes().all(|b| b.is_ascii_digit())
        && rest.len() >= 2
        && rest.bytes().take(2).all(|b| b.is_ascii_digit());
    if !clock {
        return false;
    }
    let after = rest[2..].trim_start().as_bytes();
    let half = matches!(after.first(), Some(b'a' | b'p' | b'A' | b'P'))
        && matches!(after.get(1), Some(b'.' | b'm' | b'M'));
    !half
}

/// Words of a text by hash, as written where they stand first, with neighbouring pairs and streets.
pub(super) fn glossary(parts: [&str; 3]) -> HashMap<u64, String> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    parts.iter().for_each(|part| scan(part, &mut tokens));
    let mut out = HashMap::new();
    for (at, token) in tokens.iter().enumerate() {
        out.entry(token.hash)
            .or_insert_with(|| token.word.to_owned());
        if let Some(next) = tokens.get(at + 1) {
            let both = || format!("{} {}", token.word, next.word);
            out.entry(hash::join(token.hash, next.hash))
                .or_insert_with(both);
            out.entry(hash::join(token.hash, 1)).or_insert_with(both);
        }
        if let Some(number) = token.number {
            for name in tokens[at + 1..].iter().take(6) {
                out.entry(hash::join(u64::from(number), name.hash))
                    .or_insert_with(|| format!("{number} block of {}", name.word));
            }
        }
    }
    out
}

/// The words of a text in small letters, each with how often it stands there and how often of these without a capital;
/// what is no word of letters alone is left out.
pub fn tally(text: &str) -> Vec<(String, u32, u32)> {
    let mut tokens = Vec::new();
    scan(text, &mut tokens);
    let mut out: HashMap<String, (u32, u32)> = HashMap::new();
    for token in tokens
        .iter()
        .filter(|it| it.word.chars().all(char::is_alphabetic))
    {
        let (all, small) = out.entry(token.word.to_lowercase()).or_default();
        *all += 1;
        *small += u32::from(!token.capital);
    }
    let mut out: Vec<(String, u32, u32)> = out
        .into_iter()
        .map(|(word, (all, small))| (word, all, small))
        .collect();
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use model::WordKind;

    use super::*;

    #[test]
    fn a_text_is_counted_with_what_its_words_are() {
        let words = words(
            "Man shot in New York",
            "Ana Vell, 14, was hurt on 3rd Street in May.\n1:58 A caption\nIn 2031",
            "news/ana-vell/14-by.html",
        );
        assert_eq!(words.headline, 5);
        let tokens = words.tokens();
        assert_eq!(tokens[0].hash, hash::word("man"));
        assert!(tokens[3].division.is_some() && tokens[4].division.is_none());
        let (ana, age) = (&tokens[5], &tokens[7]);
        assert!(ana.capital && ana.opens && ana.apart && !ana.caption);
        assert!(age.comma && age.traits.short && age.traits.number == Some(14));
        let third = tokens.iter().find(|it| it.traits.day == Some(3)).unwrap();
        assert!(third.traits.digit && third.traits.number.is_none());
        let may = tokens
            .iter()
            .find(|it| it.hash == hash::word("may"))
            .unwrap();
        assert_eq!(may.traits.kind, Some(WordKind::Month(5)));
        assert_eq!(tokens.iter().filter(|it| it.caption).count(), 4);
        // Each word is kept once.
        assert!(words.hashes.len() < words.tokens.len());
        let of = |list: &[&str]| list.iter().map(|it| hash::word(it)).collect::<Vec<_>>();
        assert_eq!(words.address, of(&["news", "ana", "vell", "html"]));
        assert_eq!(words.address_names, of(&["news", "vell", "html"]));
    }

    #[test]
    fn captions_are_no_times_of_day() {
        assert!(is_caption("1:58 Man hurt in fire") && is_caption("Watch Pause"));
        assert!(!is_caption("1:58 p.m. was the hour") && !is_caption("Note: 12 hurt"));
    }

    #[test]
    fn a_glossary_tells_words_pairs_and_blocks() {
        let found = glossary(["Ana Vell shot", "in the 100 block of Mill Street", ""]);
        let both = hash::join(hash::word("ana"), hash::word("vell"));
        assert_eq!(found[&both], "Ana Vell");
        let block = hash::join(100, hash::word("mill"));
        assert_eq!(found[&block], "100 block of Mill");
    }
}
