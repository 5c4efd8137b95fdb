//! The sentences of a report, with what later steps ask of their words: which days they name, which violence they tell,
//! whether they count a part of an incident or the whole.
//!
//! The reader makes them. Days are named as the words name them, a weekday or a day of a month: which day that is
//! depends on what else is known.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ClaimId, Span, Text};

/// The sentences of a report and what the words of its claims say beside their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentences {
    /// The sentences, in order; boilerplate is left out.
    pub all: Vec<Sentence>,
    /// Claims on a day whose words only bound a time: "since Wednesday".
    pub bounds: BTreeSet<ClaimId>,
    /// Claims on how it stands whose words say that arms are still at work: "the battle continues".
    pub fights: BTreeSet<ClaimId>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// The days that it puts something on, in order.
    pub days: Vec<DayMention>,
    /// The violence that its words name, in order.
    pub violence: Vec<Violence>,
    /// Whether its words keep its figures to a part of an incident: "on the first day", "seven more".
    pub of_part: bool,
    /// Whether its words count a whole incident: "so far", "in total".
    pub of_whole: bool,
}

/// Words that name a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayMention {
    /// The byte at which they stand.
    pub at: usize,
    /// The day as they name it.
    pub day: NamedDay,
}

/// A day as words name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedDay {
    /// A weekday, 1 for Monday to 7 for Sunday.
    Weekday(i8),
    /// A month, from 1, and its day, in no year.
    Date(i8, i8),
    /// A day counted from the first of an incident, which is 1.
    Nth(i8),
}

/// Words that name violence, or an end of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violence {
    /// Its kind.
    pub kind: ViolenceKind,
    /// Where they stand.
    pub span: Span,
}

/// Kinds of what went on, from those that say most to the one that says least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolenceKind {
    /// A charge that went off.
    Bombing,
    /// Bombs from the air.
    Airstrike,
    /// Shells.
    Shelling,
    /// Fighting between two sides.
    Clash,
    /// A place taken back.
    Recapture,
    /// A place stormed.
    Assault,
    /// A search for those who did it.
    Manhunt,
    /// A siege or standoff.
    Siege,
    /// A raid.
    Raid,
    /// An attack of whatever kind.
    Attack,
    /// An escape of people held.
    Escape,
    /// Shots.
    Shooting,
    /// A stabbing.
    Stabbing,
    /// People freed.
    Rescue,
    /// An execution.
    Execution,
    /// People killed.
    Killing,
}

impl ViolenceKind {
    /// All kinds, in order.
    pub const ALL: [Self; 16] = [
        Self::Bombing,
        Self::Airstrike,
        Self::Shelling,
        Self::Clash,
        Self::Recapture,
        Self::Assault,
        Self::Manhunt,
        Self::Siege,
        Self::Raid,
        Self::Attack,
        Self::Escape,
        Self::Shooting,
        Self::Stabbing,
        Self::Rescue,
        Self::Execution,
        Self::Killing,
    ];

    /// Its code, as claims on what happened have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bombing => "bombing",
            Self::Airstrike => "airstrike",
            Self::Shelling => "shelling",
            Self::Clash => "clash",
            Self::Recapture => "recapture",
            Self::Assault => "assault",
            Self::Manhunt => "manhunt",
            Self::Siege => "siege",
            Self::Raid => "raid",
            Self::Attack => "attack",
            Self::Escape => "escape",
            Self::Shooting => "shooting",
            Self::Stabbing => "stabbing",
            Self::Rescue => "rescue",
            Self::Execution => "execution",
            Self::Killing => "killing",
        }
    }

    /// The kind with this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it goes on from day to day.
    pub fn lasts(self) -> bool {
        matches!(
            self,
            Self::Clash
                | Self::Recapture
                | Self::Assault
                | Self::Manhunt
                | Self::Siege
                | Self::Shelling
                | Self::Airstrike
        )
    }

    /// Whether arms are at work as long as it goes on.
    pub fn fights(self) -> bool {
        matches!(
            self,
            Self::Clash | Self::Siege | Self::Shelling | Self::Airstrike
        )
    }
}

/// Sentences as they are stored: in code points.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    all: Vec<StoredSentence>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    bounds: BTreeSet<ClaimId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    fights: BTreeSet<ClaimId>,
}

#[derive(Serialize, Deserialize)]
struct StoredSentence {
    at: (usize, usize),
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    days: Vec<(usize, NamedDay)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    violence: Vec<(usize, usize, ViolenceKind)>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    of_part: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    of_whole: bool,
}

impl Sentences {
    /// The sentence that holds a byte, if any does.
    pub fn holding(&self, at: usize) -> Option<usize> {
        let after = self.all.partition_point(|one| one.span.start() <= at);
        let index = after.checked_sub(1)?;
        (at < self.all[index].span.end()).then_some(index)
    }

    pub(crate) fn stored(&self, text: &Text) -> Stored {
        let point = |at| text.code_points_before(at);
        let pair = |span: Span| (point(span.start()), point(span.end()));
        let stored = |one: &Sentence| StoredSentence {
            at: pair(one.span),
            days: one.days.iter().map(|it| (point(it.at), it.day)).collect(),
            violence: one
                .violence
                .iter()
                .map(|it| {
                    let (start, end) = pair(it.span);
                    (start, end, it.kind)
                })
                .collect(),
            of_part: one.of_part,
            of_whole: one.of_whole,
        };
        Stored {
            all: self.all.iter().map(stored).collect(),
            bounds: self.bounds.clone(),
            fights: self.fights.clone(),
        }
    }

    /// `None` where an offset lies outside the text.
    pub(crate) fn restored(stored: Stored, text: &Text) -> Option<Self> {
        let span = |start, end| {
            let (start, end) = (text.byte_at(start)?, text.byte_at(end)?);
            (start <= end).then(|| Span::new(start, end))
        };
        let one = |stored: StoredSentence| {
            let days = stored.days.into_iter().map(|(at, day)| {
                let at = text.byte_at(at)?;
                Some(DayMention { at, day })
            });
            let violence = stored.violence.into_iter().map(|(start, end, kind)| {
                let span = span(start, end)?;
                Some(Violence { kind, span })
            });
            Some(Sentence {
                span: span(stored.at.0, stored.at.1)?,
                days: days.collect::<Option<_>>()?,
                violence: violence.collect::<Option<_>>()?,
                of_part: stored.of_part,
                of_whole: stored.of_whole,
            })
        };
        Some(Self {
            all: stored.all.into_iter().map(one).collect::<Option<_>>()?,
            bounds: stored.bounds,
            fights: stored.fights,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_names_in_json_and_the_order_is_that_of_the_list() {
        for kind in ViolenceKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
            assert_eq!(ViolenceKind::of(kind.code()), Some(kind));
        }
        assert!(ViolenceKind::ALL.is_sorted());
        assert_eq!(ViolenceKind::of("picnic"), None);
    }

    #[test]
    fn sentences_are_stored_in_code_points_and_come_back() {
        let text = Text::new("É été. On Monday é.".into(), Vec::new());
        let start = text.as_str().find("On").unwrap();
        let sentences = Sentences {
            all: vec![Sentence {
                span: Span::new(start, text.as_str().len()),
                days: vec![DayMention {
                    at: start + 3,
                    day: NamedDay::Weekday(1),
                }],
                violence: vec![Violence {
                    kind: ViolenceKind::Siege,
                    span: Span::new(start, start + 2),
                }],
                of_part: true,
                of_whole: false,
            }],
            ..Sentences::default()
        };
        let json = serde_json::to_string(&sentences.stored(&text)).unwrap();
        assert_eq!(
            json,
            r#"{"all":[{"at":[7,19],"days":[[10,{"weekday":1}]],"violence":[[7,9,"siege"]],"of_part":true}]}"#
        );
        let stored = serde_json::from_str(&json).unwrap();
        assert_eq!(Sentences::restored(stored, &text), Some(sentences.clone()));
        let other = Text::new("No.".into(), Vec::new());
        let stored = serde_json::from_str(&json).unwrap();
        assert_eq!(Sentences::restored(stored, &other), None);
        assert_eq!(sentences.holding(start), Some(0));
        assert_eq!(sentences.holding(0), None);
    }
}
