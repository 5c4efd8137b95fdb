//! One report in, its accounts of claims out.
//!
//! What comes in: the bytes of one report with what is known about it ([`Input`]), and [`Resources`]. What goes out: a
//! [`model::Reading`]. It knows no clock, file, environment or network and nothing of other reports; `reconciler` is a
//! stranger to it. `learned` holds models over hashed features. Rooms, left to right: `text` (main text and metadata of
//! a page), `read` (quantities, times, places, parties, speakers), `claims` (one file a slot), `sentences` and `keys`
//! (what later steps ask of the words, so that they need not look at them).

#[cfg(test)]
mod any_report;
pub mod claims;
pub mod first_look;
pub mod keys;
pub mod learned;
mod lexicon;
pub mod read;
mod sentences;
#[cfg(any(test, fuzzing))]
pub mod testing;
pub mod text;
mod version;
pub mod weights;

pub use text::Input;
pub use version::VERSION;

use model::{Note, Reading, Severity};

/// What is needed to read, loaded once and shared by all threads.
pub struct Resources {
    /// The language pipeline.
    pub pipeline: language::Pipeline,
    /// The gazetteer.
    pub gazetteer: read::places::Gazetteer,
    /// Who judges which phrases count people.
    pub judge: claims::judge::Judge,
    /// Version of the files that pipeline, gazetteer and encoder were loaded from, as the loader knows it: a word.
    pub files: String,
}

impl Resources {
    /// Reads what the words of a text name.
    pub fn read(&self, extracted: &text::Document) -> read::Annotations {
        read::read(extracted, &self.pipeline, &self.gazetteer)
    }

    /// What every claim carries of who read it: [`VERSION`], the judge and the version of the loaded files. Where it is
    /// the same, the same report gives the same claims.
    pub fn version(&self) -> String {
        format!("{VERSION}/{}/{}", self.judge.name(), self.files)
    }
}

/// Reads one report: extract, read, claim. A report in which a [`first_look`] finds nothing in scope is not parsed: it
/// has a text, no accounts and a note that says so.
///
/// # Errors
/// A [`Note`] of severity error when the bytes hold no readable text (binary, empty, only page furniture).
pub fn read_report(input: &Input, resources: &Resources) -> Result<Reading, Note> {
    let extracted = text::extract(input)?;
    Ok(read_extracted(extracted, &input.name, resources))
}

/// Reads a report whose text was taken out before; `name` is what to call it in notes.
pub fn read_extracted(extracted: text::Document, name: &str, resources: &Resources) -> Reading {
    if first_look::in_scope_of(&extracted.report, &extracted.text) {
        return claim(extracted, resources);
    }
    let text::Document {
        report,
        text,
        mut notes,
    } = extracted;
    notes.push(Note {
        severity: Severity::Info,
        code: "out-of-scope".to_owned(),
        subject: name.to_owned(),
        message: "no word in it speaks of violence, of people hurt or held, or of arms; nothing was read from it"
            .to_owned(),
        hint: None,
        quote: None,
    });
    keyed(Reading::new(report, text, Vec::new(), notes))
}

/// Reads one report whatever the first look says: what that look is measured against.
///
/// # Errors
/// As [`read_report`].
pub fn read_whole(input: &Input, resources: &Resources) -> Result<Reading, Note> {
    Ok(claim(text::extract(input)?, resources))
}

fn claim(extracted: text::Document, resources: &Resources) -> Reading {
    let read = resources.read(&extracted);
    let mut reading = claims::claim(extracted, &read, &resources.judge);
    let version = resources.version();
    for claim in reading.accounts.iter_mut().flat_map(|it| &mut it.claims) {
        claim.reader.clone_from(&version);
    }
    keyed(reading)
}

/// A reading with the sentences and keys that its words make: the last step of reading. Whoever changes the words or
/// the claims of a reading, or makes one, takes it again.
pub fn keyed(mut reading: Reading) -> Reading {
    reading.sentences = sentences::find(&reading);
    reading.keys = keys::find(&reading);
    reading
}
