//! What leaves a casebook: its dossiers, whole or in their public form. All exports take them from here, so that none
//! can forget which form was asked for.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::{Path, PathBuf},
};

use model::{Dossier, Texts};
use store::{Error, Place, Store, arrivals, database::Database, log, results};

use super::config;
use crate::{
    export::{Format, Options},
    files,
    redact::{self, Fineness, Policy},
};

/// The setting that holds what public ids are hashed with. It is no setting of people, and no public copy has it.
const SALT: &str = "public salt";

/// Which form dossiers leave in.
pub enum Profile {
    /// As they are.
    Full,
    /// As they may be shown to anybody.
    Public(Policy),
}

/// The public form as this casebook wants it; its salt is made at the first time.
///
/// # Errors
///
/// What the engine says, or that the system gives no random bytes.
pub fn public_profile(store: &mut Store) -> Result<Profile, Error> {
    let places = Fineness::named(&config::value(store, config::PLACES)?).unwrap_or(Fineness::Town);
    let names_dead = config::value(store, config::DEAD)? == "shown";
    let salt = match store.setting(SALT)? {
        Some(salt) => salt,
        None => {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes).map_err(|error| {
                Error::Refused(format!("the system gives no random bytes: {error}"))
            })?;
            let made = log::hex(&bytes);
            // Whoever else made one meanwhile wins.
            store.write(&mut |tx| tx.set_if_new(SALT, &made))?;
            store.setting(SALT)?.unwrap_or(made)
        }
    };
    Ok(Profile::Public(Policy {
        places,
        names_dead,
        salt,
    }))
}

/// What was handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    /// How many incidents.
    pub incidents: u64,
    /// Those that have no public form, and so were left out.
    pub left_out: Vec<LeftOut>,
}

/// An incident that has no public form.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Its id.
    pub case: String,
    /// What kind of thing could not be masked; it holds no word of a report.
    pub why: String,
}

/// What to do about incidents that were left out.
pub const MEND: &str = "look at it with `crossbearing show ID`, and reject or correct the claim that holds the name \
                        with `crossbearing review`";

/// Which dossiers are handed over, and with what.
#[derive(Clone, Copy, Default)]
pub struct Which<'a> {
    /// Only these cases; `None` for all.
    pub only: Option<&'a BTreeSet<String>>,
    /// With their texts; public ones have the passages that they quote in any case.
    pub with_texts: bool,
}

/// Hands over all dossiers in the form asked for; the public ones with the passages that their quotes point into, the
/// full ones by their first day. One that has no public form stops no other.
///
/// # Errors
///
/// What the engine or `each` says.
pub fn each(
    store: &mut Store,
    profile: &Profile,
    which: Which<'_>,
    each: &mut dyn FnMut(&Dossier, &Texts) -> Result<(), Error>,
) -> Result<Sent, Error> {
    let mut out = Sent::default();
    let wanted = |case: &str| which.only.is_none_or(|only| only.contains(case));
    match profile {
        Profile::Full if which.with_texts => store.read(&mut |database| {
            for case in results::cases(database)?
                .into_iter()
                .filter(|it| wanted(it))
            {
                if let Some(dossier) = results::dossier(database, &case)? {
                    let texts = texts(database, &dossier)?;
                    out.incidents += 1;
                    each(&dossier, &texts)?;
                }
            }
            Ok(())
        })?,
        Profile::Full => results::each_dossier(store.database(), &mut |dossier| {
            if !wanted(dossier.incident.case.as_str()) {
                return Ok(());
            }
            out.incidents += 1;
            each(&dossier, &Texts::new())
        })?,
        Profile::Public(policy) => store.read(&mut |database| {
            for case in results::cases(database)?
                .into_iter()
                .filter(|it| wanted(it))
            {
                let Some((_, shown)) = shown(database, policy, &case)? else {
                    continue;
                };
                match shown {
                    Ok(shown) => {
                        out.incidents += 1;
                        each(&shown.dossier, &shown.texts)?;
                    }
                    Err(leak) => out.left_out.push(LeftOut {
                        case,
                        why: leak.to_string(),
                    }),
                }
            }
            Ok(())
        })?,
    }
    Ok(out)
}

/// Why something that was to leave was not written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The casebook cannot be read.
    #[error(transparent)]
    Store(#[from] Error),
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// Writes dossiers in a format: those of these cases, all where none are named. `progress` hears how many are done.
///
/// # Errors
///
/// [`NotWritten`]; what stands in `out` by then is no whole file.
pub fn write(
    store: &mut Store,
    (profile, only): (&Profile, Option<&BTreeSet<String>>),
    (format, options): (&Format, Options),
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize),
) -> Result<Sent, NotWritten> {
    let mut sink = (format.open)(options, out)?;
    let (mut failed, mut done) = (None, 0);
    let which = Which {
        only,
        with_texts: format.texts,
    };
    let read = each(store, profile, which, &mut |dossier, texts| {
        done += 1;
        progress(done);
        sink.put_with(dossier, texts).map_err(|error| {
            failed = Some(error);
            Error::Refused("the file could not be written".to_owned())
        })
    });
    if let Some(error) = failed {
        return Err(NotWritten::File(error));
    }
    let sent = read?;
    sink.end()?;
    Ok(sent)
}

/// Why nothing may be written to a file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFree {
    /// Two formats name it.
    #[error("two formats would be written to {}", .0.display())]
    Twice(PathBuf),
    /// It is one of the casebook's own.
    #[error("{} is a file in the folder of the casebook", .0.display())]
    Own(PathBuf),
    /// It is there, and nobody said that it may be written over.
    #[error("{} is there already", .0.display())]
    There(PathBuf),
}

/// Checks, before anything is written, that nothing is written over: no file that is there already, unless that is
/// wanted (`force`), none of the casebook's own, and none of this export.
///
/// # Errors
///
/// [`NotFree`], of the first path that may not be written to.
pub fn free(paths: &[&Path], casebook: &Place, force: bool) -> Result<(), NotFree> {
    let own = match casebook {
        Place::Folder(folder) => folder.canonicalize().ok(),
        Place::Server(_) => None,
    };
    for (at, path) in paths.iter().enumerate() {
        // A device, as `/dev/stdout`, keeps nothing that could be lost, wherever the shell leads it.
        if path.starts_with("/dev") || (path.exists() && !path.is_file()) {
            continue;
        }
        let name = path.to_path_buf();
        if paths[..at].iter().any(|other| files::same(path, other)) {
            return Err(NotFree::Twice(name));
        }
        let Ok(place) = path.canonicalize() else {
            continue;
        };
        if own.as_ref().is_some_and(|own| place.starts_with(own)) {
            return Err(NotFree::Own(name));
        }
        if !force {
            return Err(NotFree::There(name));
        }
    }
    Ok(())
}

/// A dossier, and its public form or why it has none; `None` where the case has no dossier.
type Shown = Option<(Dossier, Result<redact::Public, redact::Leak>)>;

/// One dossier as it is, and as it may be shown to anybody.
///
/// # Errors
///
/// What the engine says.
pub fn shown(database: &mut dyn Database, policy: &Policy, case: &str) -> Result<Shown, Error> {
    let Some(dossier) = results::dossier(database, case)? else {
        return Ok(None);
    };
    let texts = texts(database, &dossier)?;
    let shown = redact::public(&dossier, &texts, policy);
    Ok(Some((dossier, shown)))
}

fn texts(database: &mut dyn Database, dossier: &Dossier) -> Result<Texts, Error> {
    let mut texts = Texts::new();
    for card in &dossier.reports {
        let stored = arrivals::report(database, card.report.id.as_str())?;
        texts.insert(stored.text.id().clone(), stored.text);
    }
    Ok(texts)
}
