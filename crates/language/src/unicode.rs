//! Character classes as Python defines them, which spaCy's features and rules lean on.

use unicode_general_category::{GeneralCategory as G, get_general_category};

/// `str.isspace`: also the separators U+001C to U+001F, which Rust leaves out.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// `str.isalpha`: letters only; Rust's property also takes marks and letter numbers.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
    )
}

/// Decimal digits of any script: `\d`.
pub(crate) fn is_decimal(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && get_general_category(c) == G::DecimalNumber)
}

/// `str.isdigit`: decimal digits and the superscript, circled and other single digits.
pub(crate) fn is_digit(c: char) -> bool {
    is_decimal(c)
        || matches!(c as u32,
            0xb2 | 0xb3 | 0xb9 | 0x1369..=0x1371 | 0x19da | 0x2070 | 0x2074..=0x2079 | 0x2080..=0x2089
            | 0x2460..=0x2468 | 0x2474..=0x247c | 0x2488..=0x2490 | 0x24ea | 0x24f5..=0x24fd | 0x24ff
            | 0x2776..=0x277e | 0x2780..=0x2788 | 0x278a..=0x2792 | 0x10a40..=0x10a43 | 0x10e60..=0x10e68
            | 0x11052..=0x1105a | 0x1f100..=0x1f10a)
}

/// `\w`: letters, numbers of any kind and the underscore.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    is_alpha(c)
        || matches!(
            get_general_category(c),
            G::DecimalNumber | G::LetterNumber | G::OtherNumber
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_python() {
        assert!(is_space('\u{1f}') && is_space('\u{a0}') && !is_space('\u{200b}'));
        assert!(is_alpha('ع') && is_alpha('é') && !is_alpha('\u{64b}') && !is_alpha('Ⅷ'));
        assert!(is_digit('٣') && is_digit('²') && !is_digit('½'));
        assert!(is_word('½') && is_word('_') && !is_word('-'));
    }
}
