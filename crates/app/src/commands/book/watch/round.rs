//! One round: feeds that are due are asked, what came is read and linked.

use std::{fmt::Write as _, path::PathBuf};

use casebook::book::{
    self, AddOptions, Linked, ReadDone,
    feeds::{Poll, Polled, State, poll_all},
};
use crossbearing::Resources;
use fetch::Polite;
use store::{Actor, Error, Store, feeds, health};

use super::super::{count, now, resources, run};
use crate::{failure::Failure, screen::Screen};

/// Why a round ended early.
pub(super) enum Trouble {
    /// What may be over in the next one: a server that is away, somebody else who writes, a full disk.
    Passing(Failure),
    /// What will not.
    Lasting(Failure),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Gone { .. } | Error::Busy { .. } | Error::Full => Self::Passing(error.into()),
            _ => Self::Lasting(error.into()),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Lasting(failure)
    }
}

/// What rounds have in common.
pub(super) struct Round<'a> {
    pub screen: &'a Screen,
    pub client: Polite,
    pub actor: Actor,
    pub every: u64,
    pub in_scope_only: bool,
    pub no_run: bool,
    pub data: Option<PathBuf>,
    pub json: bool,
    /// Loaded when there is something to read, and kept.
    pub resources: Option<Resources>,
}

impl Round<'_> {
    /// Asks the feeds that are due, or `all`; tells what came of it, also where nothing did if `tell` is set. Gives
    /// whether all went well.
    pub(super) fn go(&mut self, store: &mut Store, all: bool, tell: bool) -> Result<bool, Trouble> {
        let at = store::log::time(now());
        let due = if all {
            feeds::all(store.database())?
        } else {
            feeds::due(store.database(), &at)?
        };
        let polled = self.ask(store, &due)?;
        for one in &polled {
            self.screen.notes(&one.added.notes);
        }
        let done = self.read(store)?;
        let feeds_well = polled.iter().all(|one| one.state != State::Failed);
        let read_well = done
            .as_ref()
            .is_none_or(|(read, linked)| read.failed == 0 && !casebook::run::failed(&linked.notes));
        let news = done.is_some() || polled.iter().any(|it| it.items > 0 || it.added.new > 0);
        if self.json && (tell || !polled.is_empty()) {
            let (read, linked) = done.as_ref().map(|(a, b)| (a, b)).unzip();
            let out =
                serde_json::json!({"at": at, "feeds": polled, "read": read, "linked": linked});
            self.screen.json(&out.to_string())?;
        } else if !self.json && (tell || news) {
            self.screen.data(&told(&polled, done.as_ref()))?;
        }
        Ok(feeds_well && read_well)
    }

    fn ask(&self, store: &Store, due: &[feeds::Feed]) -> Result<Vec<Polled>, Trouble> {
        let add = AddOptions {
            who: self.actor.who.clone(),
            tool: self.actor.tool.clone(),
            dry_run: false,
            in_scope_only: self.in_scope_only,
            languages: Vec::new(),
            columns: casebook::ingest::Columns::default(),
            now: &now,
        };
        let how = Poll {
            add: &add,
            every: self.every,
        };
        let progress = self.screen.counting("fetching", "pages");
        let place = store.place().clone();
        let open = || Store::open(&place);
        let polled = poll_all(&open, &self.client, due, &how, &mut |n| {
            progress.set(usize::try_from(n).unwrap_or(usize::MAX));
        });
        progress.end();
        Ok(polled?)
    }

    /// Reads and links what waits for it, whoever added it.
    fn read(&mut self, store: &mut Store) -> Result<Option<(ReadDone, Linked)>, Trouble> {
        let database = store.database();
        let waits = health::unread(database)?
            + health::unlinked(database)?
            + health::without_dossier(database)?;
        if self.no_run || waits == 0 {
            return Ok(None);
        }
        let resources = match self.resources.take() {
            Some(resources) => resources,
            None => resources(store, self.data.as_deref())?,
        };
        let resources = self.resources.insert(resources);
        let who = &self.actor.who;
        let reader = resources.version();
        let waiting = book::waiting(store, &reader)?;
        let progress = self.screen.progress(waiting as usize);
        let read = book::read(store, resources, who, &now, &mut |n| {
            progress.set(n as usize)
        });
        progress.end();
        let read = read?;
        let linked = book::link(store, &run::policy(), &reader, who, &now, &mut |_| {})?;
        self.screen.notes(&read.notes);
        self.screen.notes(&linked.notes);
        Ok(Some((read, linked)))
    }
}

fn told(polled: &[Polled], done: Option<&(ReadDone, Linked)>) -> String {
    let mut out = String::new();
    for one in polled {
        let name = one.title.as_deref().unwrap_or(&one.feed);
        let what = match one.state {
            State::Failed => "failed".to_owned(),
            State::Busy => "another process asks it".to_owned(),
            State::Unchanged if one.added.new == 0 => "nothing new".to_owned(),
            State::Read | State::Unchanged => {
                let mut what = format!(
                    "{}, {} added",
                    count(one.items, "new item"),
                    count(one.added.new, "report")
                );
                for (why, n) in &one.added.passed_over {
                    let _ = write!(what, ", {n} passed over: {why}");
                }
                what
            }
        };
        let _ = writeln!(out, "{name}: {what}");
    }
    if polled.is_empty() {
        out.push_str("no feed is due\n");
    }
    if let Some((read, linked)) = done {
        out.push_str(&run::told(read, linked));
    }
    out
}
