//! The words in a sentence that say what kind of violence went on, for sentences that no claim on what happened covers.

use model::{Span, Violence, ViolenceKind};

use super::words::{Token, tokens};
use crate::lexicon::List;

const TEXT: &str = include_str!("../../../../lexicons/en/violence.tsv");
/// Words with the code of their kind.
static VIOLENCE: List = List::new(TEXT, "violence");

/// Whether words say that arms are still at work: "the battle continues", "fighting was ongoing".
pub(super) fn fights(words: &str) -> bool {
    find(&tokens(words, 0)).iter().any(|it| it.kind.fights())
}

/// The violence that a sentence names.
pub(super) fn find(tokens: &[Token]) -> Vec<Violence> {
    let mut out = Vec::new();
    for (at, (start, word)) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| tokens[at].1.as_str());
        let Some(kind) = VIOLENCE.get(word).and_then(ViolenceKind::of) else {
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
        if !ended {
            let span = Span::new(*start, start + word.len());
            out.push(Violence { kind, span });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_kind_is_one() {
        crate::lexicon::check(TEXT, &[&VIOLENCE]);
        for (word, code) in VIOLENCE.rows() {
            assert!(ViolenceKind::of(code).is_some(), "{word}: {code}");
            assert!(word.is_ascii(), "small letters of {word} are as long");
        }
    }

    #[test]
    fn deeds_are_named_and_figures_of_speech_are_not() {
        let kinds = |words: &str| -> Vec<ViolenceKind> {
            let found = find(&tokens(words, 0)).into_iter();
            found.map(|it| it.kind).collect()
        };
        assert_eq!(
            kinds("They opened fire and stormed the gate"),
            [ViolenceKind::Shooting, ViolenceKind::Assault]
        );
        assert!(kinds("a fire, a heart attack, fighting for his life").is_empty());
        assert!(kinds("ending a two-day siege").is_empty());
        assert!(fights("the battle continues") && !fights("the manhunt continues"));
    }
}
