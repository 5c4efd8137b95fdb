//! Characters that must not reach a page or a terminal as they are.
//!
//! What comes in: words of a report. What goes out: the same words with control characters made visible. A report is
//! not trusted: an escape sequence in it must not drive a terminal, and a bidirectional override must not reorder
//! what stands beside it. Published JSON keeps the words untouched.

/// Starts an isolate whose direction follows its first strong character.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends an isolate.
const POP_ISOLATE: char = '\u{2069}';

/// Whether the character steers the direction of what follows it beyond its own word.
fn steers_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the character belongs to a script written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}')
}

/// Returns the words with control characters as U+FFFD; line breaks and tabs stay.
pub fn block(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() || c == '\u{FFFE}' || c == '\u{FFFF}' => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// Returns the words on one line for a place without markup: white space folded to single spaces, control characters
/// and direction overrides as U+FFFD, and words with a right-to-left script isolated so that their neighbours keep
/// their order.
pub fn line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut isolate = false;
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            isolate |= is_right_to_left(c);
            out.push(if c.is_control() || steers_direction(c) {
                '\u{FFFD}'
            } else {
                c
            });
        }
    }
    if isolate {
        out.insert(0, FIRST_STRONG_ISOLATE);
        out.push(POP_ISOLATE);
    }
    out
}

/// Returns text as a terminal may have it: control characters as U+FFFD but for line breaks and tabs, and direction
/// overrides too; isolates stay, for [`line()`] sets them. With `colour` the sequences that set colours stay as well.
pub fn terminal(text: &str, colour: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = colour.then(|| colours(rest)).flatten() {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        out.push(match c {
            '\n' | '\t' => c,
            // The end of a line as other systems write it moves no cursor back over what stands there.
            '\r' if rest.starts_with('\n') => c,
            c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}') => '\u{FFFD}',
            c => c,
        });
    }
    out
}

/// Bytes of the sequence at the start that sets a colour: `ESC [ 1 ; 31 m`.
fn colours(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\u{1b}[")?;
    let codes = inner
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b';');
    let length = codes.count();
    inner[length..].starts_with('m').then_some(length + 3)
}

/// Returns JSON with the control characters that JSON lets stand as they are (DEL and those from U+0080 on) written
/// as escapes: a terminal may obey them. It means the same.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// Returns the words without quotation marks around all of them, to be put between others.
pub fn unquoted(words: &str) -> &str {
    const MARKS: [char; 9] = ['"', '“', '”', '‘', '’', '«', '»', '„', '\''];
    let inner = words.trim();
    let Some(open) = inner.strip_prefix(MARKS) else {
        return inner;
    };
    match open.strip_suffix(MARKS) {
        // One pair around all: what is inside must not close and open again.
        Some(whole) if !whole.contains(['"', '“', '”', '«', '»']) => {
            whole.trim_end_matches(',').trim()
        }
        _ => inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_teeth() {
        assert_eq!(line("a\u{1b}[31mred\u{7}"), "a\u{FFFD}[31mred\u{FFFD}");
        assert_eq!(line(" two\n\n lines\t"), "two lines");
        assert_eq!(block("a\n\u{0}b"), "a\n\u{FFFD}b");
    }

    #[test]
    fn a_terminal_gets_colours_at_most() {
        let odd = "a\u{1b}]0;t\u{7}\u{1b}[2J\u{1b}[1;31mb\u{9b}2J\r\tc\u{202E}\r\nd";
        assert_eq!(
            terminal(odd, true),
            "a\u{FFFD}]0;t\u{FFFD}\u{FFFD}[2J\u{1b}[1;31mb\u{FFFD}2J\u{FFFD}\tc\u{FFFD}\r\nd"
        );
        assert!(!terminal(odd, false).contains('\u{1b}'));
    }

    #[test]
    fn json_means_the_same_without_controls() {
        let text = serde_json::to_string("a\u{1b}\u{9b}\u{7f}é").unwrap();
        let safe = json(&text);
        assert!(!safe.contains(char::is_control));
        let back: String = serde_json::from_str(&safe).unwrap();
        assert_eq!(back, "a\u{1b}\u{9b}\u{7f}é");
    }

    #[test]
    fn right_to_left_words_are_isolated() {
        assert_eq!(line("صوت"), "\u{2068}صوت\u{2069}");
        assert_eq!(line("a\u{202E}b"), "a\u{FFFD}b");
        assert_eq!(line("plain"), "plain");
    }

    #[test]
    fn only_marks_around_all_the_words_are_taken_off() {
        assert_eq!(unquoted("“We have no beds,”"), "We have no beds");
        assert_eq!(unquoted("“no” and “yes”"), "“no” and “yes”");
        assert_eq!(unquoted("‘tis late"), "‘tis late");
        assert_eq!(unquoted("“"), "“");
    }
}
