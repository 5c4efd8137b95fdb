//! Reports that people hand over: files in a folder of their own, a text that was pasted, addresses of pages.

use std::path::PathBuf;

use fetch::{Conditions, Private};
use reader::{Input, text::Metadata};
use store::{Error, Store, arrivals::Capture};

use super::{
    add::{AddOptions, Added, Arriving, add_one, capture_of},
    web,
};
use crate::ingest::{self, Meter, Taken};

/// Ids of reports that are told one by one.
const TOLD: usize = 500;

/// What is handed over.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// All files in a folder, which is not told of: each is called by its own name.
    Files(PathBuf),
    /// A text.
    Text(Box<Pasted>),
    /// Addresses of pages.
    Addresses(Vec<String>),
}

/// A text that was pasted, and what whoever pasted it says of it; empty where that is not known.
#[derive(Clone, Debug, Default)]
pub struct Pasted {
    /// The text.
    pub text: String,
    /// Its headline.
    pub title: String,
    /// Who published it.
    pub source: String,
    /// Its address.
    pub url: String,
    /// When it was published, as written.
    pub published: String,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Came {
    /// In numbers, with notes.
    pub added: Added,
    /// Ids of the reports, new and known ones, the first of very many.
    pub reports: Vec<String>,
}

/// Takes in what is handed over. `progress` hears how many reports were looked at.
///
/// # Errors
///
/// When the casebook cannot be written; what was written before stays.
pub fn take_in(
    store: &mut Store,
    incoming: &Incoming,
    options: &AddOptions<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Came, Error> {
    let mut out = Came::default();
    let mut looked_at = 0;
    let mut one = |store: &mut Store, arriving: &Arriving, out: &mut Came| {
        let id = add_one(store, arriving, options, &mut out.added)?;
        out.reports.extend(id.filter(|_| out.reports.len() < TOLD));
        looked_at += 1;
        progress(looked_at);
        Ok::<(), Error>(())
    };
    match incoming {
        Incoming::Text(pasted) => one(store, &pasted.arriving(options), &mut out)?,
        Incoming::Addresses(addresses) => {
            let client = web::client(store, Private::Refused, None, &options.tool)?;
            for address in addresses {
                match client.get(address, &Conditions::default()) {
                    Ok(response) => {
                        one(store, &web::arriving(address, response, options), &mut out)?;
                    }
                    Err(error) => out.added.tell(web::note(address, &error)),
                }
            }
        }
        Incoming::Files(folder) => {
            let begins = format!("{}/", folder.display());
            let own = |words: &str| words.replace(&begins, "");
            let mut failed = None;
            let names = [folder.display().to_string()];
            let mut give = |taken: Taken| -> Result<(), Error> {
                match taken {
                    Taken::Told(mut note) => {
                        note.subject = own(&note.subject);
                        note.message = own(&note.message);
                        out.added.tell(note);
                    }
                    Taken::PassedOver(why, count) => {
                        *out.added.passed_over.entry(why.to_owned()).or_default() += count;
                    }
                    Taken::Report(mut input) => {
                        input.name = own(&input.name);
                        if let Some(container) = &mut input.given.container {
                            container.path.iter_mut().for_each(|it| *it = own(it));
                        }
                        let capture = capture_of(&input, options);
                        one(store, &Arriving { input, capture }, &mut out)?;
                    }
                }
                Ok(())
            };
            let stdin = &mut std::io::empty();
            ingest::each(
                &names,
                stdin,
                &options.columns,
                &Meter::default(),
                &mut |it| {
                    failed = give(it).err();
                    failed.is_none()
                },
            );
            if let Some(error) = failed {
                return Err(error);
            }
        }
    }
    Ok(out)
}

impl Pasted {
    fn arriving(&self, options: &AddOptions<'_>) -> Arriving {
        let received = store::log::time((options.now)());
        let some = |words: &str| Some(words.trim().to_owned()).filter(|it| !it.is_empty());
        Arriving {
            capture: Capture {
                address: some(&self.url),
                received,
                method: "pasted".to_owned(),
                tool: options.tool.clone(),
                operator: Some(options.who.clone()),
                ..Capture::default()
            },
            input: Input {
                name: "pasted text".to_owned(),
                bytes: self.text.clone().into_bytes(),
                given: Metadata {
                    title: some(&self.title),
                    source: some(&self.source),
                    url: some(&self.url),
                    published: some(&self.published),
                    media_type: Some("text/plain".to_owned()),
                    ..Metadata::default()
                },
            },
        }
    }
}
