//! Run the commands of a chore at the root of the repository.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::checkout::repository;

/// Says what is run, runs it and says how long it took; fails if the command does.
#[allow(clippy::print_stdout, reason = "a command talks to its user")]
pub(crate) fn run(name: &str, command: &mut Command) -> Result<(), String> {
    println!("\n-- {name}: {}", line(command));
    let began = Instant::now();
    let status = command
        .current_dir(repository())
        .status()
        .map_err(|error| format!("{name}: {error}"))?;
    println!("-- {name}: {status} after {} s", began.elapsed().as_secs());
    match status.success() {
        true => Ok(()),
        false => Err(format!("{name} failed")),
    }
}

/// Whether a command is there and succeeds; what it prints is nobody's concern.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .current_dir(repository())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A command as it would be typed, without its environment.
fn line(command: &Command) -> String {
    let program = [command.get_program()];
    let words = program.into_iter().chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_or_is_not_there_is_a_failure() {
        assert_eq!(
            run("version", Command::new("cargo").arg("--version")),
            Ok(())
        );
        let failed = run("nothing", Command::new("cargo").arg("--no-such-flag"));
        assert_eq!(failed, Err("nothing failed".to_owned()));
        assert!(run("missing", &mut Command::new("no-such-program")).is_err());
        assert!(!succeeds(&mut Command::new("no-such-program")));
    }
}
