//! Disks, threads and programs in trouble: what was recorded is kept or counted.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says why")]
#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod containers;
mod disk;
mod host;
mod sync;

use std::path::Path;
use std::time::Duration;

use agentops_tests::{Child, Exit, Program};

const TIMEOUT: Duration = Duration::from_mins(1);

const COMMANDED: &str = env!("CARGO_BIN_EXE_commanded");

/// A program that does what it is told, with this home.
fn commanded(home: &Path) -> Program {
    at_home(Program::new(COMMANDED), home)
}

/// The same, run by a shell that ran `prepare` before, in a mount namespace of its own; `None`, with
/// the reason told, where that is not permitted.
fn commanded_apart(prepare: &str, home: &Path) -> Option<Program> {
    let apart = || Program::new("unshare").arg("-rm");
    let mounts = "mount -t tmpfs -o size=64k none \"$HOME\"";
    let tried = at_home(apart().arg("sh").arg("-c").arg(mounts), home).run(TIMEOUT);
    if !tried.status.success() {
        println!("skipped: no mount namespace here: {}", tried.stderr.trim());
        return None;
    }
    let script = format!("{prepare} && exec \"$0\" \"$@\"");
    let program = apart().arg("sh").arg("-c").arg(script).arg(COMMANDED);
    Some(at_home(program, home))
}

fn at_home(program: Program, home: &Path) -> Program {
    program
        .env("HOME", home)
        .env("AGENTOPS_CONSOLE", "0")
        .env("AGENTOPS_CAPTURE_CONTENT", "false")
}

/// Starts it and waits until it listens.
#[track_caller]
fn start(program: Program) -> Child {
    let child = program.spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    child
}

/// Says these lines and waits for the end of the program.
#[track_caller]
fn say(mut child: Child, lines: &[&str]) -> Exit {
    for line in lines {
        child.send_line(line);
    }
    let exit = child.wait(TIMEOUT);
    exit.assert_success();
    assert!(!exit.stdout.contains("balances=false"), "{}", exit.stdout);
    assert!(!exit.stdout.contains("late=true"), "{}", exit.stdout);
    exit
}

/// What the program's reports say, each as it is from `spooled=` to `lost=[..]`.
fn reports(exit: &Exit) -> Vec<&str> {
    let lines = exit.stdout.lines();
    let reports = lines.filter_map(|line| line.strip_prefix("report: "));
    reports
        .map(|report| {
            let from = report.find("spooled=").unwrap();
            let to = report.find(" durable=").unwrap();
            &report[from..to]
        })
        .collect()
}
