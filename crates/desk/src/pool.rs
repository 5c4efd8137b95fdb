//! Work that waits: on threads of its own, so many at once; and open casebooks for those who ask at once.

use std::sync::{Arc, Mutex, PoisonError};

use store::{Place, Store};
use tokio::sync::Semaphore;

use crate::refusal::Refusal;

/// Casebooks open at once.
const MOST: usize = 4;

/// So many pieces of work at once, each on a thread that may wait.
#[derive(Clone)]
pub struct Turns(Arc<Semaphore>);

impl Turns {
    /// So many at once.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Semaphore::new(most)))
    }

    /// Does some work when its turn has come. Whoever asked may go away meanwhile: what was begun goes on, and holds
    /// its turn until it is done.
    pub async fn take<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = self.0.clone().acquire_owned().await;
        let turn = turn.map_err(|_| Refusal::fault())?;
        let done = tokio::task::spawn_blocking(move || {
            let out = work();
            drop(turn);
            out
        });
        done.await.map_err(|_| Refusal::fault())
    }
}

/// Open casebooks.
pub struct Pool {
    place: Place,
    idle: Mutex<Vec<Store>>,
    turns: Turns,
}

impl Pool {
    /// Of the casebook that lies there; none is open yet.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            idle: Mutex::default(),
            turns: Turns::new(MOST),
        }
    }

    /// Does something with an open casebook, on a thread that may wait.
    pub async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Store) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let own = self.clone();
        self.turns.take(move || own.on_thread(work)).await?
    }

    fn on_thread<T>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let mut store = match kept {
            Some(store) => store,
            None => Store::open(&self.place)?,
        };
        let out = work(&mut store);
        // A connection that met a fault may be one that is no more.
        if !matches!(&out, Err(refusal) if refusal.status.is_server_error()) {
            idle().push(store);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use super::*;

    #[test]
    fn who_goes_away_does_not_make_room_for_more() {
        static NOW: AtomicUsize = AtomicUsize::new(0);
        static MOST_AT_ONCE: AtomicUsize = AtomicUsize::new(0);
        let work = || {
            let now = NOW.fetch_add(1, Ordering::SeqCst) + 1;
            MOST_AT_ONCE.fetch_max(now, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(300));
            NOW.fetch_sub(1, Ordering::SeqCst);
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let turns = Turns::new(2);
            for _ in 0..8 {
                // Nobody waits for the end of it.
                let gone = tokio::time::timeout(Duration::from_millis(20), turns.take(work)).await;
                assert!(gone.is_err());
            }
            turns.take(|| ()).await.unwrap();
        });
        assert_eq!(MOST_AT_ONCE.load(Ordering::SeqCst), 2);
    }
}
