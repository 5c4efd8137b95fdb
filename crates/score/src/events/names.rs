//! How verdicts, numbers and values of closed lists are written in the gold and in misses.

/// Whether a verdict is what the gold's word allows.
pub(super) fn is_verdict(gold: &str, verdict: model::Verdict) -> bool {
    use model::Verdict::{Corroborated, Disputed, Revised, SingleOrigin, Unconfirmed};
    match gold {
        "single" => matches!(verdict, SingleOrigin | Unconfirmed | Corroborated),
        "agreed" => matches!(verdict, Corroborated | SingleOrigin),
        "revised" => matches!(verdict, Revised | Corroborated),
        "disputed" => verdict == Disputed,
        _ => false,
    }
}

/// The printed name of a value of a closed list.
pub(super) fn name_of(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// A range of numbers.
pub(super) fn range(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low}–{high}"),
        None => format!("{low} or more"),
    }
}

/// A number, or that there is none.
pub(super) fn or_none(n: Option<u64>) -> String {
    n.map_or_else(|| "none".into(), |n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_compared_by_what_they_allow() {
        use model::Verdict;
        assert!(is_verdict("revised", Verdict::Corroborated));
        assert!(!is_verdict("disputed", Verdict::Corroborated));
        assert_eq!(name_of(Verdict::SingleOrigin), "single-origin");
    }
}
