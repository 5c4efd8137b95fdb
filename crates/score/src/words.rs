//! Words as the metrics compare them: folded, stemmed a little, without the ones that carry nothing.
//!
//! What comes in: any text. What goes out: folded strings and word lists. It knows no language but English function
//! words; the stem is a crude one on purpose, used only to forgive inflection between a gold value ("attack") and the
//! words of a report ("attacked").

/// Words that carry no meaning of their own for an overlap.
const EMPTY: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or",
    "that", "this", "these", "those", "it", "its", "is", "are", "was", "were", "be", "been",
    "being", "has", "have", "had", "as", "their", "his", "her", "they", "he", "she", "we", "i",
    "who", "which", "there", "not", "s", "some", "any", "into", "so", "far", "said",
];

/// Returns `text` in lower case with accents dropped from Latin letters and typographic marks made plain.
pub fn fold(text: &str) -> String {
    let mark = |c: char| match c {
        '’' | '‘' | 'ʿ' | 'ʾ' | '`' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    model::fold::plain(text).chars().map(mark).collect()
}

/// Returns the words of a text: folded runs of letters and digits, in order; a possessive 's is dropped.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .replace("'s ", " ")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| {
            let word = word.trim_matches('\'');
            word.strip_suffix("'s").unwrap_or(word).replace('\'', "")
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns the words that carry meaning, stemmed, in order.
pub fn stems(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

/// Takes the commonest English endings off a folded word of five letters or more.
pub fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    for ending in [
        "ations", "ation", "ings", "ing", "ers", "ed", "es", "er", "s", "e",
    ] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= 4
        {
            word = rest.to_owned();
            break;
        }
    }
    word
}

/// Whether two texts share a stem that carries meaning.
pub fn share_a_word(a: &str, b: &str) -> bool {
    let b = stems(b);
    stems(a).iter().any(|word| b.contains(word))
}

/// Share of the stems of `gold` that `said` has; 0 when `gold` has none.
pub fn covered(gold: &str, said: &str) -> f64 {
    let (gold, said) = (stems(gold), stems(said));
    if gold.is_empty() {
        return 0.0;
    }
    gold.iter().filter(|word| said.contains(word)).count() as f64 / gold.len() as f64
}

/// Whether one is the acronym of the other: "SDF" of "Syrian Democratic Forces". Function words may count or not.
pub fn acronym_of(a: &str, b: &str) -> bool {
    fn initials(words: &[String]) -> String {
        words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect()
    }
    fn one_way(short: &str, long: &str) -> bool {
        let short = fold(short).replace('.', "");
        let all = words(long);
        if short.contains(' ') || short.chars().count() < 2 || all.len() < 2 {
            return false;
        }
        let full: Vec<String> = all
            .iter()
            .filter(|word| !EMPTY.contains(&word.as_str()))
            .cloned()
            .collect();
        short == initials(&all) || short == initials(&full)
    }
    one_way(a, b) || one_way(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_of_case_accents_and_marks() {
        assert_eq!(fold("Café “X” – O’Neil"), "cafe \"x\" - o'neil");
        assert_eq!(fold("نديم"), "نديم");
    }

    #[test]
    fn words_drop_possessives() {
        assert_eq!(
            words("The League’s 1,200 people, (RLF)"),
            ["the", "league", "1", "200", "people", "rlf"]
        );
    }

    #[test]
    fn inflection_is_forgiven_and_function_words_are_not_enough() {
        assert!(share_a_word("attack on a market", "have attacked the hall"));
        assert!(share_a_word("bombers", "a bomb"));
        assert!(!share_a_word("in the market", "in the hall"));
        assert_eq!(
            covered("covered market, Vellspar", "the Vellspar market"),
            2.0 / 3.0
        );
        assert_eq!(covered("", "x"), 0.0);
    }

    #[test]
    fn acronyms_go_both_ways() {
        assert!(acronym_of("RLF", "Ridge Liberation Front"));
        assert!(acronym_of("League for the Protection of Children", "LPC"));
        assert!(!acronym_of("RLF", "Ridge Front"));
        assert!(!acronym_of("A", "Army"));
    }
}
