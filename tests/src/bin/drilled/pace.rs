//! Calls at a steady rate, each of them timed.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use agentops_tests::drills::made::UNIT;

use crate::work::Maker;
use crate::{init, say, settle};

/// Makes `rate` spans a second for so long, delivers them, and says what it cost.
pub(crate) fn run(rate: u64, secs: u64) {
    let guard = init();
    let mut maker = Maker::new(0);
    let between = Duration::from_nanos(1_000_000_000 * UNIT / rate);
    let begun = Instant::now();
    let mut warm = 0;
    let mut most = 0;
    for unit in 0.. {
        let due = between * unit;
        if due >= Duration::from_secs(secs) {
            break;
        }
        // The pace is what is drilled: nothing is waited for here.
        while let Some(early) = due
            .checked_sub(begun.elapsed())
            .filter(|early| !early.is_zero())
        {
            thread::sleep(early);
        }
        maker.unit(UNIT);
        if u64::from(unit) * UNIT % rate < UNIT {
            println!("second {}", u64::from(unit) * UNIT / rate);
            let now = resident_kib();
            if warm == 0 && due >= Duration::from_secs(secs / 10) {
                warm = now;
            }
            most = most.max(now);
        }
    }
    println!("paced");
    let taken = &mut maker.taken;
    taken.sort();
    let at = |part: usize| taken[(taken.len() - 1) * part / 100].as_nanos();
    println!("cost p50 {} p99 {} warm {warm} most {most}", at(50), at(99));
    settle(&guard);
    say(&guard.shutdown());
}

/// Memory of this process that is in use.
fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let digits = line.and_then(|line| line.trim().strip_suffix(" kB"));
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
