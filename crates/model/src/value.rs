//! What a claim says its slot is.

use serde::{Deserialize, Serialize};

use crate::{Bound, Count, Party, Place, ValueKind, When, WhenPrecision};

/// The value of a claim. Which kind a slot takes is said by its row ([`crate::SlotSpec`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Value {
    /// A number of people: the count slots.
    Count(Count),
    /// A time: `when`.
    When(When),
    /// A place: `where`.
    Place(Place),
    /// A party: `actor target responsibility control`.
    Party(Party),
    /// A kind from a closed list: `event`, `safety`, `status`.
    Kind {
        /// Stable code, snake case: `attack`, `explosion`, `safe`, `ongoing`.
        code: String,
        /// The words.
        words: String,
    },
    /// A thing and how many: `means`.
    Thing {
        /// Stable code, snake case: `car_bomb`, `firearm`.
        code: String,
        /// The words.
        words: String,
        /// How many, where said.
        count: Option<Count>,
    },
    /// Something asked for or done: `appeal`.
    Act {
        /// Stable code, snake case: `release`, `repatriate`, `help`.
        code: String,
        /// The words.
        words: String,
    },
    /// Nothing finer than the words: `statement background assessment evidence conditions …`.
    Words {
        /// The words.
        words: String,
    },
}

impl Value {
    /// Which kind of value it is.
    pub fn kind(&self) -> ValueKind {
        match self {
            Value::Count(_) => ValueKind::Count,
            Value::When(_) => ValueKind::When,
            Value::Place(_) => ValueKind::Place,
            Value::Party(_) => ValueKind::Party,
            Value::Kind { .. } => ValueKind::Kind,
            Value::Thing { .. } => ValueKind::Thing,
            Value::Act { .. } => ValueKind::Act,
            Value::Words { .. } => ValueKind::Words,
        }
    }

    /// The words that gave the value.
    pub fn words(&self) -> &str {
        match self {
            Value::Count(count) => &count.words,
            Value::When(when) => &when.words,
            Value::Place(place) => &place.words,
            Value::Party(party) => &party.name,
            Value::Kind { words, .. }
            | Value::Thing { words, .. }
            | Value::Act { words, .. }
            | Value::Words { words } => words,
        }
    }

    /// The count, if the value is one or carries one.
    pub fn count(&self) -> Option<&Count> {
        match self {
            Value::Count(count) => Some(count),
            Value::Thing { count, .. } => count.as_ref(),
            _ => None,
        }
    }

    /// The value in a few plain words: "more than 210", "20 January 2022", "car bomb".
    ///
    /// Numbers, dates and places are written from what was understood, so that two reports read alike; everything else
    /// keeps the words of the report. Never empty unless the words are.
    pub fn label(&self) -> String {
        match self {
            Value::Count(count) => count.label(),
            Value::When(when) => when.label(),
            Value::Place(place) => place.label(),
            Value::Party(party) => party.name.clone(),
            Value::Kind { code, .. } | Value::Act { code, .. } => code.replace('_', " "),
            Value::Thing { words, code, .. } if words.trim().is_empty() => code.replace('_', " "),
            Value::Thing { words, .. } | Value::Words { words } => words.trim().to_owned(),
        }
    }
}

impl Count {
    /// The count in plain words: "more than 210", "20–30"; vague counts keep the report's word ("dozens").
    pub fn label(&self) -> String {
        let words = self.words.trim();
        match (self.bound, self.stated) {
            (Bound::Exact, _) if self.high == Some(self.low) => self.low.to_string(),
            (Bound::AtLeast, Some(n)) => format!("at least {n}"),
            (Bound::MoreThan, Some(n)) => format!("more than {n}"),
            (Bound::AtMost, Some(n)) => format!("at most {n}"),
            (Bound::FewerThan, Some(n)) => format!("fewer than {n}"),
            (Bound::About, Some(n)) => format!("about {n}"),
            (Bound::Vague, _) if !words.is_empty() => words.to_owned(),
            _ => match self.high {
                Some(high) if high == self.low => high.to_string(),
                Some(high) => format!("{}–{high}", self.low),
                None => format!("at least {}", self.low),
            },
        }
    }
}

impl When {
    /// The time in plain words, as finely as it is known: "20 January 2022", "20 January 2022, 19:30", "January 2022".
    pub fn label(&self) -> String {
        let first = self.start;
        let day = |at: jiff::civil::DateTime| at.strftime("%-d %B %Y").to_string();
        match self.precision {
            WhenPrecision::Minute | WhenPrecision::Hour => {
                first.strftime("%-d %B %Y, %H:%M").to_string()
            }
            WhenPrecision::PartOfDay | WhenPrecision::Day => day(first),
            WhenPrecision::Month => first.strftime("%B %Y").to_string(),
            WhenPrecision::Year => first.strftime("%Y").to_string(),
            WhenPrecision::Week | WhenPrecision::Season | WhenPrecision::Interval => {
                let last = self
                    .end
                    .checked_sub(jiff::Span::new().nanoseconds(1))
                    .unwrap_or(first);
                if first.date() >= last.date() {
                    day(first)
                } else if (first.year(), first.month()) == (last.year(), last.month()) {
                    format!("{}–{}", first.day(), day(last))
                } else {
                    format!("{} – {}", day(first), day(last))
                }
            }
        }
    }
}

impl Place {
    /// The place in plain words, finest first: "Old Mill prison, Varda, Lakeland".
    pub fn label(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let whole = self.parts.last().map(String::as_str);
        for part in [self.site.as_deref(), Some(self.name.as_str()), whole]
            .into_iter()
            .flatten()
        {
            let part = part.trim();
            if !part.is_empty() && !parts.iter().any(|had| had.eq_ignore_ascii_case(part)) {
                parts.push(part);
            }
        }
        if parts.is_empty() {
            self.words.trim().to_owned()
        } else {
            parts.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn counts_say_their_bound() {
        for (n, bound, want) in [
            (23, Bound::Exact, "23"),
            (200, Bound::AtLeast, "at least 200"),
            (210, Bound::MoreThan, "more than 210"),
            (40, Bound::FewerThan, "fewer than 40"),
            (640, Bound::About, "about 640"),
        ] {
            assert_eq!(Count::said(n, bound, "whatever").label(), want);
        }
        assert_eq!(
            Count::range(24, Some(99), Bound::Vague, "dozens").label(),
            "dozens"
        );
        assert_eq!(
            Count::range(20, Some(30), Bound::Between, "20 to 30").label(),
            "20–30"
        );
    }

    #[test]
    fn times_are_as_fine_as_known() {
        let mut when = When::day(date(2031, 5, 6), "Tuesday", "");
        assert_eq!(when.label(), "6 May 2031");
        when.precision = WhenPrecision::Interval;
        when.end = date(2031, 5, 9).at(0, 0, 0, 0);
        assert_eq!(when.label(), "6–8 May 2031");
        when.precision = WhenPrecision::Month;
        assert_eq!(when.label(), "May 2031");
    }

    #[test]
    fn a_place_names_each_part_once() {
        let place = Place {
            id: None,
            name: "Varda".into(),
            site: Some("Old Mill prison".into()),
            parts: vec!["Varda".into(), "Lakeland".into()],
            country: None,
            lat: None,
            lon: None,
            radius_m: None,
            precision: crate::PlacePrecision::Site,
            words: "the prison".into(),
        };
        assert_eq!(place.label(), "Old Mill prison, Varda, Lakeland");
        assert_eq!(
            Value::Place(place).label(),
            "Old Mill prison, Varda, Lakeland"
        );
    }
}
