//! Tell the person who runs the program about trouble, once per kind.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ledger::LossReason;

/// A kind of trouble; each is told once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// A spool directory cannot be written; by its path, empty if there is none.
    Disk(String),
    /// An endpoint cannot be reached or does not take what is sent; by its base URL.
    Endpoint(String),
    /// An endpoint takes longer than somebody would wait; by its base URL.
    Slow(String),
    /// An endpoint refuses the credentials; by its base URL.
    Account(String),
    /// Nobody takes data at a URL.
    Address(String),
    /// No trusted connection to an endpoint comes about; by its base URL.
    Trust(String),
    /// An endpoint refused a body for good; by its base URL.
    Refused(String),
    /// Data waits in the directory of another destination; by its path.
    Elsewhere(String),
    /// Files of a spool directory are of a newer version; by its path.
    Newer(String),
    /// Threads of ours cannot be started.
    Threads,
    /// Something was refused while the rest was taken.
    Loss,
    /// Something is gone, for this reason.
    Lost(LossReason),
}

/// Where notices go.
pub struct Notices {
    /// What was told and is not over, and how many are in it of those who say when they are out.
    told: Mutex<HashMap<Trouble, usize>>,
    out: Box<dyn Fn(&str) + Send + Sync>,
}

impl fmt::Debug for Notices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notices").finish_non_exhaustive()
    }
}

impl Notices {
    /// Notices that `out` prints or logs, one line each.
    pub fn new(out: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self {
            told: Mutex::default(),
            out: Box::new(out),
        }
    }

    /// Tells of `trouble` unless that was done before; says whether it was now.
    pub fn once(&self, trouble: Trouble, text: impl FnOnce() -> String) -> bool {
        self.tell(trouble, 0, text)
    }

    /// The same by one of several who may be in `trouble`; each calls [`Notices::leave`] once it is out.
    pub fn enter(&self, trouble: Trouble, text: impl FnOnce() -> String) {
        self.tell(trouble, 1, text);
    }

    fn tell(&self, trouble: Trouble, more: usize, text: impl FnOnce() -> String) -> bool {
        let mut told = self.told();
        let is_new = !told.contains_key(&trouble);
        *told.entry(trouble).or_default() += more;
        drop(told);
        if is_new {
            (self.out)(&text());
        }
        is_new
    }

    /// Notes that one is out of `trouble`, which is over with the last.
    pub fn leave(&self, trouble: &Trouble) {
        let mut told = self.told();
        if let Some(within) = told.get_mut(trouble) {
            *within = within.saturating_sub(1);
            if *within == 0 {
                told.remove(trouble);
            }
        }
    }

    /// Forgets that `trouble` was told, because it is over.
    pub fn over(&self, trouble: &Trouble) {
        self.told().remove(trouble);
    }

    fn told(&self) -> MutexGuard<'_, HashMap<Trouble, usize>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
