//! A cheap first look: has a report anything in scope?
//!
//! Comes in: the main text and title of a report. Goes out: yes or no. One automaton walks the bytes once and stops at
//! the first word that speaks of violence, of people hurt, held, missing or driven out, or of arms; a report without
//! any such word is not parsed. It knows no grammar and no context: it may say yes to a report on football, and must
//! hardly ever say no to one that holds a claim.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use model::{BlockKind, Report, Text};

use crate::lexicon::List;

const TABLE: &str = include_str!("../../../lexicons/en/scope.tsv");

/// Beginnings of words: whatever follows belongs to the same family ("kill": killed, killing, killer).
static STEMS: List = List::new(TABLE, "stem");

/// Whole words.
static WORDS: List = List::new(TABLE, "word");

static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(STEMS.words().chain(WORDS.words()))
        .expect("a few hundred short words make an automaton")
});

/// Whether the text holds a word of the field. Stops at the first.
pub fn in_scope(text: &str) -> bool {
    holds(text.as_bytes())
}

fn holds(bytes: &[u8]) -> bool {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    AUTOMATON.find_iter(bytes).any(|found| {
        let begins = found.start() == 0 || !letter(found.start() - 1);
        let stem = found.pattern().as_usize() < STEMS.rows().len();
        begins && (stem || !letter(found.end()))
    })
}

/// Whether a report's title, or anything of its text outside page furniture, is in scope.
pub fn in_scope_of(report: &Report, text: &Text) -> bool {
    let body = text
        .blocks()
        .iter()
        .filter(|block| block.kind != BlockKind::Boilerplate);
    report.title.as_deref().is_some_and(in_scope)
        || body
            .map(|block| &text.as_str()[block.span.range()])
            .any(in_scope)
}

/// Whether a page, as it was received, may be in scope: a look at its bytes before its text is taken out. Says no only
/// to what is given as text in an encoding that writes English letters as ASCII does, and holds no word of the field
/// even in its markup.
pub fn may_be_in_scope(media_type: Option<&str>, title: Option<&str>, bytes: &[u8]) -> bool {
    let media_type = media_type.map(str::trim_start).unwrap_or_default();
    // UTF-16 and UTF-32 have a null byte beside each such letter.
    let wide = bytes.iter().take(WIDE).any(|byte| *byte == 0);
    if !media_type.starts_with("text/") || wide || title.is_some_and(in_scope) {
        return true;
    }
    if media_type.starts_with("text/html") {
        holds_page(bytes)
    } else {
        holds(bytes)
    }
}

/// Whether a page holds such a word where its text or its title may be taken from: outside markup, in `meta` tags, and
/// in JSON-LD. What is a tag's own name (`body`), a style or a script says nothing.
fn holds_page(page: &[u8]) -> bool {
    let mut rest = page;
    while let Some(at) = memchr::memchr(b'<', rest) {
        let (text, tag) = rest.split_at(at);
        if holds(text) {
            return true;
        }
        let skipped = match named(tag) {
            "!--" => after(tag, b"-->").map(|end| (end, false)),
            "style" => after_closed(tag, b"</style"),
            "script" => after_closed(tag, b"</script"),
            "meta" => after(tag, b">").map(|end| (end, true)),
            // A sign in the text, as in 5 < 6.
            _ if !tag
                .get(1)
                .is_some_and(|it| it.is_ascii_alphabetic() || b"/!?".contains(it)) =>
            {
                Some((1, false))
            }
            _ => after(tag, b">").map(|end| (end, false)),
        };
        // What is never closed is looked at as it stands.
        let Some((end, searched)) = skipped else {
            return holds(tag);
        };
        let (inside, after) = tag.split_at(end);
        if searched && holds(inside) {
            return true;
        }
        rest = after;
    }
    holds(rest)
}

/// The kind of a tag that matters here, at the beginning of `tag`.
fn named(tag: &[u8]) -> &'static str {
    let begins = |name: &[u8]| {
        let own = tag.get(1..=name.len());
        let end = tag.get(1 + name.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
            && !end.is_some_and(u8::is_ascii_alphanumeric)
    };
    if tag.starts_with(b"<!--") {
        return "!--";
    }
    let names = ["style", "script", "meta"];
    let found = names.into_iter().find(|name| begins(name.as_bytes()));
    found.unwrap_or_default()
}

fn after(tag: &[u8], end: &[u8]) -> Option<usize> {
    memchr::memmem::find(tag, end).map(|at| at + end.len())
}

/// Where an element ends that holds no tags, and whether it is JSON-LD, whose words count.
fn after_closed(tag: &[u8], end: &[u8]) -> Option<(usize, bool)> {
    let opened = after(tag, b">")?;
    let small = tag[..opened].to_ascii_lowercase();
    let linked_data = memchr::memmem::find(&small, b"ld+json").is_some();
    let mut from = opened;
    loop {
        let at = from + memchr::memmem::find(&tag[from..], b"</")?;
        if tag
            .get(at..at + end.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(end))
        {
            return Some((at, linked_data));
        }
        from = at + 2;
    }
}

/// Bytes in which a wide encoding shows.
const WIDE: usize = 4_096;

#[cfg(test)]
mod tests {
    use model::Slot;

    use super::*;

    #[test]
    fn the_table_is_in_order() {
        crate::lexicon::check(TABLE, &[&STEMS, &WORDS]);
    }

    /// Words that make a report worth parsing for the sake of this slot alone; `None` for what is only ever said of a
    /// happening that the words of other slots open.
    fn opened_by(slot: Slot) -> Option<&'static [&'static str]> {
        let words: &[&str] = match slot {
            Slot::Killed => &["killed", "dead", "bodies", "murder"],
            Slot::Injured => &["injured", "wounded", "hospital"],
            Slot::Missing => &["missing", "disappeared"],
            Slot::Escaped => &["escaped", "fled"],
            Slot::Freed => &["freed", "rescued"],
            Slot::Captured => &["captured", "arrested", "abducted"],
            Slot::Surrendered => &["surrendered"],
            Slot::Held => &["detained", "in custody", "inmates", "jailed"],
            Slot::Hostages => &["hostages", "kidnapped"],
            Slot::AtRisk => &["trapped", "besieged"],
            Slot::Displaced => &["displaced", "refugees", "evacuated"],
            Slot::Event => &["explosion", "raid", "clashes", "attack", "riot"],
            Slot::Means => &["car bomb", "rifle", "drone", "knife", "airstrike"],
            Slot::Control => &["captured", "rebels", "army"],
            Slot::Status => &["fighting", "siege", "ceasefire"],
            Slot::ChildRecruitment => &["fighters", "militia", "armed"],
            Slot::DetentionWithoutCharge => &["detained", "prison"],
            Slot::DetentionLength => &["detained", "jail"],
            // Said of people who are held, trapped or under fire.
            Slot::HumanShields | Slot::Conditions | Slot::Danger | Slot::Safety => return None,
            // Said of a happening, or of people whom another slot counts.
            Slot::When | Slot::Where | Slot::Actor | Slot::Target | Slot::Responsibility => {
                return None;
            }
            Slot::Nationality | Slot::Age => return None,
            // Any words of a report that tells of a happening.
            Slot::Appeal | Slot::Evidence | Slot::Assessment | Slot::Background => return None,
            Slot::Statement => return None,
        };
        Some(words)
    }

    #[test]
    fn every_slot_opens_a_report_or_says_that_it_does_not() {
        for &slot in Slot::ALL {
            let counted = slot.group() == model::SlotGroup::Counts;
            assert!(
                !counted || opened_by(slot).is_some(),
                "{slot} opens nothing"
            );
            for word in opened_by(slot).into_iter().flatten() {
                assert!(in_scope(word), "{slot}: {word}");
            }
        }
    }

    #[test]
    fn words_of_the_field_are_seen_whole_or_as_stems() {
        for text in [
            "Three people were KILLED at the ferry landing.",
            "She died in hospital.",
            "Two dead",
            "The toll rose to nine",
            "(shooting)",
            "It claimed 14 lives.",
        ] {
            assert!(in_scope(text), "{text}");
        }
    }

    #[test]
    fn a_look_at_bytes_says_no_only_where_it_can_be_sure() {
        let html = Some("text/html; charset=utf-8");
        let calm = b"<p>The committee set a budget.</p>";
        assert!(!may_be_in_scope(html, None, calm));
        assert!(may_be_in_scope(
            html,
            None,
            b"<p>Nine were <b>killed</b>.</p>"
        ));
        // What markup says is none of the text, but titles stand in it too.
        for calm in [
            &b"<html><body class='dead'><a target='_blank' href='/killed'>x</a></body></html>"[..],
            b"<style>body { color: red } .attack {}</style><p>Budget</p>",
            b"<SCRIPT type=text/javascript>if (a < b) kill('</p>')</SCRIPT><p>Budget</p>",
            b"<!-- killed <p> --><p>Budget</p>",
            b"<metadata killed='1'>",
        ] {
            assert!(
                !may_be_in_scope(html, None, calm),
                "{}",
                calm.escape_ascii()
            );
        }
        for hot in [
            &b"<meta property='og:title' content='Nine killed'>"[..],
            b"<script type='application/LD+JSON'>{\"headline\": \"Nine killed\"}</script>",
            b"<script>var a;</script>Nine killed",
            b"<p>Nine killed",
            b"Nine killed <b",
            b"<p>fewer (< 9) killed</p>",
            b"<!-- never closed, nine killed",
            b"<script>never closed, nine killed",
        ] {
            assert!(may_be_in_scope(html, None, hot), "{}", hot.escape_ascii());
        }
        let plain = Some("text/plain");
        assert!(may_be_in_scope(plain, None, b"1 < 2 and nine killed > 8"));
        // A title beside the bytes, another kind of file, an encoding of wide letters.
        assert!(may_be_in_scope(html, Some("Nine killed"), calm));
        assert!(may_be_in_scope(Some("application/pdf"), None, calm));
        assert!(may_be_in_scope(None, None, calm));
        let wide: Vec<u8> = "<p>Nine killed</p>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(may_be_in_scope(html, None, &wide));
    }

    #[test]
    fn parts_of_other_words_are_not() {
        for text in [
            "",
            "The committee met on Tuesday to set a budget before the deadline.",
            "The studied reply was a remarkable skill: twelve pages, none of them dull.",
            "Warm weather is expected; the bodywork of the tram shines. Ö, 😀, ليل.",
        ] {
            assert!(!in_scope(text), "{text}");
        }
    }
}
