//! What to tell the user about one input: notes on its encoding and language, and the errors of what is no report.

use model::{Block, BlockKind, Note, Severity};

use super::encoding;

/// Makes notes about one input.
pub(super) struct Diagnostics<'a> {
    /// What the input is called.
    pub name: &'a str,
}

impl Diagnostics<'_> {
    fn note(&self, severity: Severity, code: &str, message: &str, hint: &str) -> Note {
        Note {
            severity,
            code: code.to_owned(),
            subject: self.name.to_owned(),
            message: message.to_owned(),
            hint: Some(hint.to_owned()),
            quote: None,
        }
    }

    pub(super) fn error(&self, code: &str, message: &str, hint: &str) -> Note {
        self.note(Severity::Error, code, message, hint)
    }

    pub(super) fn empty(&self) -> Note {
        self.error("empty", "the file is empty", "save the report's text in it")
    }

    pub(super) fn warning(&self, code: &str, message: &str, hint: &str) -> Note {
        self.note(Severity::Warning, code, message, hint)
    }

    pub(super) fn info(&self, code: &str, message: &str, hint: &str) -> Note {
        self.note(Severity::Info, code, message, hint)
    }
}

/// Notes on an encoding that was guessed, or on bytes that are no characters in it.
pub(super) fn encoding_notes(
    diagnostics: &Diagnostics<'_>,
    decoded: &encoding::Decoded,
) -> Vec<Note> {
    let mut notes = Vec::new();
    if decoded.found == encoding::Found::Guessed {
        notes.push(diagnostics.info(
            "encoding-guessed",
            &match decoded.encoding {
                "UTF-8" => "some bytes are not valid UTF-8; read as UTF-8 all the same".to_owned(),
                other => format!("not valid UTF-8; read as {other}"),
            },
            "if names look wrong, save the file as UTF-8",
        ));
    }
    if decoded.damaged {
        notes.push(diagnostics.warning(
            "encoding-damaged",
            &format!(
                "some bytes are no characters in {}; they show as \u{fffd}",
                decoded.encoding
            ),
            "save the file as UTF-8",
        ));
    }
    notes
}

/// Very common English words; a text of which they are under one in twenty-five is hardly English.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "on", "was", "were", "that", "for", "with", "at", "by",
    "from", "said", "had", "have", "is", "are", "it", "he", "she", "they", "who", "an", "as",
];

/// Whether a text is English by its commonest words; `None` where it has too few words to tell.
pub(super) fn is_english(text: &str, blocks: &[Block]) -> Option<bool> {
    let (mut all, mut known) = (0usize, 0usize);
    let body = blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Boilerplate);
    for word in body
        .flat_map(|block| text[block.span.range()].split_whitespace())
        .take(2000)
    {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        all += usize::from(!bare.is_empty());
        known += usize::from(ENGLISH.iter().any(|word| word.eq_ignore_ascii_case(bare)));
    }
    (all >= 20).then_some(known * 25 >= all)
}

/// Warns when the text is not English: what is read from it then is worth little.
pub(super) fn language_note(
    diagnostics: &Diagnostics<'_>,
    text: &str,
    blocks: &[Block],
    declared: Option<&str>,
) -> Option<Note> {
    (is_english(text, blocks) == Some(false)).then(|| {
        let named = declared.map_or(String::new(), |code| format!(" (the page says `{code}`)"));
        diagnostics.warning(
            "language-not-english",
            &format!("the text does not look like English{named}; only English is read"),
            "translate it first",
        )
    })
}
