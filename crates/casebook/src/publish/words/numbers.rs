//! Numbers and ranges in words.

use model::Count;

/// A whole number with a narrow no-break space between thousands.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

/// Words with the digits of their numbers grouped as [`number`] does.
pub fn grouped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut digits = String::new();
    for c in words.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.parse() {
            Ok(n) if !digits.starts_with('0') => out.push_str(&number(n)),
            _ => out.push_str(&digits),
        }
        digits.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// A range of whole numbers in words: `23`, `20 to 30`, `211 or more`, `at most 40`, `any number`.
pub fn range(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => number(low),
        Some(high) if low == 0 => format!("at most {}", number(high)),
        Some(high) => format!("{} to {}", number(low), number(high)),
        None if low == 0 => "any number".to_owned(),
        None => format!("{} or more", number(low)),
    }
}

/// The interval a count allows, in words.
pub fn count(count: &Count) -> String {
    range(count.low, count.high)
}

/// `1 report`, `2 reports`.
pub fn many(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{} {one}s", number(n as u64)),
    }
}
