//! Kinds of words that tell what a clause speaks of.

use std::{collections::HashMap, sync::LazyLock};

use language::Token;

/// Kinds of words, by lemma. The first that holds counts.
const KINDS: &[(&str, &[&str])] = &[
    (
        "shoot",
        &[
            "shoot",
            "kill",
            "wound",
            "injure",
            "fire",
            "gun",
            "murder",
            "stab",
            "attack",
            "strike",
            "hit",
            "slay",
            "shooting",
            "gunfire",
            "gunshot",
            "homicide",
            "slaying",
            "killing",
            "rob",
            "robbery",
            "assault",
            "bomb",
            "explode",
            "airstrike",
            "shell",
            "bombing",
            "explosion",
            "blast",
            "target",
        ],
    ),
    (
        "die",
        &["die", "succumb", "pronounce", "death", "dead", "perish"],
    ),
    (
        "court",
        &[
            "charge",
            "arraign",
            "sentence",
            "plead",
            "convict",
            "indict",
            "appear",
            "testify",
            "acquit",
            "court",
            "trial",
            "judge",
            "jury",
            "hearing",
            "prosecutor",
            "bail",
            "guilty",
            "verdict",
            "arraignment",
            "plea",
            "attorney",
            "complaint",
            "warrant",
            "bond",
            "try",
            "deny",
            "dismiss",
            "acquittal",
            "conviction",
            "prosecute",
        ],
    ),
    (
        "arrest",
        &[
            "arrest",
            "book",
            "jail",
            "surrender",
            "capture",
            "detain",
            "extradite",
            "apprehend",
            "custody",
            "turn",
            "nab",
            "bust",
            "wanted",
            "lodge",
            "cite",
        ],
    ),
    (
        "mourning",
        &[
            "mourn",
            "bury",
            "vigil",
            "funeral",
            "gather",
            "honor",
            "remember",
            "memorial",
            "anniversary",
            "pray",
            "visitation",
            "obituary",
            "service",
            "candlelight",
        ],
    ),
    (
        "dispatch",
        &[
            "respond", "arrive", "dispatch", "receive", "call", "report", "hear", "alert", "find",
            "discover", "locate", "summon", "come", "respond",
        ],
    ),
    (
        "hospital",
        &[
            "take",
            "transport",
            "rush",
            "airlift",
            "hospitalize",
            "treat",
            "hospital",
            "fly",
            "surgery",
            "admit",
        ],
    ),
    (
        "publish",
        &[
            "post",
            "publish",
            "update",
            "print",
            "posted",
            "updated",
            "published",
            "photo",
            "file",
            "tweet",
            "video",
            "footage",
            "photograph",
        ],
    ),
    (
        "say",
        &[
            "say", "tell", "announce", "confirm", "release", "identify", "name", "add", "describe",
            "write", "state", "issue", "learn",
        ],
    ),
    (
        "place",
        &[
            "happen", "occur", "begin", "start", "unfold", "erupt", "ensue", "break",
        ],
    ),
    (
        "search",
        &[
            "search",
            "investigate",
            "look",
            "seek",
            "ask",
            "work",
            "continue",
            "remain",
            "hold",
            "schedule",
            "plan",
        ],
    ),
    (
        "move",
        &[
            "drive", "walk", "enter", "approach", "leave", "go", "flee", "run", "get", "see",
            "stand", "sit", "sleep", "play", "argue", "fight", "knock", "pull", "stop", "try",
        ],
    ),
    (
        "autopsy",
        &["autopsy", "coroner", "examiner", "preliminary", "result"],
    ),
    ("incident", &["incident", "crime", "case", "violence"]),
    (
        "crime",
        &[
            "steal",
            "theft",
            "burglary",
            "burglarize",
            "carjack",
            "carjacking",
            "threaten",
            "point",
            "brandish",
            "barricade",
            "standoff",
            "chase",
            "pursue",
            "pursuit",
            "crash",
            "seize",
            "recover",
            "rape",
            "abduct",
            "kidnap",
            "spree",
            "fire",
        ],
    ),
    (
        "victim",
        &["suffer", "bleed", "lie", "graze", "victim", "body", "wound"],
    ),
    (
        "ahead",
        &["due", "expect", "await", "tomorrow", "upcoming", "begin"],
    ),
    (
        "party",
        &[
            "party",
            "attend",
            "celebrate",
            "game",
            "school",
            "class",
            "church",
        ],
    ),
    ("missing", &["missing", "disappear", "disappearance"]),
    ("birth", &["birth", "born", "dob", "bear"]),
    ("be", &["be", "have", "do"]),
];

/// Kind of word and the word itself, for every word of [`KINDS`]; of a word in two kinds the first counts.
static WORDS: LazyLock<HashMap<&str, (&str, &str)>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for &(kind, words) in KINDS {
        for &word in words {
            out.entry(word).or_insert((kind, word));
        }
    }
    out
});

/// The kind of a word and, where it is in the table, the word.
pub(super) fn kind(token: Token<'_>) -> (&'static str, &'static str) {
    let known = WORDS
        .get(token.lemma())
        .or_else(|| WORDS.get(token.lower()));
    known.copied().unwrap_or(("other", "-"))
}
