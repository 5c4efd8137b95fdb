//! How a town is called: as written, without the word for its kind, in its own case.

use crate::read::places::fold::fold;

/// A town's name without the word for its kind, where the text leaves that out: "Darmuk" for "Darmuk City".
pub(super) fn as_written(folded: &str, text: &str, main: &str) -> String {
    let bare = [
        " City",
        " Charter Township",
        " Township",
        " Town",
        " Village",
    ]
    .iter()
    .find_map(|word| main.strip_suffix(word));
    match bare {
        Some(bare) if fold(bare) == folded && !text.contains([',', '\n']) => bare.to_owned(),
        _ => main.to_owned(),
    }
}

/// Whether one name holds the other, spaces aside: "Southside", "South Side".
pub(super) fn alike(folded: &str, main: &str) -> bool {
    let letters = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let (a, b) = (letters(folded), letters(&fold(main)));
    a.contains(&b) || b.contains(&a)
}

/// "KELMOOR HEIGHTS" as "Kelmoor Heights".
pub(super) fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fresh = true;
    for c in text.chars() {
        if fresh {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        fresh = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_goes_by_its_name_as_written() {
        assert_eq!(as_written("darmuk", "Darmuk", "Darmuk City"), "Darmuk");
        assert_eq!(
            as_written("darmuk city", "Darmuk City", "Darmuk City"),
            "Darmuk City"
        );
        assert_eq!(as_written("dmk", "DMK", "Darmuk City"), "Darmuk City");
    }

    #[test]
    fn names_that_hold_each_other_are_alike() {
        assert!(alike("south side", "Southside"));
        assert!(alike("velisk", "Velisk Charter Township"));
        assert!(!alike("antrin", "New Hope"));
    }
}
