//! Words beside a number that bound it ("at least", "more than", "or so") or say that it adds to another ("another
//! 30").
//!
//! What comes in: words and a position. What goes out: the bound and how many words say it.

use std::sync::LazyLock;

use model::Bound;

use super::words::{Starts, Words};

/// What the words before a number say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lead {
    /// The bound, if they give one; the first wins ("at least some 200").
    pub bound: Option<Bound>,
    /// Whether the number adds to one said before: "another", "a further", "the other".
    pub additional: bool,
    /// Words taken.
    pub len: usize,
}

const BEFORE: &[(&[&str], Bound)] = &[
    (&["at", "the", "very", "least"], Bound::AtLeast),
    (&["at", "least"], Bound::AtLeast),
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "fewer", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["a", "minimum", "of"], Bound::AtLeast),
    (&["as", "few", "as"], Bound::AtLeast),
    (&["no", "more", "than"], Bound::AtMost),
    (&["not", "more", "than"], Bound::AtMost),
    (&["a", "maximum", "of"], Bound::AtMost),
    (&["at", "most"], Bound::AtMost),
    (&["up", "to"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["as", "much", "as"], Bound::AtMost),
    (&["slightly", "more", "than"], Bound::MoreThan),
    (&["little", "more", "than"], Bound::MoreThan),
    (&["many", "more", "than"], Bound::MoreThan),
    (&["far", "more", "than"], Bound::MoreThan),
    (&["more", "than"], Bound::MoreThan),
    (&["greater", "than"], Bound::MoreThan),
    (&["higher", "than"], Bound::MoreThan),
    (&["well", "over"], Bound::MoreThan),
    (&["just", "over"], Bound::MoreThan),
    (&["slightly", "over"], Bound::MoreThan),
    (&["well", "above"], Bound::MoreThan),
    (&["in", "excess", "of"], Bound::MoreThan),
    (&["upwards", "of"], Bound::MoreThan),
    (&["upward", "of"], Bound::MoreThan),
    (&["over"], Bound::MoreThan),
    (&["exceeded"], Bound::MoreThan),
    (&["exceeds"], Bound::MoreThan),
    (&["surpassed"], Bound::MoreThan),
    (&["topped"], Bound::MoreThan),
    (&["not", "reached"], Bound::FewerThan),
    (&["not", "yet", "reached"], Bound::FewerThan),
    (&["above"], Bound::MoreThan),
    (&["exceeding"], Bound::MoreThan),
    (&["slightly", "fewer", "than"], Bound::FewerThan),
    (&["slightly", "less", "than"], Bound::FewerThan),
    (&["fewer", "than"], Bound::FewerThan),
    (&["less", "than"], Bound::FewerThan),
    (&["just", "under"], Bound::FewerThan),
    (&["just", "below"], Bound::FewerThan),
    (&["under"], Bound::FewerThan),
    (&["below"], Bound::FewerThan),
    (&["close", "to"], Bound::About),
    (&["an", "estimated"], Bound::About),
    (&["estimated"], Bound::About),
    (&["approximately"], Bound::About),
    (&["approx."], Bound::About),
    (&["roughly"], Bound::About),
    (&["nearly"], Bound::About),
    (&["almost"], Bound::About),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["some"], Bound::About),
    (&["circa"], Bound::About),
    (&["~"], Bound::About),
    (&[">"], Bound::MoreThan),
    (&["<"], Bound::FewerThan),
    (&["a", "total", "of"], Bound::Exact),
    (&["exactly"], Bound::Exact),
];

const ADDITIONAL: &[&[&str]] = &[
    &["yet", "another"],
    &["another"],
    &["an", "additional"],
    &["additional"],
    &["a", "further"],
    &["further"],
    &["an", "extra"],
    &["the", "other"],
    &["the", "remaining"],
    &["other"],
    &["an", "other"],
];

static BOUNDS: LazyLock<Starts> =
    LazyLock::new(|| Starts::of(BEFORE.iter().map(|(sequence, _)| *sequence)));
static MORE: LazyLock<Starts> = LazyLock::new(|| Starts::of(ADDITIONAL.iter().copied()));

/// Reads the words before a number, starting at `k`; empty when there are none.
pub fn lead(words: &Words, k: usize) -> Lead {
    let mut lead = Lead::default();
    for _ in 0..4 {
        let at = k + lead.len;
        let word = words.lower(at);
        let mut bound = BOUNDS.with(word).map(|place| &BEFORE[place]);
        let mut more = MORE.with(word).map(|place| ADDITIONAL[place]);
        if let Some((sequence, bound)) = bound.find(|(s, _)| {
            words.matches(at, s)
                && !(s[0] == ">" || s[0] == "<")
                && !(lead.len == 0 && of_verb(words, at))
                || compares(words, at)
        }) {
            lead.bound = lead.bound.or(Some(*bound));
            lead.len += sequence.len();
        } else if let Some(sequence) = more.find(|s| words.matches(at, s)) {
            lead.additional = true;
            lead.len += sequence.len();
        } else {
            break;
        }
    }
    lead.bound = lead
        .bound
        .or(glued(words.lower(k + lead.len)).map(|(bound, _)| bound));
    lead
}

/// Verbs that take "up" or "over" to themselves: "the toll has gone up to 38", "the raiders handed over 61 hostages".
const WITH_PARTICLE: &[&str] = &[
    "bring", "climb", "come", "creep", "deliver", "drive", "edge", "give", "go", "hand", "inch",
    "jump", "make", "move", "push", "put", "revise", "rise", "send", "sign", "soar", "take",
    "tick", "turn", "win", "creep",
];

/// Whether the word at `at` is a particle of the verb before it and bounds nothing.
fn of_verb(words: &Words, at: usize) -> bool {
    let Some(verb) = at.checked_sub(1).and_then(|before| words.token(before)) else {
        return false;
    };
    matches!(words.lower(at), "up" | "over") && WITH_PARTICLE.contains(&verb.lemma())
}

/// Whether `>` or `<` at `at` compares with figures: at the start of a line it quotes, before words it leads on or
/// closes a tag, and the second of a line leads down a path: "Home > News > 9 people killed".
fn compares(words: &Words, at: usize) -> bool {
    let mark = words.lower(at);
    let again = || {
        let near = at.saturating_sub(PATH)..at + PATH;
        near.filter(|other| *other != at)
            .any(|other| words.lower(other) == mark)
    };
    at > 0
        && matches!(mark, ">" | "<")
        && words
            .lower(at + 1)
            .starts_with(|c: char| c.is_ascii_digit())
        && !again()
}

/// Longest step of a path, in words.
const PATH: usize = 6;

/// A bound written as a mark that touches its figures, and the figures: "~10", "≥10".
pub fn glued(word: &str) -> Option<(Bound, &str)> {
    const MARKS: &[(char, Bound)] = &[
        ('~', Bound::About),
        ('≈', Bound::About),
        ('±', Bound::About),
        ('≥', Bound::AtLeast),
        ('≤', Bound::AtMost),
        ('>', Bound::MoreThan),
        ('<', Bound::FewerThan),
    ];
    let &(mark, bound) = MARKS.iter().find(|(mark, _)| word.starts_with(*mark))?;
    let rest = &word[mark.len_utf8()..];
    rest.starts_with(|c: char| c.is_ascii_digit())
        .then_some((bound, rest))
}

/// What the words after a number say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trail {
    /// The bound, if they give one.
    pub bound: Option<Bound>,
    /// Whether the number adds to one said before: "12 more", "12 others".
    pub additional: bool,
    /// Words taken into the expression; "others" is left as the noun it is.
    pub len: usize,
}

/// Reads the words after a number, starting at `k`.
pub fn trail(words: &Words, k: usize) -> Trail {
    let bound = |bound, len| Trail {
        bound: Some(bound),
        additional: false,
        len,
    };
    let additional = |len| Trail {
        bound: None,
        additional: true,
        len,
    };
    match (words.lower(k), words.lower(k + 1)) {
        ("+", _) if words.glued(k) => bound(Bound::AtLeast, 1),
        ("-", "plus") if words.glued(k) => bound(Bound::AtLeast, 2),
        ("or", "more") => bound(Bound::AtLeast, 2),
        ("or", "so" | "thereabouts") => bound(Bound::About, 2),
        ("or", "fewer" | "less") => bound(Bound::AtMost, 2),
        ("more" | "further" | "additional", "than") => Trail::default(),
        ("more" | "further" | "additional" | "other" | "extra", _) => additional(1),
        ("others", _) => additional(0),
        _ => Trail::default(),
    }
}
