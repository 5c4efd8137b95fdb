//! The one folding of letters: what two spellings of a name have in common, in any script.
//!
//! Small letters, without marks: Latin diacritics, the vowel marks and the lengthening stroke of Arabic, its hamza on
//! and under letters. Letters that no mark explains are spelled out (ß, æ, ø). Knows letters, and no word.

use unicode_normalization::UnicodeNormalization;

/// How far names are folded. The default is how the prepared gazetteer was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// Letters of Arabic that are written one for the other are one too: final ya with and without dots, ta marbuta and
    /// ha, the forms of alef, Persian kaf and ya.
    pub arabic_letters: bool,
    /// The Arabic article before a word is left out.
    pub arabic_article: bool,
    /// A full stop parts words and is not just dropped: "U.S." is two words.
    pub stops_part: bool,
}

impl Folding {
    /// Everything that two spellings of an Arabic name may differ in.
    pub const ARABIC: Self = Self {
        arabic_letters: true,
        arabic_article: true,
        stops_part: false,
    };
}

/// Whether a character is a mark on a letter, which folding drops: a combining mark of Latin, a vowel mark, hamza or
/// the lengthening stroke of Arabic, a joiner.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}') || is_arabic_mark(c)
}

/// The marks of Arabic alone.
pub fn is_arabic_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

/// The text in small letters without marks; what is no letter stays as it is.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each_small(text, |c| {
        if !is_mark(c) {
            push(c, &mut out);
        }
    });
    out
}

/// Hands over the characters of a text, decomposed, in small letters. Runs of ASCII, which decompose to themselves and
/// over which no mark moves, are taken as they are: most texts are nothing else.
fn each_small(text: &str, mut each: impl FnMut(char)) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.bytes().position(|it| !it.is_ascii());
        let (ascii, after) = rest.split_at(end.unwrap_or(rest.len()));
        ascii
            .bytes()
            .for_each(|it| each(char::from(it.to_ascii_lowercase())));
        let end = after.bytes().position(|it| it.is_ascii());
        let (other, after) = after.split_at(end.unwrap_or(after.len()));
        other.nfd().flat_map(char::to_lowercase).for_each(&mut each);
        rest = after;
    }
}

/// A name: small letters without marks, apostrophes dropped, anything else a single space.
pub fn name(name: &str, folding: Folding) -> String {
    let mut out = String::with_capacity(name.len());
    each_small(name, |c| match c {
        c if c.is_ascii_alphanumeric() => out.push(c),
        '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '′' => {}
        '.' if !folding.stops_part => {}
        c if is_mark(c) => {}
        c if c.is_alphanumeric() => {
            push(if folding.arabic_letters { arabic(c) } else { c }, &mut out)
        }
        _ => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    });
    out.truncate(out.trim_end().len());
    if folding.arabic_article && !out.is_ascii() {
        let words: Vec<&str> = out.split(' ').map(without_article).collect();
        return words.join(" ");
    }
    out
}

fn push(c: char, out: &mut String) {
    match c {
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ı' => out.push('i'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ə' => out.push('a'),
        c => out.push(c),
    }
}

fn arabic(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        c => c,
    }
}

/// A word of four letters or more without the Arabic article.
fn without_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(1).is_some() => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_are_dropped_and_letters_spelled_out() {
        assert_eq!(
            plain("Łódź, Ærø – Straße; Ḩasakah"),
            "lodz, aero – strasse; hasakah"
        );
        assert_eq!(plain("İstanbul Ñuñoa Đurđa"), "istanbul nunoa durda");
        assert_eq!(name("Côte d’Ivoire", Folding::default()), "cote divoire");
        assert_eq!(name("U.S. – al-Sham", Folding::default()), "us al sham");
        let parted = Folding {
            stops_part: true,
            ..Folding::default()
        };
        assert_eq!(name("U.S.", parted), "u s");
        assert_eq!(name("'-’ ", Folding::default()), "");
    }

    #[test]
    fn runs_of_ascii_change_nothing() {
        for text in [
            "Cafe\u{301} O\u{308}\u{323}l, \u{212a}elvin \u{301}x İ I\u{307}",
            "a\u{5b0}\u{5bc}b שָׁלוֹם c\u{327}\u{301}",
            "",
            "é",
            "plain Words, 7.",
        ] {
            let mut out = String::new();
            each_small(text, |c| out.push(c));
            let whole: String = text.nfd().flat_map(char::to_lowercase).collect();
            assert_eq!(out, whole, "{text}");
        }
    }

    #[test]
    fn spellings_of_an_arabic_name_meet() {
        let plain = |text: &str| name(text, Folding::default());
        // Vowel marks, the lengthening stroke, hamza on alef.
        assert_eq!(plain("الرَّقّة"), plain("الرقة"));
        assert_eq!(plain("حـــلب"), plain("حلب"));
        assert_eq!(plain("إدلب"), plain("ادلب"));
        assert_eq!(plain("آمنة"), plain("امنة"));
        // Letters written one for the other stay two unless asked for.
        let all = |text: &str| name(text, Folding::ARABIC);
        assert_ne!(plain("الحسكة"), plain("الحسكه"));
        assert_eq!(all("الحسكة"), all("حسكه"));
        assert_eq!(all("مصطفى"), all("مصطفي"));
        assert_eq!(all("ٱلرقة"), all("الرقة"));
        // Too short for an article.
        assert_eq!(all("الب"), "الب");
    }
}
