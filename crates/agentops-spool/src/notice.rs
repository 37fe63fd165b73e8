//! Tell the person who runs the program about trouble, once per kind.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::ledger::LossReason;

/// A kind of trouble; each is told once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// A spool directory cannot be written; by its path, empty if there is none.
    Disk(String),
    /// An endpoint cannot be reached or does not take what is sent; by its base URL.
    Endpoint(String),
    /// An endpoint refuses the credentials; by its base URL.
    Account(String),
    /// Nobody takes data at a URL.
    Address(String),
    /// No trusted connection to an endpoint comes about; by its base URL.
    Trust(String),
    /// An endpoint refused a body for good; by its base URL.
    Refused(String),
    /// Files of a spool directory are of a newer version; by its path.
    Newer(String),
    /// A thread of ours cannot be started; by its name.
    Thread(String),
    /// Something was refused while the rest was taken.
    Loss,
    /// Something is gone, for this reason.
    Lost(LossReason),
}

/// Where notices go.
pub struct Notices {
    told: Mutex<HashSet<Trouble>>,
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
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = told.insert(trouble);
        drop(told);
        if is_new {
            (self.out)(&text());
        }
        is_new
    }

    /// Forgets that `trouble` was told, because it is over.
    pub fn over(&self, trouble: &Trouble) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.remove(trouble);
    }
}
