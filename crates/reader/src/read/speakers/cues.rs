//! The words that show an attribution, by the tables of `lexicons/en/cues.txt`, and what each takes as its content.

use std::{collections::HashMap, sync::OnceLock};

/// What a verb of the table takes as content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// A reported clause, or words in quotation marks.
    pub clause: bool,
    /// Its object.
    pub object: bool,
    /// An infinitive.
    pub infinitive: bool,
    /// Only words in quotation marks.
    pub quotation: bool,
    /// Counts only with a party as subject.
    pub weak: bool,
    /// Prepositions whose object is content.
    pub prepositions: Vec<&'static str>,
}

/// The frame of a verb's lemma.
pub fn frame(lemma: &str) -> Option<&'static Frame> {
    static FRAMES: OnceLock<HashMap<&'static str, Frame>> = OnceLock::new();
    FRAMES
        .get_or_init(|| {
            include_str!("../../../../../lexicons/en/cues.txt")
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .filter_map(|line| {
                    let mut words = line.split(' ');
                    let lemma = words.next()?;
                    let flags = words.next()?;
                    let mut frame = Frame {
                        clause: flags.contains('c'),
                        object: flags.contains('o'),
                        infinitive: flags.contains('t'),
                        quotation: flags.contains('q'),
                        weak: flags.contains('x'),
                        prepositions: words.collect(),
                    };
                    if flags.contains('f') && frame.prepositions.is_empty() {
                        frame.prepositions.push("of");
                    }
                    Some((lemma, frame))
                })
                .collect()
        })
        .get(lemma)
}

/// Nouns that hold a statement, with "that" or "of": "the claim that", "reports of".
pub const NOUNS: &[&str] = &[
    "claim",
    "report",
    "allegation",
    "statement",
    "warning",
    "assertion",
    "announcement",
    "accusation",
    "suggestion",
    "denial",
    "call",
    "appeal",
    "demand",
    "testimony",
    "rumour",
    "rumor",
    "argument",
    "belief",
    "promise",
    "pledge",
    "threat",
    "admission",
    "complaint",
    "insistence",
    "prediction",
    "estimate",
    "speculation",
    "criticism",
    "contention",
    "view",
];

/// What "raise" may have as its object to be said: one raises flags and barns as well.
pub const RAISED: &[&str] = &[
    "concern",
    "fear",
    "question",
    "alarm",
    "doubt",
    "objection",
    "possibility",
    "issue",
    "suspicion",
    "worry",
    "spectre",
    "hope",
];

/// Papers that speak for who issued them.
pub const PAPERS: &[&str] = &[
    "report",
    "statement",
    "alert",
    "study",
    "letter",
    "document",
    "survey",
    "poll",
    "communique",
    "communiqué",
    "release",
    "post",
    "tweet",
    "message",
    "investigation",
    "analysis",
    "bulletin",
    "update",
    "notice",
    "filing",
    "indictment",
    "affidavit",
    "lawsuit",
    "complaint",
    "memo",
    "email",
    "data",
    "figure",
    "research",
    "review",
    "assessment",
    "inquiry",
    "audit",
    "video",
];

/// Verbs by which somebody puts out a paper.
pub const ISSUING: &[&str] = &[
    "issue",
    "release",
    "publish",
    "post",
    "circulate",
    "put",
    "write",
    "file",
    "send",
    "compile",
];

/// Verbs that hold or get what shows something: "had evidence of", "received testimony that".
pub const HOLDING: &[&str] = &[
    "have", "receive", "obtain", "gather", "collect", "see", "cite", "present", "provide",
];
/// What they hold or get.
pub const PROOF: &[&str] = &[
    "evidence",
    "testimony",
    "proof",
    "information",
    "account",
    "indication",
    "confirmation",
    "footage",
];

/// Verbs that may stand without content in their own sentence.
pub fn is_plain_saying(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "tell"
            | "add"
            | "write"
            | "tweet"
            | "explain"
            | "continue"
            | "ask"
            | "reply"
            | "respond"
            | "note"
            | "recall"
    )
}
