//! Threads do not come along when a process forks: a pool that was made before waits for ever in the child.

use std::sync::OnceLock;

use pyo3::prelude::*;

use crate::error::hinted;

static FIRST: OnceLock<u32> = OnceLock::new();

/// Checks that this process is the one whose threads do the work.
///
/// # Errors
/// Where the process was forked from one that had begun to work.
pub fn check() -> PyResult<()> {
    let own = std::process::id();
    if *FIRST.get_or_init(|| own) == own {
        return Ok(());
    }
    Err(hinted(
        "this process was forked from one that has used crossbearing, and has none of its threads",
        "start processes with multiprocessing.get_context(\"spawn\"), or import and use crossbearing only in them",
    ))
}
