//! Pages of a list: which is asked for, and where those beside it are.

use crate::refusal::Refusal;

/// The number of the page that an address asks for, from 1 to `most`; the first where it asks for none.
///
/// # Errors
///
/// A refusal for anything else.
pub fn number(asked: &str, most: usize) -> Result<usize, Refusal> {
    if asked.is_empty() {
        return Ok(1);
    }
    let read = asked.parse().ok().filter(|n| (1..=most).contains(n));
    let hint = format!("a number from 1 to {most}; narrow the list to see what comes later");
    read.ok_or_else(|| Refusal::bad("not a page of the list", hint))
}

/// The addresses of the pages before and after one of `pages`, as `address` makes them; empty where there is none.
pub fn beside(page: usize, pages: usize, address: impl Fn(usize) -> String) -> [String; 2] {
    let before = (page > 1).then(|| address(page - 1));
    let after = (page < pages).then(|| address(page + 1));
    [before, after].map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbers_in_their_bounds_and_have_others_beside_them() {
        assert_eq!(number("", 3).ok(), Some(1));
        assert_eq!(number("3", 3).ok(), Some(3));
        for wrong in ["0", "4", "-1", "x", "1.5"] {
            assert!(number(wrong, 3).is_err(), "{wrong}");
        }
        let address = |n: usize| n.to_string();
        assert_eq!(beside(1, 1, address), ["", ""]);
        assert_eq!(beside(2, 3, address), ["1", "3"]);
        assert_eq!(beside(3, 3, address), ["2", ""]);
    }
}
