//! The letters by which reports are called in a dossier.

/// The letter of the report at `index`: `A` … `Z`, `AA` …
pub fn letter(index: usize) -> String {
    let mut out = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        out.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    out.iter().rev().map(|&byte| byte as char).collect()
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_after_z() {
        let all: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letter).to_vec();
        assert_eq!(all, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
