//! How a figure moved: which one holds now, which held before, which was taken back, and why.
//!
//! Comes in: a draft of a count. Goes out: its [`Course`], where words of change or of an earlier time reach its number
//! by syntax: "rose to 52", "up from 40", "had earlier put it at 40", "and not 61 as was published". It knows nothing
//! of other drafts, but for [`restore_unreplaced`]: a figure that no other of its report replaces is the report's
//! figure still.

use std::ops::Range;

use model::{Change, Claim, Count, Course, Slot, SlotGroup, Span, Standing};

use super::{draft::Draft, passes::Passes};
use crate::read::quantities::Quantity;
use language::Token;

/// Verbs and nouns by which a figure goes up.
const UP: &[&str] = &[
    "rise", "climb", "jump", "increase", "grow", "mount", "soar", "swell", "raise", "reach",
    "pass", "double", "rocket",
];
/// By which it goes down.
const DOWN: &[&str] = &[
    "fall",
    "drop",
    "lower",
    "reduce",
    "decrease",
    "shrink",
    "cut",
    "scale",
    "downgrade",
];
/// By which it goes either way.
const EITHER: &[&str] = &[
    "revise", "correct", "amend", "adjust", "change", "update", "move", "go", "bring", "put",
];
/// Verbs by which somebody gives a figure; in the past perfect the figure is one from before.
const GIVE: &[&str] = &[
    "say", "put", "give", "report", "speak", "count", "announce", "inform", "estimate", "claim",
    "list", "state", "number", "tell", "set", "record", "register", "confirm", "stand", "declare",
    "place",
];
/// Verbs by which a figure is taken back.
const TAKE_BACK: &[&str] = &["withdraw", "retract", "rescind", "disown", "delete"];
/// Nouns for a figure or for what gives it.
const FIGURE: &[&str] = &[
    "toll",
    "figure",
    "count",
    "tally",
    "number",
    "estimate",
    "report",
    "total",
    "statement",
    "account",
    "information",
];
/// Adjectives and adverbs for a time before.
const BEFORE: &[&str] = &[
    "earlier",
    "previous",
    "previously",
    "initial",
    "initially",
    "preliminary",
    "original",
    "originally",
    "first",
    "former",
    "provisional",
];
/// Words in a reason why a figure was put down or right: of people counted who should not have been, or found later.
const REASON: &[&str] = &[
    "twice",
    "double",
    "doubly",
    "duplicate",
    "duplicates",
    "duplicated",
    "dna",
    "mistakenly",
    "mistake",
    "error",
    "misidentified",
    "overlap",
    "overlapping",
    "miscounted",
    "wrongly",
    "recount",
    "fragments",
];

/// The course of a drafted count; `None` where its words say nothing of one.
pub fn of(cx: &Passes<'_>, draft: &Draft) -> Option<Course> {
    if draft.slot.group() != SlotGroup::Counts {
        return None;
    }
    let count = draft.value.count()?;
    let quantity = cx.read.quantities.iter().find(|quantity| {
        draft.tokens.start <= quantity.tokens.start
            && quantity.tokens.end <= draft.tokens.end
            && (quantity.count.low, quantity.count.high) == (count.low, count.high)
    })?;
    if let Some(standing) = before(cx, draft, quantity) {
        return Some(Course {
            standing,
            change: None,
            from: None,
            why: None,
        });
    }
    let (change, verb) = moved(cx, quantity)?;
    let from = came_from(cx, quantity, verb);
    let change = change.or_else(|| {
        let from = from.as_ref()?;
        let n = |count: &Count| count.stated.unwrap_or(count.low);
        Some(match n(from).cmp(&n(count)) {
            std::cmp::Ordering::Less => Change::Raised,
            std::cmp::Ordering::Greater => Change::Lowered,
            std::cmp::Ordering::Equal => Change::Corrected,
        })
    });
    let why = matches!(change, Some(Change::Lowered | Change::Corrected))
        .then(|| reason(cx, verb))
        .flatten()
        .map(|tokens| cx.text.quote(Span::from(cx.doc.bytes(tokens))));
    Some(Course {
        standing: Standing::Now,
        change,
        from,
        why,
    })
}

/// Takes back what [`of`] said of earlier figures where no other figure of the report replaces them: of one slot and
/// the same people, none that holds.
pub fn restore_unreplaced(claims: &mut [Claim]) {
    let holds: Vec<(Slot, Vec<u8>)> = claims
        .iter()
        .filter(|claim| claim.value.count().is_some() && stands(claim))
        .map(|claim| (claim.slot, claim.scope.canonical()))
        .collect();
    for claim in claims.iter_mut().filter(|claim| !stands(claim)) {
        let key = (claim.slot, claim.scope.canonical());
        if !holds.contains(&key) {
            claim.course = None;
        }
    }
}

fn stands(claim: &Claim) -> bool {
    claim
        .course
        .as_ref()
        .is_none_or(|course| course.standing == Standing::Now)
}

/// Whether the words tell the figure as one that held before, or that is taken back.
fn before(cx: &Passes<'_>, draft: &Draft, quantity: &Quantity) -> Option<Standing> {
    let start = quantity.tokens.start;
    let word = |back: usize| match start.checked_sub(back) {
        Some(at) if at < cx.doc.len() => cx.doc.token(at).lower(),
        _ => "",
    };
    // "not 61 as was published", "rather than 61", "instead of the 61".
    let the = usize::from(matches!(word(1), "the" | "its" | "their"));
    let contrast = matches!(
        (word(2 + the), word(1 + the)),
        ("rather", "than") | ("instead", "of")
    ) || word(1 + the) == "not"
        && !matches!(
            word(2 + the),
            "is" | "are" | "was" | "were" | "do" | "does" | "did" | "but"
        );
    if contrast {
        return Some(Standing::Withdrawn);
    }
    if word(1) == "from" && change_over(cx, start - 1).is_some() {
        return Some(Standing::Earlier);
    }
    let token = cx.doc.token(start);
    let over: Vec<Token<'_>> = std::iter::once(token)
        .chain(token.ancestors().take(7))
        .collect();
    for at in &over {
        // "a previous toll of 40", "earlier reports of 40 dead".
        if FIGURE.contains(&at.lemma())
            && at
                .children()
                .any(|child| child.dep() == "amod" && BEFORE.contains(&child.lower()))
        {
            return Some(Standing::Earlier);
        }
        if at.pos() != language::Pos::Verb {
            continue;
        }
        if TAKE_BACK.contains(&at.lemma()) {
            return Some(Standing::Withdrawn);
        }
        // "An earlier statement gave 40": the figure of a subject from before.
        let subject = at.child_of(&["nsubj", "nsubjpass"]);
        let old = subject.is_some_and(|subject| {
            FIGURE.contains(&subject.lemma())
                && subject
                    .children()
                    .any(|child| BEFORE.contains(&child.lower()))
        });
        // "had earlier put it at 40", "had said that 40 died".
        let had = at
            .children()
            .any(|child| matches!(child.dep(), "aux" | "auxpass") && child.lower() == "had");
        let adverb = at.children().any(|child| {
            child.dep() == "advmod" && BEFORE.contains(&child.lower()) && !timed(child)
        });
        let gives = GIVE.contains(&at.lemma());
        if gives && (old || had || adverb && at.i != draft.anchor) {
            return Some(Standing::Earlier);
        }
        // A new clause of another speaker's own time begins above a verb of saying.
        if gives && at.dep() != "ccomp" {
            break;
        }
    }
    None
}

/// "earlier on Thursday", "earlier this week" give an hour and no older figure.
fn timed(adverb: Token<'_>) -> bool {
    adverb.next().is_some_and(|next| {
        matches!(
            next.lower(),
            "on" | "this" | "in" | "today" | "that" | "last"
        ) || next.entity_label() == "DATE"
    })
}

/// The word of change over the preposition at `at`: "rose from", "up from", "was lowered from".
fn change_over<'a>(cx: &'a Passes<'_>, at: usize) -> Option<Token<'a>> {
    let preposition = cx.doc.token(at);
    let before = at.checked_sub(1).map(|back| cx.doc.token(back));
    if let Some(before) = before
        && matches!(before.lower(), "up" | "down")
    {
        return Some(before);
    }
    std::iter::once(preposition)
        .chain(preposition.ancestors().take(3))
        .find(|over| changes(over.lemma()))
        .or(before.filter(|before| changes(before.lemma())))
}

fn changes(lemma: &str) -> bool {
    [UP, DOWN, EITHER].iter().any(|list| list.contains(&lemma))
}

/// Which way a figure moved that is told as the end of a move, or as what holds now, with the word that says so.
fn moved<'a>(cx: &'a Passes<'_>, quantity: &Quantity) -> Option<(Option<Change>, Token<'a>)> {
    let start = quantity.tokens.start;
    let word = start.checked_sub(1).map(|at| cx.doc.token(at))?;
    let token = cx.doc.token(start);
    if matches!(word.lower(), "to" | "at") {
        let over = std::iter::once(word)
            .chain(word.ancestors().take(3))
            .find(|over| changes(over.lemma()) || over.lemma() == "stand")?;
        let said = |way: &str| {
            over.children().any(|child| {
                child.lower() == way
                    || child.lower() == format!("{way}ward")
                    || child.lower() == format!("{way}wards")
            })
        };
        let lemma = over.lemma();
        return match word.lower() {
            "to" if UP.contains(&lemma) || said("up") => Some((Some(Change::Raised), over)),
            "to" if DOWN.contains(&lemma) || said("down") => Some((Some(Change::Lowered), over)),
            "to" if matches!(lemma, "revise" | "correct" | "amend" | "adjust") => {
                Some((Some(Change::Corrected), over))
            }
            "to" if EITHER.contains(&lemma) && came_from(cx, quantity, over).is_some() => {
                Some((None, over))
            }
            "at" if lemma == "stand" => Some((None, over)),
            _ => None,
        };
    }
    // "reached 52", "48 people, up from 40".
    let over = token
        .ancestors()
        .take(3)
        .find(|over| over.lemma() == "reach");
    if let Some(over) = over {
        return Some((Some(Change::Raised), over));
    }
    came_from(cx, quantity, token)
        .is_some()
        .then_some((None, token))
}

/// The figure before, told beside the one after: "from 40 to 52", "52, up from 40".
fn came_from(cx: &Passes<'_>, quantity: &Quantity, verb: Token<'_>) -> Option<Count> {
    let sentence = verb.sentence();
    let near = |other: &&Quantity| {
        other.tokens != quantity.tokens
            && sentence.contains(&other.tokens.start)
            && other.tokens.start > 0
            && cx.doc.token(other.tokens.start - 1).lower() == "from"
            && change_over(cx, other.tokens.start - 1).is_some()
            && gap(&other.tokens, &quantity.tokens) <= 12
    };
    let found = cx.read.quantities.iter().filter(near);
    found
        .min_by_key(|other| gap(&other.tokens, &quantity.tokens))
        .map(|other| other.count.clone())
}

fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    b.start
        .saturating_sub(a.end)
        .max(a.start.saturating_sub(b.end))
}

/// The words that give a reason, in the verb's sentence or the next: its clause of reason, else the sentence that tells
/// of people counted wrongly.
fn reason(cx: &Passes<'_>, verb: Token<'_>) -> Option<Range<usize>> {
    let tells = |range: &Range<usize>| {
        range
            .clone()
            .any(|i| REASON.contains(&cx.doc.token(i).lower()))
    };
    let clause = verb.children().find(|child| {
        let marked = child.children().any(|mark| {
            mark.dep() == "mark"
                && matches!(mark.lower(), "because" | "after" | "as" | "since" | "when")
        });
        matches!(child.dep(), "advcl" | "prep")
            && (marked || matches!(child.lower(), "after" | "because" | "owing" | "due"))
    });
    if let Some(clause) = clause {
        return Some(clause.subtree());
    }
    let own = verb.sentence();
    let next = (own.end < cx.doc.len()).then(|| cx.doc.token(own.end).sentence());
    [Some(own), next].into_iter().flatten().find(tells)
}

#[cfg(test)]
mod tests {
    use model::{Change, Standing};

    use crate::claims::tests::claims;

    /// Checks the counts of a text: number, how it stands, which way it moved, and the number before.
    /// A number with its standing, the way it moved, and the figure before it.
    type Moved = (u64, Option<Standing>, Option<Change>, Option<u64>);

    #[track_caller]
    fn check(words: &str, expected: &[Moved]) {
        let Some(claims) = claims(words) else { return };
        let said: Vec<_> = claims
            .iter()
            .filter_map(|(_, claim)| {
                let count = claim.value.count()?;
                let course = claim.course.as_ref();
                Some((
                    count.stated?,
                    course.map(|course| course.standing),
                    course.and_then(|course| course.change),
                    course.and_then(|course| course.from.as_ref()?.stated),
                ))
            })
            .collect();
        for want in expected {
            assert!(said.contains(want), "{want:?} in {said:?}: {words}");
        }
    }

    #[test]
    fn a_toll_moves_from_one_figure_to_another() {
        use Change::*;
        let now = Some(Standing::Now);
        for (words, n, change, from) in [
            ("The death toll rose to 52 on Monday.", 52, Raised, None),
            (
                "The death toll was lowered to 140 because several victims had been counted twice.",
                140,
                Lowered,
                None,
            ),
            (
                "The ministry corrected the death toll to 140.",
                140,
                Corrected,
                None,
            ),
            (
                "The death toll climbed from 40 to 52.",
                52,
                Raised,
                Some(40),
            ),
        ] {
            check(words, &[(n, now, Some(change), from)]);
        }
    }

    #[test]
    fn what_was_said_before_does_not_hold() {
        let earlier = Some(Standing::Earlier);
        for (words, n) in [
            (
                "The blast killed 52 people. The governor had earlier said that 40 people were killed.",
                40,
            ),
            (
                "The blast killed 52 people. An earlier report said that 40 people were killed.",
                40,
            ),
            (
                "The blast killed 52 people. Police had said that 40 people were killed.",
                40,
            ),
        ] {
            check(words, &[(52, None, None, None), (n, earlier, None, None)]);
        }
    }

    #[test]
    fn an_only_figure_is_not_an_earlier_one() {
        check(
            "Police had said that 40 people were killed.",
            &[(40, None, None, None)],
        );
        check(
            "Police said earlier on Monday that 40 people were killed.",
            &[(40, None, None, None)],
        );
    }

    #[test]
    fn the_reason_is_quoted() {
        let words =
            "The death toll was lowered to 140 because several victims had been counted twice.";
        let Some(claims) = claims(words) else { return };
        let why = claims
            .iter()
            .find_map(|(_, claim)| claim.course.as_ref()?.why.clone())
            .expect("a reason");
        assert!(why.exact.contains("counted twice"), "{}", why.exact);
    }
}
