//! What the words of a count say of its people: early, of one family, described or picked from others, armed.

use model::{Bound, Claim, Mark, Role, Scope, words};

/// Words that call a figure one given before others were.
pub const EARLY: &[&str] = &[
    "initially",
    "originally",
    "first",
    "initial",
    "early",
    "earlier",
    "preliminary",
];

/// Words for people of one family.
const KIN: &[&str] = &[
    "family",
    "families",
    "relative",
    "relatives",
    "cousins",
    "siblings",
    "brothers",
    "sisters",
];

/// Words that call what is not certain likely.
const LIKELY: &[&str] = &["likely", "probably", "presumably", "presumed", "believed"];

/// Words by which a phrase names somebody's own people and not all of a kind: "her two sons".
const RELATED: &[&str] = &[
    "his",
    "her",
    "their",
    "my",
    "our",
    "whose",
    "son",
    "sons",
    "daughter",
    "daughters",
    "wife",
    "husband",
    "father",
    "mother",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "family",
    "relatives",
    "cousin",
    "cousins",
    "nephew",
    "niece",
];

/// Words beside the small numbers ([`NUMBERS`]) that say how many, so that "the two children" are all of them.
const HOW_MANY: &[&str] = &[
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "both",
    "couple",
    "pair",
    "twins",
    "triplets",
    "double",
    "triple",
    "quadruple",
    "single",
    "only",
    "no",
    "none",
    "nobody",
    "sole",
];

/// The numbers up to twenty in words.
const NUMBERS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
/// Words for a person picked from others, where nothing else counts them.
const SOMEBODY: &[&str] = &["someone", "somebody", "anyone", "anybody"];

/// Words after "of" by which a number picks its people from others.
const PICKED_FROM: &[&str] = &[
    "the", "them", "those", "these", "whom", "his", "her", "their",
];

/// Words at the start of a quote among which "others" tells of those who are counted.
const BESIDE: usize = 8;

/// Words for those in uniform who are no soldiers.
const UNARMED: &[&str] = &[
    "police",
    "policeman",
    "policemen",
    "policewoman",
    "policewomen",
    "cop",
    "cops",
    "constable",
    "constables",
    "sheriff",
    "deputy",
    "deputies",
    "detective",
    "detectives",
    "warder",
    "warders",
    "prison",
    "guard",
    "guards",
    "traffic",
    "civil",
];

/// Words that make members and officials those of an army.
const MILITARY: &[&str] = &["military", "army", "militia", "brigade", "battalion"];

/// The marks of a claim that counts people.
pub fn of_count(claim: &Claim) -> impl Iterator<Item = Mark> {
    let first = claim
        .quotes
        .first()
        .map_or("", |quote| quote.exact.as_str());
    let others = || {
        words::fold(first)
            .iter()
            .take(BESIDE)
            .any(|word| matches!(word.as_str(), "others" | "other"))
    };
    [
        (Mark::Early, early(claim)),
        (Mark::Likely, likely(claim)),
        (Mark::Kin, quotes_say(claim, KIN)),
        (Mark::Others, others()),
        (Mark::Described, is_described(claim)),
        (Mark::Picked, picks(claim, first)),
    ]
    .into_iter()
    .filter_map(|(mark, said)| said.then_some(mark))
}

/// "Her other children are safe": these are not those who came to harm.
pub fn are_others(claim: &Claim) -> bool {
    let first = claim
        .quotes
        .first()
        .map_or("", |quote| quote.exact.as_str());
    says(first, &["other", "others", "remaining", "rest"])
}

/// Whether those counted bear arms in a war, as their words go.
pub fn is_armed(scope: &Scope) -> bool {
    let says = |list: &[&str]| {
        scope
            .words
            .to_lowercase()
            .split(|c: char| !c.is_alphabetic())
            .any(|word| list.contains(&word))
    };
    match scope.role {
        Role::Fighter => true,
        Role::SecurityForce => !says(UNARMED),
        Role::All | Role::Official => says(MILITARY),
        _ => false,
    }
}

/// Whether a text holds one of these words.
pub fn says(text: &str, list: &[&str]) -> bool {
    words::fold(text)
        .iter()
        .any(|word| list.contains(&word.as_str()))
}

fn quotes_say(claim: &Claim, list: &[&str]) -> bool {
    claim.quotes.iter().any(|quote| says(&quote.exact, list))
}

/// Whether the words, or those for whoever says it, call the figure an early one.
fn early(claim: &Claim) -> bool {
    quotes_say(claim, EARLY)
        || claim
            .speakers
            .first()
            .is_some_and(|speaker| says(&speaker.label(), EARLY))
}

/// Whether what is not certain is told as likely: "likely killed", not "possibly killed".
fn likely(claim: &Claim) -> bool {
    let cue = claim.stance.cue.as_ref();
    cue.is_some_and(|cue| says(&cue.exact, LIKELY))
}

/// Whether a small exact count is of people who are described, by kin or one by one, and not said to be all.
fn is_described(claim: &Claim) -> bool {
    let Some(count) = claim.value.count() else {
        return false;
    };
    count.bound == Bound::Exact
        && count.low > 0
        && (count.low <= 3 && describes(&claim.scope.words)
            || count.low <= 9 && related(&count.words)
            || !count.words.is_empty() && !numbered(&count.words))
}

/// Whether the words pick the people of a count from others: "one of the wounded", "somebody".
fn picks(claim: &Claim, quote: &str) -> bool {
    let Some(count) = claim.value.count() else {
        return false;
    };
    let number = words::fold(&count.words);
    if let [one] = number.as_slice()
        && SOMEBODY.contains(&one.as_str())
    {
        return true;
    }
    let said = words::fold(quote);
    !number.is_empty()
        && said.windows(number.len() + 2).any(|run| {
            run.starts_with(&number)
                && run[number.len()] == "of"
                && PICKED_FROM.contains(&run[number.len() + 1].as_str())
        })
}

/// Whether a phrase tells of people by kin.
fn related(text: &str) -> bool {
    words::fold(text)
        .iter()
        .take(4)
        .any(|word| RELATED.contains(&word.as_str()))
}

/// Whether a phrase holds a number of people, and not only their ages.
fn numbered(text: &str) -> bool {
    let words = words::fold(text);
    words.iter().enumerate().any(|(at, word)| {
        let age = words
            .get(at + 1)
            .is_some_and(|next| next.starts_with("year") || next.starts_with("month"))
            // "Ana Tovo, 34": a number behind a name.
            || at + 1 == words.len() && text.trim_end().ends_with(&format!(", {word}"));
        NUMBERS.contains(&word.as_str())
            || HOW_MANY.contains(&word.as_str())
            || (word.parse::<u64>().is_ok() && !age)
    })
}

/// Whether a phrase describes people without saying that they are all: by kin, or by an article and no number.
fn describes(text: &str) -> bool {
    let article = words::fold(text)
        .first()
        .is_some_and(|word| ["a", "an", "the"].contains(&word.as_str()));
    (article && !numbered(text)) || related(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_holds_a_number_or_only_describes() {
        for words in [
            "3",
            "two men",
            "A total of 131",
            "one person",
            "Both",
            "a family of five",
            "a man and three others",
        ] {
            assert!(numbered(words), "{words}");
        }
        for words in [
            "Ana Tovo",
            "Ana Tovo, 34",
            "a 61-year-old man",
            "Himself",
            "an 18-month-old girl",
            "his wife; Omar Belk",
        ] {
            assert!(!numbered(words), "{words}");
        }
    }
}
