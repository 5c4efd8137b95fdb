//! The same work on many items: on all cores where the feature `parallel` is on, with the results in the order of the
//! items either way.

use std::{
    cell::Cell,
    sync::atomic::{AtomicUsize, Ordering},
};

/// Does `work` on each item; the results stand in the order of the items. `done` hears how many are finished, from any
/// thread.
///
/// A single item, and a batch within an item of another batch, run on the caller's thread: the other cores are busy
/// with the items of the outer batch.
///
/// ```
/// let lengths = crossbearing::batch::map(&["one", "three"], &|_| {}, |word| word.len());
/// assert_eq!(lengths, [3, 5]);
/// ```
///
/// # Panics
/// If `work` panics. [`guard`](crate::guard) turns that into a note.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    done: &(dyn Fn(usize) + Sync),
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let finished = AtomicUsize::new(0);
    let one = |item: &T| {
        let result = {
            let _inside = Inside::enter();
            work(item)
        };
        done(finished.fetch_add(1, Ordering::Relaxed) + 1);
        result
    };
    #[cfg(feature = "parallel")]
    if items.len() > 1 && !INSIDE.get() {
        use rayon::prelude::*;
        // Items differ much in size, so that each may go to whoever is free.
        return items.par_iter().with_max_len(1).map(one).collect();
    }
    items.iter().map(one).collect()
}

thread_local! {
    /// Whether this thread works on an item of a batch.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Marks the thread for as long as it lives, through a panic too.
struct Inside {
    before: bool,
}

impl Inside {
    fn enter() -> Self {
        Self {
            before: INSIDE.replace(true),
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.set(self.before);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn results_stand_in_order_and_all_are_counted() {
        let items: Vec<usize> = (0..500).collect();
        let told = Mutex::new(Vec::new());
        let tell = |n| told.lock().unwrap().push(n);
        let doubled = map(&items, &tell, |n| n * 2);
        assert!(doubled.iter().enumerate().all(|(at, n)| *n == at * 2));
        let mut told = told.into_inner().unwrap();
        told.sort_unstable();
        assert_eq!(told, (1..=500).collect::<Vec<_>>());
        assert!(map(&[] as &[u8], &|_| {}, |n| *n).is_empty());
    }

    #[test]
    fn a_batch_in_a_batch_stays_on_its_thread() {
        let outer: Vec<u8> = (0..20).collect();
        let stayed = map(&outer, &|_| {}, |_| {
            let own = std::thread::current().id();
            let inner = map(&outer, &|_| {}, |_| std::thread::current().id());
            inner.iter().all(|thread| *thread == own)
        });
        assert!(stayed.into_iter().all(|stayed| stayed));
        assert!(!INSIDE.get());
    }
}
