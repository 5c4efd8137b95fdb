//! The named number rules: short pure functions from the figures of one finding to a range.
//!
//! Each says which claims it used and which it set aside, and why. None of them says which figure is right.

mod acled;
mod airwars;
mod figure;
mod ibc;
mod interval;
mod latest;
mod ucdp;

use model::{Numbers, RuleName, RuleRange, RuleResult};

pub use figure::Figure;

/// A rule: from the figures of a finding, and those of people who are only presumed to be of its scope, to a range.
type Rule = fn(&[Figure], &[Figure]) -> RuleRange;

/// The rules in the order they are shown.
const RULES: &[(RuleName, Rule)] = &[
    (RuleName::Interval, |figures, _| interval::apply(figures)),
    (RuleName::Ucdp, |figures, _| ucdp::apply(figures)),
    (RuleName::Acled, |figures, _| acled::apply(figures)),
    (RuleName::Ibc, |figures, _| ibc::apply(figures)),
    (RuleName::Airwars, |figures, presumed| {
        airwars::apply(&[presumed, figures].concat())
    }),
    (RuleName::Latest, |figures, _| latest::apply(figures)),
];

/// Applies every rule. `presumed` are figures of people of whom nothing is said, beside those of civilians: one rule
/// presumes that they are civilians.
pub fn apply(figures: &[Figure], presumed: &[Figure]) -> Numbers {
    let results = RULES.iter().map(|(rule, apply)| RuleResult {
        name: *rule,
        range: apply(figures, presumed),
    });
    Numbers(results.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_applied_once_in_the_order_shown() {
        let applied: Vec<RuleName> = RULES.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(applied, RuleName::ALL);
        let numbers = apply(&[figure::testing::exact(7, 0)], &[]);
        for &rule in RuleName::ALL {
            assert_eq!(numbers[rule].used.len(), 1, "{}", rule.spec().key);
        }
    }
}
