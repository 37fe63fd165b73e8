//! Figures beside those that are stored.

use std::process::ExitCode;

use super::counted::Figure;
use super::stored;

/// The share of a stored figure that a new one may be off, up or down.
const SLACK: f64 = 0.05;
/// A work that is only told: what it takes of serializing and of memory differs from run to run.
const TOLD: &str = "content";
/// What a span of two threads may take of that of one.
const TWO_THREADS: f64 = 1.05;

/// Prints all figures and judges those of ours; stores them if they are blessed.
pub(crate) fn run(figures: &[Figure], are_blessed: bool) -> ExitCode {
    let net = |work: &str, stack: &str| {
        let of = |stack: &str| {
            let mut figures = figures.iter();
            figures.find(|figure| (figure.work, figure.stack) == (work, stack))
        };
        Some(of(stack)?.instructions - of("none")?.instructions)
    };
    let stored = stored::read();
    let mut fresh = stored::Stored::new();
    let mut is_well = true;
    println!("| work | stack | instructions/span | stored | |\n|---|---|---:|---:|---|");
    for figure in sorted(figures) {
        let Some(now) = net(figure.work, figure.stack) else {
            continue;
        };
        if figure.stack != "agentops" || figure.work == TOLD {
            println!("| {} | {} | {now:.0} | | |", figure.work, figure.stack);
            continue;
        }
        fresh.insert(figure.work.to_owned(), now.round());
        let before = stored.get(figure.work).copied();
        let verdict = Verdict::of(now, before);
        is_well &= verdict == Verdict::Holds;
        let before = before.map_or_else(String::new, |before| format!("{before:.0}"));
        println!(
            "| {} | agentops | {now:.0} | {before} | {} |",
            figure.work,
            verdict.words()
        );
    }
    let ratio = net("two-threads", "agentops").zip(net("sync", "agentops"));
    let ratio = ratio.map_or(f64::NAN, |(two, one)| two / one);
    println!("\ntwo-threads: {ratio:.3} of sync, at most {TWO_THREADS}");
    if are_blessed {
        stored::write(&fresh);
        return ExitCode::SUCCESS;
    }
    if !is_well && !has_counter() {
        println!("not held against each other: this machine tells the time in another way");
        is_well = true;
    }
    match is_well && ratio <= TWO_THREADS {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Whether the time comes from the processor's counter, as where the figures were stored: a
/// reading of another clock takes other instructions.
fn has_counter() -> bool {
    let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    std::fs::read_to_string(path).is_ok_and(|name| name.trim() == "tsc")
}

/// All but the bodies, those of one work together.
fn sorted(figures: &[Figure]) -> Vec<&Figure> {
    let place = |work| figures.iter().position(|figure| figure.work == work);
    let mut sorted: Vec<&Figure> = figures.iter().collect();
    sorted.retain(|figure| figure.stack != "none");
    sorted.sort_by_key(|figure| place(figure.work));
    sorted
}

/// What a figure is beside the one that is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    Missing,
    Slower,
    Faster,
}

impl Verdict {
    fn of(now: f64, before: Option<f64>) -> Self {
        let Some(before) = before else {
            return Self::Missing;
        };
        match now / before {
            ratio if ratio > 1.0 + SLACK => Self::Slower,
            ratio if ratio < 1.0 - SLACK => Self::Faster,
            _ => Self::Holds,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Holds => "",
            Self::Missing => "FAIL: not stored yet; store it with `-- --bless`",
            Self::Slower => "FAIL: over 5 % more than is stored",
            Self::Faster => "FAIL: over 5 % less, so store it with `-- --bless`",
        }
    }
}
