//! A dossier that may be shown to anybody: names of persons, ways to reach them and exact places taken out.
//!
//! What comes in: a dossier, its texts, and what the project wants. What goes out: a dossier of the same shape with
//! masked words, ids that cannot be guessed, and as texts only the passages that quotes take; or a refusal. It knows no
//! file, clock or database. All exports of the public profile take what comes out of here and nothing else.
//!
//! It is a help and no proof: software does not know who may be hurt by what. A person must look.
//!
//! Rooms: `tokens` words, `contacts` forms of addresses and numbers, `names` what is public and what is hidden,
//! `offices` who speaks for a body,
//! `collect` what the model says of that, `mask` a text replaced, `excerpts` the passages, `places` how finely, `ids`
//! salted hashes, `whole` all of it put on every field.

mod collect;
mod contacts;
mod excerpts;
mod ids;
mod mask;
mod names;
mod offices;
mod places;
mod policy;
#[cfg(test)]
mod tests;
mod tokens;
mod whole;

use model::{Dossier, Note, Severity, Texts};

pub use policy::{Fineness, Policy};

/// A dossier as it may be shown to anybody.
#[derive(Debug)]
pub struct Public {
    /// The dossier.
    pub dossier: Dossier,
    /// The passages that its quotes point into.
    pub texts: Texts,
}

/// Why a dossier cannot be shown: what cannot be masked would say too much. It holds no word of a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Leak {
    /// A member that is left would say a hidden name.
    #[error("a hidden name is left in `{0}`")]
    Name(String),
    /// Masked, it is no dossier any more: a code or a number would have to be changed.
    #[error("what is hidden stands where a code or a number must stand")]
    Shape,
}

/// The public form of a dossier.
///
/// # Errors
///
/// [`Leak`] where something cannot be masked.
pub fn public(dossier: &Dossier, texts: &Texts, policy: &Policy) -> Result<Public, Leak> {
    let found = collect::collect(dossier, texts, policy);
    let mut bare = dossier.clone();
    // Notes name files, and say what stages thought of them.
    bare.notes.clear();
    let mut value = serde_json::to_value(&bare).map_err(|_| Leak::Shape)?;
    let mut quotes = Vec::new();
    whole::quotes(&value, &mut quotes);
    let excerpts = excerpts::Excerpts::of(quotes, texts, &found.names);
    let whole = whole::Whole {
        found: &found,
        excerpts: &excerpts,
        policy,
    };
    whole.change(&mut value, "");
    if let Some(member) = whole.leak(&value, "") {
        return Err(Leak::Name(member));
    }
    let mut dossier: Dossier = serde_json::from_value(value).map_err(|_| Leak::Shape)?;
    dossier.notes.push(told());
    Ok(Public {
        dossier,
        texts: excerpts.into_texts(),
    })
}

/// What a public dossier says of itself.
fn told() -> Note {
    Note {
        severity: Severity::Info,
        code: "public-profile".to_owned(),
        subject: "dossier".to_owned(),
        message: "names of persons, ways to reach them and exact places are withheld, and reports are given only as \
        far \
                  as they are quoted; software did this and may have missed something"
            .to_owned(),
        hint: None,
        quote: None,
    }
}
