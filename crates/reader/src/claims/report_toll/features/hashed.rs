//! The words of a text as hashes, and the signs that words anywhere in it give.

use std::sync::LazyLock;

use language::{Pos, Token};

use crate::{
    claims::passes::Passes,
    learned::{hash, mix},
};

const NAME: u64 = hash("NAME");

const NUMBER: u64 = hash("NUMBER");

/// Words whose presence anywhere in the report is told to every candidate, by kind.
const SIGNS: &[(&str, &[&str])] = &[
    (
        "dead",
        &[
            "die", "kill", "dead", "death", "fatal", "fatally", "homicide", "murder", "deceased",
            "deadly", "slay", "body",
        ],
    ),
    (
        "hurt",
        &[
            "wound",
            "injure",
            "injury",
            "hurt",
            "hospital",
            "condition",
            "hospitalize",
            "graze",
            "survive",
        ],
    ),
    ("shot", &["shoot", "gunshot", "bullet", "gunfire"]),
    ("suicide", &["suicide", "self", "himself", "herself"]),
    ("knife", &["stab", "knife", "beat", "pistol"]),
    ("attempt", &["attempt", "attempted", "assault"]),
    (
        "court",
        &[
            "court",
            "trial",
            "sentence",
            "convict",
            "plead",
            "judge",
            "jury",
            "prosecutor",
            "attorney",
        ],
    ),
    ("arrest", &["arrest", "charge", "custody"]),
    ("rob", &["rob", "robbery", "steal", "burglary", "theft"]),
    ("threat", &["threaten", "threat", "standoff", "barricade"]),
    ("house", &["home", "car", "vehicle", "window"]),
];

/// The kind of each sign by the hash of its word, in order of the hashes.
static SIGN_OF: LazyLock<Vec<(u64, usize)>> = LazyLock::new(|| {
    let mut all: Vec<(u64, usize)> = SIGNS
        .iter()
        .enumerate()
        .flat_map(|(kind, (_, words))| words.iter().map(move |word| (hash(word), kind)))
        .collect();
    all.sort_unstable();
    all
});

/// Hashes of a text's words, one a token: the lemma; names by their kind, figures as one.
pub struct Hashed {
    /// The hash of each token.
    pub words: Vec<u64>,
    /// What the report has of the words of each kind of [`SIGNS`].
    pub signs: Vec<u64>,
}

impl Hashed {
    /// Hashes every token of the text once.
    pub fn new(cx: &Passes<'_>) -> Self {
        let mut counts = vec![0_u8; SIGNS.len()];
        let words = cx
            .doc
            .tokens()
            .map(|token| {
                let word = word(token);
                if let Ok(at) = SIGN_OF.binary_search_by_key(&word, |&(sign, _)| sign) {
                    let count = &mut counts[SIGN_OF[at].1];
                    *count = count.saturating_add(1);
                }
                word
            })
            .collect();
        let signs = SIGNS
            .iter()
            .zip(&counts)
            .map(|((name, _), &n)| {
                let size = match n {
                    0..=2 => u64::from(n),
                    3..=5 => 3,
                    _ => 4,
                };
                mix(hash(name), size)
            })
            .collect();
        Self { words, signs }
    }
}

/// The hash of a word: the lemma, a name by its kind, a figure as one.
pub fn word(token: Token<'_>) -> u64 {
    match token.pos() {
        Pos::Propn => mix(NAME, hash(token.entity_label())),
        Pos::Num if token.text().bytes().any(|b| b.is_ascii_digit()) => NUMBER,
        _ => hash(token.lemma()),
    }
}
