//! What goes on beside the pages, one thing after another: decisions are worked into the dossiers, reports that were
//! handed over are taken in, read and linked, public copies are made.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use casebook::book::{self, AddOptions, Came, Far, Incoming, outgoing::Sent, public_copy};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::{Place, Store, log::time};

use crate::refusal::Refusal;

/// Version of the program.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");
/// Jobs that are remembered.
const KEPT: usize = 100;
/// Jobs that may wait.
const WAITING: usize = 20;

/// Which casebook is worked on, and with what.
#[derive(Clone)]
pub struct Site {
    /// The casebook.
    pub place: Place,
    /// The folder of what reading needs, where it is not the usual one.
    pub data: Option<PathBuf>,
    /// What time it is.
    pub clock: fn() -> Timestamp,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Others come first.
    Waiting,
    /// Reports are taken in.
    Adding,
    /// They are read.
    Reading,
    /// They are linked, and dossiers are made.
    Linking,
    /// All is done.
    Done,
    /// It did not come to its end.
    Failed,
}

/// Reports that somebody handed over, and what became of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Job {
    /// Its number since the desk began.
    pub number: u64,
    /// Who handed them over.
    pub who: String,
    /// When.
    pub at: String,
    /// What, in words.
    pub what: String,
    /// How far it is.
    pub stage: Stage,
    /// Of that stage: how many reports or dossiers are done.
    pub done: u64,
    /// Of how many; 0 where that is not known.
    pub of: u64,
    /// What was taken in.
    pub came: Option<Came>,
    /// Reports that were read.
    pub read: u64,
    /// Incidents that are new.
    pub opened: u64,
    /// Why it did not come to its end.
    pub failed: String,
}

/// How far a public copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Copying {
    /// Other work comes first.
    Waiting,
    /// It is made.
    Making,
    /// It is there.
    Done,
    /// It did not come to its end.
    Failed,
}

/// A public copy that somebody asked for, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Publication {
    /// Who asked for it.
    pub who: String,
    /// When.
    pub at: String,
    /// Name of its folder.
    pub name: String,
    /// How far it is.
    pub stage: Copying,
    /// Incidents that are done.
    pub done: u64,
    /// What is in it, and what is left out.
    pub sent: Sent,
    /// Why it did not come to its end.
    pub failed: String,
    /// The folder that copies are made in.
    #[serde(skip)]
    folder: PathBuf,
}

impl Publication {
    /// Whether it is still to be made or being made.
    pub fn under_way(&self) -> bool {
        matches!(self.stage, Copying::Waiting | Copying::Making)
    }
}

/// Something handed over that waits.
struct Waiting {
    number: u64,
    incoming: Incoming,
    /// Removed when it was taken in, or will not be.
    _folder: Option<Folder>,
}

/// A folder for files that were sent, which goes with all that is in it.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes one that only we may look into.
    pub fn new() -> std::io::Result<Self> {
        let random = crate::tokens::random::<16>().map_err(std::io::Error::other)?;
        let name = format!("crossbearing-{}", store::log::hex(&random));
        let path = std::env::temp_dir().join(name);
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be taken out is the system's to clean up.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[derive(Default)]
struct State {
    running: bool,
    /// Who decided last, where something was decided that is not worked in yet.
    decided: Option<String>,
    /// Whether decisions are being worked in.
    settling: bool,
    /// Why decisions could not be worked in the last time.
    failed: Option<String>,
    waiting: VecDeque<Waiting>,
    jobs: VecDeque<Job>,
    next: u64,
    /// How often something was worked into the casebook.
    done: u64,
    /// The public copy that was asked for last.
    publication: Option<Publication>,
}

/// The work beside the pages.
#[derive(Default)]
pub struct Work(Mutex<State>);

impl Work {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why decisions could not be worked in the last time.
    pub fn failed(&self) -> Option<String> {
        self.state().failed.clone()
    }

    /// Whether decisions are being worked in, or will be.
    pub fn settling(&self) -> bool {
        let state = self.state();
        state.settling || state.decided.is_some()
    }

    /// How often something was worked into the casebook by this server.
    pub fn done(&self) -> u64 {
        self.state().done
    }

    /// The jobs, the latest first.
    pub fn jobs(&self) -> Vec<Job> {
        self.state().jobs.iter().rev().cloned().collect()
    }

    /// A job by its number.
    pub fn job(&self, number: u64) -> Option<Job> {
        self.state()
            .jobs
            .iter()
            .find(|it| it.number == number)
            .cloned()
    }

    /// Has what was decided worked in, soon. Nobody waits for it.
    pub fn settle(self: &Arc<Self>, site: &Site, who: &str) {
        self.state().decided = Some(who.to_owned());
        self.go(site);
    }

    /// Has reports taken in, read and linked, soon; gives the job's number, or `None` where too much waits already.
    pub fn take(
        self: &Arc<Self>,
        site: &Site,
        who: &str,
        what: String,
        incoming: Incoming,
        folder: Option<Folder>,
    ) -> Option<u64> {
        let mut state = self.state();
        if state.waiting.len() >= WAITING {
            return None;
        }
        state.next += 1;
        let number = state.next;
        state.jobs.push_back(Job {
            number,
            who: who.to_owned(),
            at: time((site.clock)()),
            what,
            stage: Stage::Waiting,
            done: 0,
            of: 0,
            came: None,
            read: 0,
            opened: 0,
            failed: String::new(),
        });
        if state.jobs.len() > KEPT {
            state.jobs.pop_front();
        }
        state.waiting.push_back(Waiting {
            number,
            incoming,
            _folder: folder,
        });
        drop(state);
        self.go(site);
        Some(number)
    }

    /// The public copy that was asked for last.
    pub fn publication(&self) -> Option<Publication> {
        self.state().publication.clone()
    }

    /// Has a public copy made in a folder, soon, under a name; `false` where one is being made already.
    pub fn publish(
        self: &Arc<Self>,
        site: &Site,
        who: &str,
        folder: PathBuf,
        name: String,
    ) -> bool {
        let mut state = self.state();
        if state
            .publication
            .as_ref()
            .is_some_and(Publication::under_way)
        {
            return false;
        }
        state.publication = Some(Publication {
            who: who.to_owned(),
            at: time((site.clock)()),
            name,
            stage: Copying::Waiting,
            done: 0,
            sent: Sent::default(),
            failed: String::new(),
            folder,
        });
        drop(state);
        self.go(site);
        true
    }

    fn copying(&self, change: impl FnOnce(&mut Publication)) {
        if let Some(publication) = &mut self.state().publication {
            change(publication);
        }
    }

    /// Makes the public copy, and an archive of it.
    fn copied(&self, site: &Site, wanted: &Publication) -> Result<(), public_copy::NotPublished> {
        self.copying(|it| it.stage = Copying::Making);
        let _ = std::fs::create_dir_all(&wanted.folder);
        let to = wanted.folder.join(&wanted.name);
        let mut store = Store::open(&site.place)?;
        let (who, now) = (&wanted.who, (site.clock)());
        let sent = public_copy::publish(&mut store, &to, PROGRAM, who, now, &mut |n| {
            self.copying(|it| it.done = n);
        })?;
        let packed = public_copy::pack(&to, &wanted.folder.join(format!("{}.zip", wanted.name)));
        self.copying(|it| it.sent = sent);
        packed?;
        self.copying(|it| it.stage = Copying::Done);
        Ok(())
    }

    /// Begins to work, unless that is under way.
    fn go(self: &Arc<Self>, site: &Site) {
        if std::mem::replace(&mut self.state().running, true) {
            return;
        }
        let (own, site) = (self.clone(), site.clone());
        tokio::task::spawn_blocking(move || while own.step(&site) {});
    }

    /// Does the next thing; `false` where there is none.
    fn step(&self, site: &Site) -> bool {
        let mut state = self.state();
        if let Some(who) = state.decided.take() {
            state.settling = true;
            drop(state);
            let done = guarded(|| {
                let mut store = Store::open(&site.place)?;
                book::settle(&mut store, PROGRAM, &who, &site.clock).map(drop)
            });
            let mut state = self.state();
            state.settling = false;
            state.done += 1;
            state.failed = done.err();
            return true;
        }
        let wanted = state.publication.clone();
        if let Some(wanted) = wanted.filter(|it| it.stage == Copying::Waiting) {
            drop(state);
            if let Err(why) = guarded(|| self.copied(site, &wanted)) {
                self.copying(|it| (it.stage, it.failed) = (Copying::Failed, why));
            }
            return true;
        }
        let Some(waiting) = state.waiting.pop_front() else {
            state.running = false;
            return false;
        };
        drop(state);
        if let Err(why) = guarded(|| self.job_done(site, &waiting)) {
            self.change(waiting.number, |job| {
                job.stage = Stage::Failed;
                job.failed = why;
            });
        }
        true
    }

    fn job_done(&self, site: &Site, waiting: &Waiting) -> Result<(), book::Stopped> {
        let number = waiting.number;
        let Some(who) = self.job(number).map(|it| it.who) else {
            return Ok(());
        };
        let mut store = Store::open(&site.place)?;
        let options = AddOptions {
            who: who.clone(),
            tool: PROGRAM.to_owned(),
            dry_run: false,
            in_scope_only: false,
            languages: Vec::new(),
            columns: Default::default(),
            now: &site.clock,
        };
        let far = |stage: Stage, done: u64, of: u64| {
            self.change(number, |job| {
                (job.stage, job.done, job.of) = (stage, done, of)
            });
        };
        far(Stage::Adding, 0, 0);
        let came = book::take_in(&mut store, &waiting.incoming, &options, &mut |n| {
            far(Stage::Adding, n, 0);
        })?;
        self.change(number, |job| job.came = Some(came));
        let data = site.data.as_deref();
        let (read, linked) = book::catch_up(
            &mut store,
            data,
            PROGRAM,
            &who,
            &site.clock,
            &mut |it| match it {
                Far::Read(n, of) => far(Stage::Reading, n, of),
                Far::Made(n) => far(Stage::Linking, n, 0),
            },
        )?;
        self.state().done += 1;
        self.change(number, |job| {
            job.stage = Stage::Done;
            job.read = read.read;
            job.opened = linked.opened;
        });
        Ok(())
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut Job)) {
        let mut state = self.state();
        if let Some(job) = state.jobs.iter_mut().find(|it| it.number == number) {
            change(job);
        }
    }
}

/// Does something; a panic in it must not stop what comes later.
fn guarded<E: std::fmt::Display>(work: impl FnOnce() -> Result<(), E>) -> Result<(), String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| error.to_string().replace("\n  hint: ", "; ")),
        Err(_) => Err(Refusal::fault().what),
    }
}
