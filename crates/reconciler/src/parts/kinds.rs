//! Words that say what kind of thing went on, for sentences that no `event` claim covers.

use super::sentences::tokens;

/// The kind that says least.
pub const LEAST: &str = "killing";

/// Words and the kind they name. Whatever only follows from violence (a death of wounds, an arrest, a hearing) is not
/// here.
const KINDS: &[(&[&str], &str)] = &[
    (
        &[
            "exploded",
            "explosion",
            "explosions",
            "detonated",
            "blast",
            "blasts",
            "bomb",
            "bombing",
            "bombings",
        ],
        "bombing",
    ),
    (
        &[
            "airstrike",
            "airstrikes",
            "bombed",
            "bombarded",
            "bombardment",
        ],
        "airstrike",
    ),
    (&["shelled", "shelling"], "shelling"),
    (
        &[
            "fighting", "clash", "clashes", "clashed", "battle", "battles",
        ],
        "clash",
    ),
    (
        &[
            "retook",
            "retakes",
            "retaken",
            "recaptured",
            "recapture",
            "regained",
        ],
        "recapture",
    ),
    (&["stormed", "storming"], "assault"),
    (&["manhunt"], "manhunt"),
    (&["besieged", "siege", "standoff"], "siege"),
    (&["raided", "raid", "raids"], "raid"),
    (
        &[
            "attacked", "attack", "attacks", "ambush", "ambushed", "overran",
        ],
        "attack",
    ),
    (&["escaped", "jailbreak", "breakout"], "escape"),
    (
        &[
            "shot",
            "shooting",
            "gunfire",
            "gunfight",
            "firefight",
            "fire",
        ],
        "shooting",
    ),
    (&["stabbed", "stabbing"], "stabbing"),
    (&["freed", "rescued", "liberated"], "rescue"),
    (&["executed", "executions", "beheaded"], "execution"),
    (&["killed", "killing"], LEAST),
];

/// Kinds that go on: where none of them is told, deeds of several days are several incidents and no parts of one.
pub fn lasts(code: &str) -> bool {
    matches!(
        code,
        "clash" | "recapture" | "assault" | "manhunt" | "siege" | "shelling" | "airstrike"
    )
}

/// Whether words say that arms are still at work: "the battle continues", "fighting was ongoing".
pub fn fights(words: &str) -> bool {
    find(words, 0)
        .iter()
        .any(|(_, _, code)| matches!(*code, "clash" | "siege" | "shelling" | "airstrike"))
}

/// The kinds that a sentence names, each with its place in the table, the bytes of its words, and its code.
pub fn find(words: &str, base: usize) -> Vec<(usize, std::ops::Range<usize>, &'static str)> {
    let tokens = tokens(words);
    let mut out = Vec::new();
    for (at, (start, word)) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| tokens[at].1.as_str());
        let Some((rank, (_, code))) = row(word) else {
            continue;
        };
        // Only fire that is opened or traded is shooting; and no fire is a cease-fire.
        if word == "fire" && !matches!(before, "opened" | "opening" | "of" | "exchanged" | "under")
        {
            continue;
        }
        let next = tokens.get(at + 1).map_or("", |(_, word)| word.as_str());
        // Nobody attacks where a heart does, or fights who fights for his life.
        if before == "heart" || word == "fighting" && matches!(next, "for" | "chance") {
            continue;
        }
        // What is brought to its end is not what went on: "ending a two-day siege".
        let ended = tokens[at.saturating_sub(4)..at]
            .iter()
            .any(|(_, word)| matches!(word.as_str(), "ending" | "ended" | "ends"));
        if ended {
            continue;
        }
        out.push((rank, base + start..base + start + word.len(), *code));
    }
    out
}

fn row(word: &str) -> Option<(usize, &'static (&'static [&'static str], &'static str))> {
    KINDS
        .iter()
        .enumerate()
        .find(|(_, (words, _))| words.contains(&word))
}
