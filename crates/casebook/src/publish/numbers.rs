//! The named number rules: their names, what each does, and what each gave.

use model::{Numbers, RuleName, RuleRange, RuleReading, RuleSpec};

use super::words;

/// One rule on one finding.
#[derive(Clone, Copy)]
pub struct Rule<'a> {
    /// Its names and what it does.
    pub spec: &'static RuleSpec,
    /// What it gave.
    pub range: &'a RuleRange,
}

/// The rules that were applied, in the order they are shown.
pub fn rules(numbers: &Numbers) -> Vec<Rule<'_>> {
    let results = numbers.iter();
    results
        .map(|result| Rule {
            spec: result.name.spec(),
            range: &result.range,
        })
        .collect()
}

/// One of the rules.
pub fn rule(numbers: &Numbers, name: RuleName) -> Rule<'_> {
    Rule {
        spec: name.spec(),
        range: &numbers[name],
    }
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
        match (self.spec.reading, low, best, high) {
            (_, None, None, None) => "no figure".to_owned(),
            (RuleReading::Estimates, Some(low), Some(best), Some(high))
                if low == best && best == high =>
            {
                words::number(best)
            }
            (RuleReading::Estimates, ..) => format!(
                "low {}, best {}, high {}",
                show(low, "none"),
                show(best, "none"),
                show(high, "none")
            ),
            (RuleReading::Number, ..) => show(best.or(low).or(high), "none"),
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
        let spec = RuleName::from_key(key).unwrap().spec();
        let rule = Rule {
            spec,
            range: &range,
        };
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
