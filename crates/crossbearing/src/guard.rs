//! Faults of the program kept to what they hit: a panic costs one report or one incident, never the run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Note, Severity};

/// What was being done when a panic struck: a code for notes, and a word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A report was being read.
    Read,
    /// A report was being linked with others.
    Link,
    /// The claims of an incident were being compared.
    Reconcile,
    /// A dossier was being written.
    Publish,
}

impl Stage {
    fn code(self) -> &'static str {
        match self {
            Stage::Read => "reader-failed",
            Stage::Link => "linker-failed",
            Stage::Reconcile => "reconciler-failed",
            Stage::Publish => "publisher-failed",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Stage::Read => "the reader failed on this report: a fault of the program",
            Stage::Link => {
                "the linker failed on this report, which is left out: a fault of the program"
            }
            Stage::Reconcile => "the reconciler failed on this incident: a fault of the program",
            Stage::Publish => "this could not be written out: a fault of the program",
        }
    }

    /// The note of a panic at this stage on `subject`.
    pub fn failed(self, subject: &str) -> Note {
        Note {
            severity: Severity::Error,
            code: self.code().to_owned(),
            subject: subject.to_owned(),
            message: self.message().to_owned(),
            hint: Some("please report it with the files, if they may be shared".to_owned()),
            quote: None,
        }
    }
}

/// Does the work; a panic in it becomes a note on `subject`. What the work had begun to change must not be used after
/// a panic.
///
/// # Errors
/// The note of a panic.
pub fn guard<T>(stage: Stage, subject: &str, work: impl FnOnce() -> T) -> Result<T, Note> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| stage.failed(subject))
}

/// Most items left out before the work is given up.
const WEEDED: usize = 8;

/// Does work over many items that depend on each other, and leaves out those that make it panic: of the shortest run
/// of items from the first that fails, the last. `None` with all items where more than [`WEEDED`] would have to go.
pub(crate) fn weeded<I: Clone, T>(items: Vec<I>, work: impl Fn(&[I]) -> T) -> (Option<T>, Vec<I>) {
    let attempt = |items: &[I]| catch_unwind(AssertUnwindSafe(|| work(items))).ok();
    let (mut kept, mut out) = (items.clone(), Vec::new());
    loop {
        if let Some(done) = attempt(&kept) {
            return (Some(done), out);
        }
        if out.len() == WEEDED || kept.is_empty() {
            return (None, items);
        }
        // The first `good` items work, the first `bad` do not.
        let (mut good, mut bad) = (0, kept.len());
        while bad - good > 1 {
            let middle = usize::midpoint(good, bad);
            match attempt(&kept[..middle]) {
                Some(_) => good = middle,
                None => bad = middle,
            }
        }
        out.push(kept.remove(bad - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_note() {
        assert_eq!(guard(Stage::Read, "a.txt", || 7), Ok(7));
        let note = guard(Stage::Reconcile, "i:1", || -> u8 { panic!("planted") }).unwrap_err();
        assert_eq!(
            (note.code.as_str(), note.subject.as_str(), note.severity),
            ("reconciler-failed", "i:1", Severity::Error)
        );
        assert!(!note.message.contains("planted"));
    }

    #[test]
    fn what_fails_is_left_out_and_the_rest_is_done() {
        // 3 fails alone, 5 and 7 together.
        let work = |items: &[u8]| {
            assert!(!items.contains(&3));
            assert!(!(items.contains(&5) && items.contains(&7)));
            items.to_vec()
        };
        let (done, out) = weeded((1..10).collect(), work);
        assert_eq!(done.unwrap(), [1, 2, 4, 5, 6, 8, 9]);
        assert_eq!(out, [3, 7]);
        let (done, out) = weeded(vec![1, 2], |_: &[u8]| -> u8 { panic!("always") });
        assert_eq!((done, out), (None, vec![1, 2]));
    }
}
