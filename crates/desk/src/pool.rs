//! Open casebooks for those who ask at once: one each while they look, a few in all.

use std::sync::{Mutex, PoisonError};

use store::{Place, Store};
use tokio::sync::Semaphore;

use crate::refusal::Refusal;

/// Casebooks open at once.
const MOST: usize = 4;

/// Open casebooks.
pub struct Pool {
    place: Place,
    idle: Mutex<Vec<Store>>,
    turns: Semaphore,
}

impl Pool {
    /// Of the casebook that lies there; none is open yet.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            idle: Mutex::default(),
            turns: Semaphore::new(MOST),
        }
    }

    /// Does something with an open casebook, on a thread that may wait.
    pub async fn with<T: Send + 'static>(
        self: &std::sync::Arc<Self>,
        work: impl FnOnce(&mut Store) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = self.turns.acquire().await;
        let own = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let idle = own
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop();
            let mut store = match idle {
                Some(store) => store,
                None => Store::open(&own.place)?,
            };
            let out = work(&mut store);
            // A connection that met a fault may be one that is no more.
            if !matches!(&out, Err(refusal) if refusal.status.is_server_error()) {
                own.idle
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(store);
            }
            out
        })
        .await;
        drop(turn);
        done.unwrap_or_else(|_| Err(Refusal::fault()))
    }
}
