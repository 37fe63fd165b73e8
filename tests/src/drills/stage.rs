//! What a drill plays on: a home, a receiver, programs and what they tell.

use std::collections::HashMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use crate::child::{Child, Exit, Program};
use crate::collector::Collector;
use crate::drills::compare::{Compared, compare};
use crate::drills::told::Told;
use crate::spans::Spans;
use crate::spool::files_below;

/// How long a program of a drill may take.
pub const PATIENCE: Duration = Duration::from_mins(5);

/// A home of its own, a receiver, and a directory for what programs tell.
#[derive(Debug)]
pub struct Stage {
    drilled: PathBuf,
    home: TempDir,
    told: TempDir,
    collector: Collector,
}

/// The account that a program gave of itself.
#[derive(Clone, Debug, Default)]
pub struct Ledger(HashMap<String, u64>);

impl Stage {
    /// A stage for the program at this path.
    ///
    /// # Panics
    /// When the system has no room for temporary files.
    pub fn new(drilled: &Path) -> Self {
        Self::with(drilled, Collector::start())
    }

    /// The same with a receiver that is there already.
    ///
    /// # Panics
    /// When the system has no room for temporary files.
    pub fn with(drilled: &Path, collector: Collector) -> Self {
        let directory = || tempfile::tempdir().expect("the system has room for temporary files");
        Self {
            drilled: drilled.to_owned(),
            home: directory(),
            told: directory(),
            collector,
        }
    }

    /// The receiver.
    pub fn collector(&self) -> &Collector {
        &self.collector
    }

    /// The directory that programs have as their home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program, with the environment that all have.
    pub fn program(&self, arguments: &str) -> Program {
        let program = self.equip(Program::new(&self.drilled), &self.collector.endpoint());
        arguments.split(' ').fold(program, Program::arg)
    }

    /// The program, started by a shell that first does something else: `"$0" "$@"` runs it.
    pub fn through_shell(&self, script: &str, arguments: &str) -> Program {
        let program = Program::new("sh").arg("-c").arg(script).arg(&self.drilled);
        let program = self.equip(program, &self.collector.endpoint());
        arguments.split(' ').fold(program, Program::arg)
    }

    fn equip(&self, program: Program, endpoint: &str) -> Program {
        program
            .env("HOME", self.home())
            .env("AGENTOPS_HOME", self.home().join("spooled"))
            .env("DRILL_TOLD", self.told.path())
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
            .env("OTEL_METRICS_EXPORTER", "none")
    }

    /// Delivers what is left, by another program on the same spool.
    ///
    /// # Panics
    /// When that program does not end well.
    #[track_caller]
    pub fn deliver(&self) -> Ledger {
        let exit = self.program("deliver").run(PATIENCE);
        exit.assert_success();
        Ledger::last(&exit)
    }

    /// What the programs told so far.
    pub fn told(&self) -> Told {
        Told::read(self.told.path())
    }

    /// What they told, beside what arrived.
    pub fn compare(&self) -> Compared {
        self.compare_with(&self.collector.spans())
    }

    /// What they told, beside what arrived at another receiver.
    pub fn compare_with(&self, spans: &Spans) -> Compared {
        compare(&self.told(), spans)
    }

    /// All files of the spool.
    pub fn spooled(&self) -> Vec<PathBuf> {
        files_below(self.home.path())
    }

    /// The arenas that the spool's instances name.
    pub fn arenas(&self) -> Vec<PathBuf> {
        let is_instance =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending == "instance");
        let instances = self.spooled().into_iter().filter(is_instance);
        let named = instances.filter_map(|path| fs::read_to_string(path).ok());
        named
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
            .collect()
    }
}

/// Chunks that the program of this arena had to take outside of it, as ARCHITECTURE.md has its header.
///
/// What was in them went with the process.
pub fn overflowed(arena: &Path) -> u64 {
    let mut word = [0; 8];
    let read = File::open(arena).and_then(|file| file.read_exact_at(&mut word, 96));
    read.map_or(0, |()| u64::from_le_bytes(word))
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Memory that a program left which nobody delivered.
        if self.home.path().is_dir() {
            for arena in self.arenas() {
                let _ = fs::remove_file(arena);
            }
        }
    }
}

impl Ledger {
    /// The last that a program said.
    ///
    /// # Panics
    /// When it said none, or one that does not balance.
    #[track_caller]
    pub fn last(exit: &Exit) -> Self {
        Self::parse(&exit.stdout)
    }

    /// The last that stands in the output of a program that still runs.
    ///
    /// # Panics
    /// When there is none in time, or one that does not balance.
    #[track_caller]
    pub fn asked(child: &mut Child, word: &str) -> Self {
        let before = child.stdout().matches("ledger ").count();
        child.send_line(word);
        child.wait_for(
            |stdout| stdout.matches("balances ").count() > before && stdout.ends_with('\n'),
            PATIENCE,
        );
        Self::parse(&child.stdout())
    }

    #[track_caller]
    fn parse(stdout: &str) -> Self {
        let mut lines = stdout.lines().rev();
        let line = lines.find_map(|line| line.strip_prefix("ledger "));
        let line = line.unwrap_or_else(|| panic!("no ledger in\n{stdout}"));
        let words: Vec<&str> = line.split(' ').collect();
        let pair = |pair: &[&str; 2]| (pair[0].to_owned(), pair[1].parse().unwrap_or(u64::MAX));
        let ledger = Self(words.as_chunks().0.iter().map(pair).collect());
        assert_eq!(ledger.get("balances"), 1, "{line}");
        ledger
    }

    /// One of its figures.
    ///
    /// # Panics
    /// When there is none of this name.
    #[track_caller]
    pub fn get(&self, name: &str) -> u64 {
        self.0[name]
    }
}
