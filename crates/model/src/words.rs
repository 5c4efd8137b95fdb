//! Words folded for comparison, runs of them, and names that are spellings of one name. Knows letters, and no word of
//! any language.

use crate::{fold::is_arabic_mark, hash};

/// Words in a shingle.
pub const SHINGLE: usize = 5;

/// Returns the words of `text`, lower case, letters and digits only; Arabic without its vowel marks.
pub fn fold(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
        .map(|word| {
            word.chars()
                .filter(|c| c.is_alphanumeric() && !is_arabic_mark(*c))
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns the words folded and joined by single spaces: a key for "the same words".
pub fn key(text: &str) -> String {
    fold(text).join(" ")
}

/// A name or the `p:` or `s:` id of a party as words folded and joined: "U.S." is one word, "al-Sham" two.
pub fn name(name: &str) -> String {
    let id = name.strip_prefix("p:").or_else(|| name.strip_prefix("s:"));
    key(&id.unwrap_or(name).replace('.', ""))
}

/// The hashes of the five-word shingles of `words`, in order; one of all the words if there are fewer than five.
pub fn shingles(words: &[String]) -> Vec<u64> {
    match words.len() {
        0 => Vec::new(),
        n if n < SHINGLE => vec![hash::words(words)],
        _ => words.windows(SHINGLE).map(hash::words).collect(),
    }
}

/// Whether two folded names are spellings of one: few letters apart for their length, vowels and doubled letters
/// counted half.
pub fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let bones = |name: &str| {
        let mut out: Vec<char> = Vec::new();
        for c in name.chars().filter(|c| c.is_alphanumeric()) {
            // Letters that transliterations swap.
            let c = match c {
                'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => continue,
                'q' | 'c' => 'k',
                'z' => 's',
                other => other,
            };
            if out.last() != Some(&c) {
                out.push(c);
            }
        }
        out
    };
    let (x, y) = (bones(a), bones(b));
    let longest = a.chars().count().max(b.chars().count());
    (4..=80).contains(&longest) && x.len() >= 2 && x == y && edits(a, b, longest / 3) * 3 <= longest
}

/// Letters to insert, delete or replace to make one the other; any number above `limit` once it is passed.
pub fn edits(a: &str, b: &str, limit: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut best = row[0];
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
            best = best.min(row[j + 1]);
        }
        if best > limit {
            return limit.saturating_add(1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_case_marks_and_apostrophes() {
        assert_eq!(
            fold("The Mayor’s “office” – U.S. – سوريا"),
            ["the", "mayors", "office", "u", "s", "سوريا"]
        );
        assert_eq!(key("  Two\u{a0}cars, "), "two cars");
        assert_eq!(key("الرَّقّة"), key("الرقة"));
    }

    #[test]
    fn five_words_make_one_shingle_and_six_make_two() {
        let words = fold("one two three four five six");
        assert_eq!(shingles(&words).len(), 2);
        assert_eq!(shingles(&words[..5]).len(), 1);
        assert_eq!(shingles(&words[..2]).len(), 1);
        assert!(shingles(&[]).is_empty());
    }

    #[test]
    fn edits_are_counted_up_to_a_limit() {
        assert_eq!(edits("varda", "vorda", 9), 1);
        assert_eq!(edits("varda", "kelmoor", 2), 3);
        assert_eq!(edits("", "ab", usize::MAX), 2);
    }

    #[test]
    fn spellings_of_one_name_meet_and_neighbours_do_not() {
        assert!(alike("ghurabad", "ghorabad"));
        assert!(alike("qamar", "kamar"));
        assert!(!alike("north varda", "south varda"));
        assert!(!alike("varda", "vorkuta"));
        assert!(alike("سوريا", "سوريا"));
    }
}
