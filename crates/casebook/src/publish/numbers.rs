//! The named number rules: their names, what each does, and what each gave.

use model::{Numbers, RuleRange};

use super::words;

/// One rule on one finding.
pub struct Rule<'a> {
    /// The name in the published JSON.
    pub key: &'static str,
    /// The name where room is short.
    pub short: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What it does, in one clause.
    pub does: &'static str,
    /// What it gave.
    pub range: &'a RuleRange,
}

/// The rules in the order they are shown.
pub fn rules(numbers: &Numbers) -> [Rule<'_>; 6] {
    [
        Rule {
            key: "interval",
            short: "interval",
            name: "Interval",
            does: "what all standing figures allow together; when they are disputed, from the smallest to the largest they allow",
            range: &numbers.interval,
        },
        Rule {
            key: "ucdp",
            short: "UCDP",
            name: "UCDP",
            does: "low, best and high estimate, after the practice of the Uppsala Conflict Data Program",
            range: &numbers.ucdp,
        },
        Rule {
            key: "acled",
            short: "ACLED",
            name: "ACLED",
            does: "the most conservative figure, after ACLED’s practice (“tens” 10, “dozens” 12, “hundreds” 100)",
            range: &numbers.acled,
        },
        Rule {
            key: "ibc",
            short: "IBC",
            name: "IBC",
            does: "smallest and largest figure over independent origins, after Iraq Body Count’s practice",
            range: &numbers.ibc,
        },
        Rule {
            key: "airwars",
            short: "Airwars",
            name: "Airwars",
            does: "minimum and highest claim still standing, after Airwars’ practice (a vague plural 2, “dozens” 12 to 24)",
            range: &numbers.airwars,
        },
        Rule {
            key: "latest",
            short: "latest",
            name: "Latest",
            does: "the newest figure of each speaker",
            range: &numbers.latest,
        },
    ]
}

impl Rule<'_> {
    /// Whether the rule gave a number.
    pub fn gave(&self) -> bool {
        let RuleRange {
            low, best, high, ..
        } = self.range;
        low.is_some() || best.is_some() || high.is_some()
    }

    /// What the rule gave: `211 or more`, `low 200, best 211, no high`, `200 to 211`, `no figure`.
    pub fn says(&self) -> String {
        let RuleRange {
            low, best, high, ..
        } = *self.range;
        let show = |n: Option<u64>, none: &str| n.map_or(none.to_owned(), words::number);
        match (self.key, low, best, high) {
            (_, None, None, None) => "no figure".to_owned(),
            ("ucdp", Some(low), Some(best), Some(high)) if low == best && best == high => {
                words::number(best)
            }
            ("ucdp", ..) => format!(
                "low {}, best {}, high {}",
                show(low, "none"),
                show(best, "none"),
                show(high, "none")
            ),
            ("acled", ..) => show(best.or(low).or(high), "none"),
            (_, low, None, high) => words::range(low.unwrap_or(0), high),
            (_, low, Some(best), high)
                if low.is_none_or(|low| low == best) && high.is_none_or(|high| high == best) =>
            {
                words::number(best)
            }
            (_, low, Some(best), high) => format!(
                "{}, best {}",
                words::range(low.unwrap_or(0), high),
                words::number(best)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(low: Option<u64>, best: Option<u64>, high: Option<u64>, key: &str, says: &str) {
        let range = RuleRange {
            low,
            best,
            high,
            used: Vec::new(),
            set_aside: Vec::new(),
        };
        let numbers = Numbers {
            interval: range.clone(),
            ucdp: range.clone(),
            acled: range.clone(),
            ibc: range.clone(),
            airwars: range.clone(),
            latest: range,
        };
        let all = rules(&numbers);
        let rule = all.iter().find(|rule| rule.key == key).unwrap();
        assert_eq!(rule.says(), says);
    }

    #[test]
    fn each_rule_reads_in_its_own_way() {
        check(Some(211), None, None, "interval", "211 or more");
        check(
            Some(200),
            Some(211),
            None,
            "ucdp",
            "low 200, best 211, high none",
        );
        check(None, Some(200), None, "acled", "200");
        check(Some(200), None, Some(211), "ibc", "200 to 211");
        check(Some(19), Some(19), Some(19), "latest", "19");
        check(Some(7), Some(7), Some(7), "ucdp", "7");
        check(None, None, None, "airwars", "no figure");
    }
}
