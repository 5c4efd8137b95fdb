//! What Crossbearing itself wrote: a dossier is no report, and must not become evidence for what it says.
//!
//! What comes in: the bytes of a file. What goes out: the form they are in, if it is one of ours. A test of the
//! program writes every form and gives it back.

/// Says which form of output the bytes are: a dossier as a page, as Markdown, as JSON or as text, the list of
/// incidents, or why reports were linked.
pub fn own_output(bytes: &[u8]) -> Option<&'static str> {
    let head = collapsed(&bytes[..bytes.len().min(8192)]);
    let tail = collapsed(&bytes[bytes.len().saturating_sub(4096)..]);
    if head.contains("<meta name=\"generator\" content=\"Crossbearing ") {
        return Some("a dossier, as a page");
    }
    if head.starts_with("{ \"schema\": \"") && head.contains("\"version\": \"") {
        let has = |key: &str| head.contains(key);
        let form = match () {
            () if has("\"incidents\": [") => "a list of incidents, as JSON",
            () if has("\"incident\": {") => "a dossier, as JSON",
            () => return None,
        };
        return Some(form);
    }
    if tail.contains("Made by Crossbearing ") && tail.contains(", dossier schema ") {
        return Some("a dossier, as Markdown");
    }
    if tail.contains("the summary stands at the top; --html FILE shows every claim in its text")
        || tail.contains("TOLD IN PASSING BY THESE REPORTS, not counted above")
    {
        return Some("a dossier, as text");
    }
    if head.starts_with("INCIDENT WHEN KILLED INJURED REPORTS WHAT AND WHERE") {
        return Some("a list of incidents");
    }
    head.contains("LINKS, the most alike first; what speaks for one incident adds")
        .then_some("an account of why reports were linked")
}

/// The characters with each run of white space as one space and colours taken off: the width of a terminal breaks
/// lines anywhere.
fn collapsed(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::with_capacity(text.len());
    for (at, part) in text.split("\u{1b}[").enumerate() {
        match part.split_once('m').filter(|_| at > 0) {
            Some((code, rest)) if code.bytes().all(|b| b.is_ascii_digit() || b == b';') => {
                plain.push_str(rest);
            }
            _ => plain.push_str(part),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_forms_are_known() {
        let check = |text: &str, want| assert_eq!(own_output(text.as_bytes()), want, "{text}");
        check(
            "<!DOCTYPE html>\n<meta\nname=\"generator\" content=\"Crossbearing 1.0\">",
            Some("a dossier, as a page"),
        );
        check(
            "{\n  \"schema\": \"1.2\",\n  \"version\": \"0.1.0\",\n  \"incidents\": [",
            Some("a list of incidents, as JSON"),
        );
        check(
            "\u{1b}[2mhint: \u{1b}[0mthe summary stands\n  at the top; --html FILE \
             shows every\n  claim in its text; more",
            Some("a dossier, as text"),
        );
        check("<meta name=\"generator\" content=\"WordPress 6\">", None);
        check("The dossier, Crossbearing said, names nine dead.", None);
        check("", None);
    }
}
