//! Runs an adapter's items over all cores, in order, with progress.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Items done.
    pub done: usize,
    /// Items in all.
    pub total: usize,
    /// Time since the start.
    pub elapsed: Duration,
}

impl Progress {
    /// One line: `gva 120/906, 14 a second, 56 s left`.
    pub fn line(&self, name: &str) -> String {
        let rate = self.done as f64 / self.elapsed.as_secs_f64().max(1e-3);
        let left = (self.total - self.done) as f64 / rate.max(1e-3);
        format!(
            "{name} {}/{}, {rate:.0} a second, {left:.0} s left",
            self.done, self.total
        )
    }
}

/// What every adapter takes.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Measure only the first so many items.
    pub limit: Option<usize>,
    /// Called after items, at most about ten times a second, by any thread.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
}

impl Options<'_> {
    /// All items, silently.
    pub fn quiet() -> Self {
        Self {
            limit: None,
            progress: None,
        }
    }

    /// The items to measure.
    pub fn take<'i, T>(&self, items: &'i [T]) -> &'i [T] {
        &items[..self.limit.unwrap_or(items.len()).min(items.len())]
    }
}

/// Maps `work` over `items` on all cores; the results stand in the order of the items.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    options: &Options<'_>,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let started = Instant::now();
    let told = Mutex::new(started);
    let done = |done: usize| {
        if let Some(tell) = options.progress
            && let Ok(mut last) = told.try_lock()
            && last.elapsed() > Duration::from_millis(100)
        {
            *last = Instant::now();
            tell(Progress {
                done,
                total: items.len(),
                elapsed: started.elapsed(),
            });
        }
    };
    crossbearing::batch::map(items, &done, work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_takes_the_first() {
        let options = Options {
            limit: Some(2),
            ..Options::quiet()
        };
        assert_eq!(options.take(&[1, 2, 3]), [1, 2]);
    }
}
