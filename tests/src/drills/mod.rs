//! Drills: what must hold when programs, disks and receivers fail, tried for real.
//!
//! ```text
//! drilled (made, told) --> product --> files --> product --> OTLP/HTTP --> Collector
//!    '-- told, by files of its own ------------------------------------> compare --> account
//! ```
//!
//! A drill starts programs, does them harm, and compares what they told of their
//! spans with what a receiver got in the end.

pub mod account;
pub mod canary;
pub mod compare;
pub mod disk;
pub mod exits;
pub mod flips;
pub mod kill9;
pub mod made;
pub mod outage;
pub mod overflow;
pub mod plan;
pub mod power;
pub mod procs;
pub mod random;
pub mod secrets;
pub mod stage;
pub mod status;
pub mod told;

use crate::drills::plan::{Plan, Verdict};

/// Runs a drill.
type Run = fn(&Plan) -> Verdict;

/// All drills, by their names.
pub const ALL: [(&str, Run); 10] = [
    ("kill9", kill9::run),
    ("exits", exits::run),
    ("procs", procs::run),
    ("status", status::run),
    ("outage", outage::run),
    ("flips", flips::run),
    ("disk", disk::run),
    ("secrets", secrets::run),
    ("overflow", overflow::run),
    ("power", power::run),
];

/// Runs the drill of this name, and says its account as the last line.
///
/// # Errors
/// When there is no such drill.
pub fn run(name: &str, plan: &Plan) -> Result<Verdict, String> {
    let found = ALL.iter().find(|(known, _)| *known == name);
    let Some((name, run)) = found else {
        let names = ALL.map(|(name, _)| name).join(", ");
        return Err(format!("there is no drill `{name}`; there are {names}"));
    };
    let verdict = run(plan);
    for wrong in &verdict.wrong {
        plan::say(&format!("{name}: {wrong}"));
    }
    plan::say(&format!("{name}: {}", verdict.account));
    Ok(verdict)
}
