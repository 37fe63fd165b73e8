//! Runs drills: `drill [NAME] [--short] [--seed N] [--NUMBER N]..`.

#![allow(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a command talks to its user and is told its seed"
)]

use std::collections::HashMap;
use std::env;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use agentops_tests::drills::{self, plan::Plan};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all drills that were asked for are passed.
fn run() -> Result<bool, String> {
    let own = env::current_exe().map_err(|error| error.to_string())?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let drilled = format!("drilled{}", env::consts::EXE_SUFFIX);
    let profiles = own.ancestors().nth(2);
    let aborting = profiles.map(|profiles| profiles.join("abort").join(&drilled));
    let mut plan = Plan {
        drilled: own.with_file_name(&drilled),
        aborting: aborting.filter(|program| program.exists()),
        is_short: false,
        seed: since.map_or(0, |since| since.as_secs()),
        numbers: HashMap::new(),
    };
    let mut names = Vec::new();
    let mut args = env::args().skip(1);
    while let Some(arg) = args.next() {
        let Some(option) = arg.strip_prefix("--") else {
            names.push(arg);
            continue;
        };
        if option == "short" {
            plan.is_short = true;
            continue;
        }
        let number = args.next().and_then(|number| number.parse().ok());
        let number = number.ok_or_else(|| format!("`--{option}` takes a number"))?;
        if option == "seed" {
            plan.seed = number;
        } else {
            plan.numbers.insert(option.to_owned(), number);
        }
    }
    if names.is_empty() {
        names.extend(drills::ALL.map(|(name, _)| name.to_owned()));
    }
    let mut is_passed = true;
    for name in names {
        let verdict = drills::run(&name, &plan)?;
        is_passed &= verdict.wrong.is_empty();
    }
    Ok(is_passed)
}
