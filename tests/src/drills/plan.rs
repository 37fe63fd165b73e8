//! How a drill is to be run, and what came of it.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::drills::account::Account;
use crate::drills::compare::Compared;
use crate::drills::random::Random;

/// How a drill is to be run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program that is drilled.
    pub drilled: PathBuf,
    /// The same built so that a panic aborts it, if it is there.
    pub aborting: Option<PathBuf>,
    /// Small numbers, for the tests of every day.
    pub is_short: bool,
    /// What chance begins with.
    pub seed: u64,
    /// Numbers that were asked for, such as `runs`.
    pub numbers: HashMap<String, u64>,
}

/// What came of a drill.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The account.
    pub account: Account,
    /// What is not as it must be; nothing where the drill is passed.
    pub wrong: Vec<String>,
}

impl Plan {
    /// The number of this name: what was asked for, else as the drill is short or whole.
    pub fn number(&self, name: &str, short: u64, whole: u64) -> u64 {
        let usual = if self.is_short { short } else { whole };
        self.numbers.get(name).copied().unwrap_or(usual)
    }

    /// Chance, its seed said so that a drill can be repeated.
    pub fn random(&self, drill: &str) -> Random {
        say(&format!("{drill}: seed {}", self.seed));
        Random::new(self.seed)
    }
}

impl Verdict {
    /// Adds a part of the drill, and wants that nothing of it was lost, invented or altered.
    pub fn add_whole(&mut self, part: &str, compared: &Compared) {
        self.add(compared);
        let lost = compared.wrong.iter();
        let lost = lost.filter(|wrong| wrong.starts_with("lost: "));
        self.wrong.extend(lost.cloned());
        self.expect(compared.account.lost == 0, || {
            format!("{part}: {}", compared.account)
        });
        self.expect(compared.open_lost == 0, || {
            format!(
                "{part}: open spans that did not arrive: {}",
                compared.open_lost
            )
        });
    }

    /// Adds a part of the drill, and wants that nothing of it was invented or altered; how much
    /// of it may be lost is for the drill to say.
    pub fn add(&mut self, compared: &Compared) {
        self.account += compared.account;
        let wrong = compared.wrong.iter();
        let wrong = wrong.filter(|wrong| !wrong.starts_with("lost: "));
        self.wrong.extend(wrong.cloned());
    }

    /// Notes what is wrong if a condition does not hold.
    pub fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(otherwise());
        }
    }
}

/// Says a line to who runs the drill.
#[allow(clippy::print_stdout, reason = "a drill talks to who runs it")]
pub fn say(line: &str) {
    println!("{line}");
}
