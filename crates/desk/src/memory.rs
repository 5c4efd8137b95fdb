//! What was found or made for a page a moment ago: the page after it, and the same as JSON, need it again.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// What is remembered, by what was asked, with the state of the casebook in which it was so.
pub struct Memory {
    most: usize,
    long: Option<Duration>,
    all: Mutex<HashMap<String, Held>>,
}

struct Held {
    state: Vec<u8>,
    since: Instant,
    found: Arc<dyn Any + Send + Sync>,
}

impl Memory {
    /// Remembers so many things at most, each so long at most; `None` for as long as its state is the same.
    pub fn new(most: usize, long: Option<Duration>) -> Self {
        Self {
            most,
            long,
            all: Mutex::default(),
        }
    }

    fn holds(&self, held: &Held, state: &[u8]) -> bool {
        held.state == state && self.long.is_none_or(|long| held.since.elapsed() < long)
    }

    /// What is remembered of this state; else what `find` finds now.
    pub fn get<T: Send + Sync + 'static, E>(
        &self,
        state: &[u8],
        asked: &str,
        find: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let all = || self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let held = all()
            .get(asked)
            .filter(|held| self.holds(held, state))
            .map(|held| held.found.clone());
        if let Some(Ok(found)) = held.map(Arc::downcast) {
            return Ok(found);
        }
        let since = Instant::now();
        let found = Arc::new(find()?);
        let held = Held {
            state: state.to_vec(),
            since,
            found: found.clone(),
        };
        let mut all = all();
        if all.len() >= self.most && !all.contains_key(asked) {
            // Whatever is not looked up anew soon has to go for what is.
            match self.long {
                Some(_) => all.retain(|_, held| self.holds(held, state)),
                None => all.clear(),
            }
        }
        if all.len() < self.most || all.contains_key(asked) {
            all.insert(asked.to_owned(), held);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_looked_up_again() {
        let long = Duration::from_millis(300);
        let memory = Memory::new(20, Some(long));
        let get = |state: &[u8], asked: &str, n: i32| -> i32 {
            *memory.get(state, asked, || Ok::<_, ()>(n)).unwrap()
        };
        assert_eq!(get(b"1", "a", 1), 1);
        assert_eq!(get(b"1", "a", 2), 1, "remembered");
        assert_eq!(get(b"1", "b", 3), 3);
        assert_eq!(get(b"2", "a", 4), 4, "another state");
        let words = memory.get(b"2", "a", || Ok::<_, ()>("other".to_owned()));
        assert_eq!(*words.unwrap(), "other", "of another kind");
        assert!(memory.get(b"2", "c", || Err::<i32, _>(())).is_err());
        assert_eq!(get(b"2", "c", 5), 5, "a failure is not remembered");
        std::thread::sleep(long);
        assert_eq!(get(b"2", "c", 6), 6, "its time is over");
        for n in 0..100 {
            assert_eq!(get(b"3", &n.to_string(), n), n);
        }
        assert!(memory.all.lock().unwrap().len() <= 20);
        let lasting = Memory::new(20, None);
        for n in 0..100 {
            let found = lasting
                .get(b"1", &n.to_string(), || Ok::<_, ()>(n))
                .unwrap();
            assert_eq!(*found, n);
        }
        let found = lasting.get(b"1", "99", || Ok::<_, ()>(-1)).unwrap();
        assert_eq!(*found, 99, "the latest are kept");
        assert!(lasting.all.lock().unwrap().len() <= 20);
    }
}
