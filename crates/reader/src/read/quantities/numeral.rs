//! Numbers in digits and words: "1,200", "1.5 million", "one hundred and five", "two and a half thousand", "half a
//! dozen".
//!
//! What comes in: the words of a paragraph and a position. What goes out: a value and how many words it took. It knows
//! no bounds, nouns or units.

use super::{bounds, words::Words};

/// A number read at some position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// The value; fractions of whole things are rounded down.
    pub value: u64,
    /// Words taken.
    pub len: usize,
    /// Whether it is written in digits.
    pub digits: bool,
    /// Whether it has a decimal part that no multiplier made whole: "3.5".
    pub decimal: bool,
    /// The multiplier it ends in: 1,000,000 for "1.5 million", 12 for "two dozen", 1 without.
    pub multiplier: u64,
}

/// Returns the value of a word from zero to ninety.
pub fn small(word: &str) -> Option<u64> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Returns the value of a word that multiplies what stands before it.
pub fn multiplier(word: &str) -> Option<u64> {
    Some(match word {
        "dozen" => 12,
        "hundred" => 100,
        "thousand" => 1_000,
        "lakh" => 100_000,
        "million" | "mln" => 1_000_000,
        "crore" => 10_000_000,
        "billion" | "bn" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    })
}

/// Returns the number of an ordinal word or figure: "third" → 3, "21st" → 21, "twenty-first" only in one word.
pub fn ordinal(word: &str) -> Option<u64> {
    const WORDS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(at) = WORDS.iter().position(|&w| w == word) {
        return Some(at as u64 + 1);
    }
    if let Some((tens, unit)) = word.split_once('-') {
        let tens = small(tens).filter(|&t| t >= 20 && t % 10 == 0)?;
        return ordinal(unit).filter(|&u| u < 10).map(|u| tens + u);
    }
    match word {
        "thirtieth" => return Some(30),
        "fortieth" => return Some(40),
        "fiftieth" => return Some(50),
        "hundredth" => return Some(100),
        _ => {}
    }
    let digits = word.len().checked_sub(2)?;
    if !word.is_char_boundary(digits) {
        return None;
    }
    let (digits, end) = word.split_at(digits);
    if !matches!(end, "st" | "nd" | "rd" | "th") || digits.len() > 4 {
        return None;
    }
    digits.parse().ok()
}

/// Digits of one token as (whole, thousandths); separators are understood where they cannot be anything else.
///
/// "1,200", "1.200.000" and "1'200" group by threes; "1.200" alone is taken as grouped too (people are not counted in
/// thousandths); "1.5" and "0.25" are decimals.
pub fn figure(text: &str) -> Option<(u64, u64)> {
    let first = text.chars().next()?;
    if text.len() > 24 || !(first.is_ascii_digit() || first == '.') {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return Some((text.parse().ok()?, 0));
    }
    let is_group = |c: char| {
        matches!(
            c,
            ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}'
        )
    };
    let parts: Vec<&str> = text.split(is_group).collect();
    if !parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let separators: Vec<char> = text.chars().filter(|&c| is_group(c)).collect();
    let grouped = |parts: &[&str]| {
        (1..=3).contains(&parts[0].len())
            && !parts[0].starts_with('0')
            && parts[1..].iter().all(|p| p.len() == 3)
    };
    if separators.windows(2).all(|pair| pair[0] == pair[1]) && parts.len() > 1 && grouped(&parts) {
        return Some((parts.concat().parse().ok()?, 0));
    }
    // "1,234.5", ".38", "2.5"
    let (whole, fraction) = text.rsplit_once('.')?;
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = if whole.is_empty() {
        0
    } else {
        figure(whole)?.0
    };
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some((whole, thousandths.parse().ok()?))
}

/// Reads the number that starts at word `k`, the longest there is; `None` if none starts there.
pub fn numeral(words: &Words, k: usize) -> Option<Numeral> {
    let first = words.lower(k);
    if first.is_empty() {
        return None;
    }
    // "half a million", "half a dozen"
    if first == "half" && matches!(words.lower(k + 1), "a" | "an") {
        let m = multiplier(words.lower(k + 2))?;
        return Some(Numeral {
            value: m / 2,
            len: 3,
            digits: false,
            decimal: false,
            multiplier: m,
        });
    }
    // "a hundred", "a dozen", "a million and a half"
    if matches!(first, "a" | "an") {
        let m = multiplier(words.lower(k + 1))?;
        let mut read = Numeral {
            value: m,
            len: 2,
            digits: false,
            decimal: false,
            multiplier: m,
        };
        if words.matches(k + 2, &["and", "a", "half"]) {
            read.value = read.value.saturating_add(m / 2);
            read.len = 5;
        } else if m >= 100 {
            extend(words, k, &mut read);
        }
        return Some(read);
    }
    let text = words.text(k);
    let text = bounds::glued(text).map_or(text, |(_, figures)| figures);
    if let Some((mut whole, thousandths)) = figure(text) {
        let mut len = 1;
        // "1 200 000": groups of three after one to three digits, one thin or plain space apart, no month before.
        if thousandths == 0 && text.len() <= 3 && !text.starts_with('0') {
            while is_group(words, k + len) && !after_month(words, k) && whole < 1_000_000_000 {
                whole = whole
                    .saturating_mul(1_000)
                    .saturating_add(figure(words.text(k + len))?.0);
                len += 1;
            }
        }
        let mut read = Numeral {
            value: whole,
            len,
            digits: true,
            decimal: thousandths > 0,
            multiplier: 1,
        };
        let half = halved(words, k + read.len);
        if let Some(m) = multiplier(words.lower(k + read.len + half)) {
            read.value = whole
                .saturating_mul(m)
                .saturating_add(m / 1_000 * thousandths);
            if m < 1_000 {
                read.value = read.value.saturating_add(m * thousandths / 1_000);
            }
            if half > 0 {
                read.value = read.value.saturating_add(m / 2);
            }
            read.len += half + 1;
            read.decimal = false;
            read.multiplier = m;
        }
        return Some(read);
    }
    spelled(words, k)
}

/// A number in words from `k` on.
fn spelled(words: &Words, k: usize) -> Option<Numeral> {
    let (mut total, mut current, mut len) = (0u64, None::<u64>, 0);
    let mut top = u64::MAX;
    let mut last = 1;
    loop {
        let mut at = k + len;
        // "twenty-three", "one hundred and five"
        let hyphen = words.lower(at) == "-" && words.glued(at) && words.glued(at + 1) && len > 0;
        let and = words.lower(at) == "and" && len > 0 && current.unwrap_or(total) >= 100;
        if hyphen || and {
            at += 1;
        }
        let word = words.lower(at);
        if let Some(n) = small(word) {
            let room = match current {
                None => !and || total > 0,
                Some(c) if c >= 100 => c % 100 == 0,
                Some(c) => c >= 20 && c % 10 == 0 && (1..10).contains(&n),
            };
            // "two hundred and three" goes on; "forty and three", "five five" and "twenty, three" do not.
            if !room || (and && n >= 100) {
                break;
            }
            current = Some(current.unwrap_or(0) + n);
            last = 1;
        } else if let Some(m) = multiplier(word).filter(|_| len > 0 && !and) {
            let c = current.unwrap_or(0);
            if c == 0 && m != 12 {
                break;
            }
            if m <= 100 {
                if c == 0 || c >= 100 {
                    break;
                }
                current = Some(c * m);
            } else {
                if m >= top {
                    break;
                }
                total = total.saturating_add(c.saturating_mul(m));
                current = None;
                top = m;
            }
            last = m;
            if m == 12 {
                len = at + 1 - k;
                break;
            }
        } else {
            break;
        }
        len = at + 1 - k;
    }
    if len == 0 {
        return None;
    }
    let mut value = total.saturating_add(current.unwrap_or(0));
    // "two and a half thousand"
    let half = halved(words, k + len);
    if half > 0
        && let Some(m) = multiplier(words.lower(k + len + half))
    {
        value = value.saturating_mul(m).saturating_add(m / 2);
        len += half + 1;
        last = m;
    }
    Some(Numeral {
        value,
        len,
        digits: false,
        decimal: false,
        multiplier: last,
    })
}

/// Goes on after "a hundred": "a hundred and twenty".
fn extend(words: &Words, k: usize, read: &mut Numeral) {
    let at = k + read.len + usize::from(words.lower(k + read.len) == "and");
    if at > k + read.len
        && let Some(rest) = spelled(words, at)
        && rest.value < read.multiplier
        && rest.multiplier == 1
    {
        read.value = read.value.saturating_add(rest.value);
        read.len = at - k + rest.len;
    }
}

/// Length of "and a half" at `k` when a multiplier follows; 0 otherwise.
fn halved(words: &Words, k: usize) -> usize {
    if words.matches(k, &["and", "a", "half"]) && multiplier(words.lower(k + 3)).is_some() {
        3
    } else {
        0
    }
}

fn is_group(words: &Words, k: usize) -> bool {
    let text = words.text(k);
    let (Some(a), Some(b)) = (words.before(k, 1), words.token(k)) else {
        return false;
    };
    let gap = &words.doc().text()[a.bytes().end..b.bytes().start];
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit()) && gap.chars().count() == 1
}

fn after_month(words: &Words, k: usize) -> bool {
    crate::read::times::calendar::month(words.lower_before(k, 1)).is_some()
}
