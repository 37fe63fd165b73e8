//! What programs tell of their spans, by a way that shares nothing with the product.
//!
//! Each thread appends marks of 16 bytes to a file of its own; what was written
//! survives the program, however it ends.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::drills::made::Made;

const MARK: usize = 16;
const OPENED: u64 = 1 << 63;
const ENDED: u64 = 1 << 62;

/// Tells of the spans of one thread.
#[derive(Debug)]
pub struct Teller(File);

/// What all threads told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Spans that were about to begin.
    pub begun: HashSet<Made>,
    /// Spans that had begun for sure.
    pub opened: HashSet<Made>,
    /// Spans that had ended for sure, and when this was told, in Unix nanoseconds.
    pub ended: HashMap<Made, u64>,
}

impl Teller {
    /// A teller whose file, in `directory`, has this name.
    ///
    /// # Panics
    /// When the file cannot be created.
    pub fn new(directory: &Path, name: &str) -> Self {
        let path = directory.join(format!("{name}.told"));
        Self(File::create_new(path).expect("the file of a thread is its own"))
    }

    /// Tells that this span is about to begin.
    pub fn begun(&mut self, made: Made) {
        self.mark(made.0);
    }

    /// Tells that this span has begun.
    pub fn opened(&mut self, made: Made) {
        self.mark(made.0 | OPENED);
    }

    /// Tells that this span has ended.
    pub fn ended(&mut self, made: Made) {
        self.mark(made.0 | ENDED);
    }

    fn mark(&mut self, word: u64) {
        let mut mark = [0; MARK];
        mark[..8].copy_from_slice(&word.to_le_bytes());
        mark[8..].copy_from_slice(&unix_nanos().to_le_bytes());
        self.0.write_all(&mark).expect("the drill's disk has room");
    }
}

impl Told {
    /// Reads all files of a directory.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn read(directory: &Path) -> Self {
        let mut told = Self::default();
        for entry in fs::read_dir(directory).expect("the directory can be read") {
            let path = entry.expect("the directory can be read").path();
            if path.extension().is_some_and(|ending| ending == "told") {
                told.add(&fs::read(path).expect("the file can be read"));
            }
        }
        told
    }

    fn add(&mut self, bytes: &[u8]) {
        // A mark that was cut in two was not told.
        for mark in bytes.as_chunks::<MARK>().0 {
            let (words, _) = mark.as_chunks::<8>();
            let word = u64::from_le_bytes(words[0]);
            let made = Made(word & !(OPENED | ENDED));
            if word & ENDED != 0 {
                self.ended.insert(made, u64::from_le_bytes(words[1]));
            } else if word & OPENED != 0 {
                self.opened.insert(made);
            } else {
                self.begun.insert(made);
            }
        }
    }
}

/// The time of day.
pub fn unix_nanos() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(0))
}
