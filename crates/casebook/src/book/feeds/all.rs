//! Several feeds are asked at once: hosts answer in their own time, and each is asked by one thread at a time.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
    mpsc,
};

use fetch::Polite;
use store::{Error, Store, feeds::Feed};

use super::{Poll, Polled, poll};

/// Threads that ask: they wait more than they work.
const THREADS: usize = 8;

/// What a thread tells.
enum Word {
    /// One more item is done.
    Item,
    /// A feed is done, by its place in the list.
    Feed(usize, Result<Box<Polled>, Error>),
}

/// Asks feeds, several at once, each thread with a casebook that `open` opens. Gives what became of each, in order;
/// `progress` hears how many items are done.
///
/// # Errors
///
/// When the casebook cannot be opened, read or written: the feeds in hand are brought to their end, the rest come next
/// time.
pub fn poll_all(
    open: &(dyn Fn() -> Result<Store, Error> + Sync),
    client: &Polite,
    due: &[Feed],
    how: &Poll<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Vec<Polled>, Error> {
    let queue = Mutex::new(due.iter().enumerate());
    let stop = AtomicBool::new(false);
    let (tell, hear) = mpsc::channel::<Word>();
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(due.len()) {
            let (queue, stop, tell) = (&queue, &stop, tell.clone());
            scope.spawn(move || {
                let mut store = None;
                while !stop.load(Ordering::Relaxed) {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((at, feed)) = next else { return };
                    let done = opened(&mut store, open).and_then(|store| {
                        let mut item = |_| {
                            // Whoever listens is there until all have ended.
                            let _ = tell.send(Word::Item);
                        };
                        poll(store, client, feed, how, &mut item)
                    });
                    if done.is_err() {
                        stop.store(true, Ordering::Relaxed);
                    }
                    let _ = tell.send(Word::Feed(at, done.map(Box::new)));
                }
            });
        }
        drop(tell);
        let mut items = 0;
        let mut done: Vec<(usize, Polled)> = Vec::with_capacity(due.len());
        let mut failed = None;
        for word in hear {
            match word {
                Word::Item => {
                    items += 1;
                    progress(items);
                }
                Word::Feed(at, Ok(polled)) => done.push((at, *polled)),
                Word::Feed(_, Err(error)) => failed = failed.or(Some(error)),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        done.sort_by_key(|(at, _)| *at);
        Ok(done.into_iter().map(|(_, polled)| polled).collect())
    })
}

/// The casebook of a thread, opened when it is needed first.
fn opened<'a>(
    store: &'a mut Option<Store>,
    open: &(dyn Fn() -> Result<Store, Error> + Sync),
) -> Result<&'a mut Store, Error> {
    match store {
        Some(store) => Ok(store),
        None => Ok(store.insert(open()?)),
    }
}
