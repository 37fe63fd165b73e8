//! Programs that run beside a test, with nothing in their environment by accident.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{self, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::watched::Watched;

/// A program about to run: `PATH` and what is given here are its whole environment.
///
/// ```
/// use std::time::Duration;
/// use agentops_tests::Program;
///
/// let exit = Program::new("sh").arg("-c").arg("echo $NAME").env("NAME", "x").run(Duration::from_secs(10));
/// assert_eq!(exit.assert_success().stdout, "x\n");
/// ```
#[derive(Debug)]
pub struct Program(Command);

/// A running program; it is killed when dropped.
#[derive(Debug)]
pub struct Child {
    process: process::Child,
    output: Arc<Watched<Output>>,
}

/// A program that has ended.
#[derive(Clone, Debug)]
pub struct Exit {
    /// How it ended.
    pub status: ExitStatus,
    /// All it wrote to its standard output.
    pub stdout: String,
    /// All it wrote to its standard error.
    pub stderr: String,
}

impl Program {
    /// The program of this name or path.
    pub fn new(program: impl AsRef<Path>) -> Self {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(path) = path_variable() {
            command.env("PATH", path);
        }
        Self(command)
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    /// Adds a variable to the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs in this directory.
    #[must_use]
    pub fn current_dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.0.current_dir(dir);
        self
    }

    /// Starts the program if there is one of this name.
    pub fn spawn_if_there(mut self) -> Option<Child> {
        self.0.spawn().ok().map(Child::of)
    }

    /// Starts the program.
    ///
    /// # Panics
    /// When it cannot be started.
    #[track_caller]
    pub fn spawn(mut self) -> Child {
        match self.0.spawn() {
            Ok(process) => Child::of(process),
            Err(error) => panic!("cannot start {:?}: {error}", self.0),
        }
    }

    /// Runs the program to its end.
    ///
    /// # Panics
    /// When it has not ended in time, or cannot be started.
    #[track_caller]
    pub fn run(self, timeout: Duration) -> Exit {
        self.spawn().wait(timeout)
    }
}

impl Child {
    fn of(mut process: process::Child) -> Self {
        let output = Arc::<Watched<Output>>::default();
        let stdout = process.stdout.take().expect("stdout is piped");
        let stderr = process.stderr.take().expect("stderr is piped");
        capture(stdout, &output, |output| &mut output.stdout);
        capture(stderr, &output, |output| &mut output.stderr);
        Self { process, output }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Writes a line to its standard input, for a program that waits for a word of the test.
    ///
    /// # Panics
    /// When the program does not listen any more.
    #[track_caller]
    pub fn send_line(&mut self, line: &str) {
        let stdin = self.process.stdin.as_mut().expect("stdin is piped");
        if let Err(error) = writeln!(stdin, "{line}") {
            panic!(
                "the program does not take `{line}`: {error}\n{}",
                self.output()
            );
        }
    }

    /// Waits until this stands somewhere in its standard output.
    ///
    /// # Panics
    /// With its output, when it has not written that in time, or has ended without.
    #[track_caller]
    pub fn wait_for_stdout(&self, text: &str, timeout: Duration) {
        let wanted = |output: &Output| output.stdout.text.contains(text) || output.has_ended();
        drop(self.output.wait_for(timeout, wanted));
        let output = self.output();
        assert!(
            output.stdout.text.contains(text),
            "the program did not write `{text}`\n{output}"
        );
    }

    /// Waits until its standard output is as wanted.
    ///
    /// # Panics
    /// With its output, when it is not as wanted in time, or the program has ended before.
    #[track_caller]
    pub fn wait_for(&self, wanted: impl Fn(&str) -> bool, timeout: Duration) {
        let is_over = |output: &Output| wanted(&output.stdout.text) || output.has_ended();
        drop(self.output.wait_for(timeout, is_over));
        let output = self.output();
        assert!(
            wanted(&output.stdout.text),
            "the program did not write what was waited for\n{output}"
        );
    }

    /// What it has written to its standard output so far.
    pub fn stdout(&self) -> String {
        self.output().stdout.text
    }

    /// Closes its standard input and waits for its end, which is when its outputs are closed too.
    ///
    /// # Panics
    /// With its output, when it has not ended in time; it is killed then.
    #[track_caller]
    pub fn wait(mut self, timeout: Duration) -> Exit {
        drop(self.process.stdin.take());
        let ended = self.output.wait_for(timeout, Output::has_ended).is_ok();
        assert!(
            ended,
            "the program still runs after {timeout:?}\n{}",
            self.output()
        );
        self.exit()
    }

    /// Ends it with SIGKILL, as `kill -9` does: no destructor runs, no buffer is written.
    ///
    /// # Panics
    /// When it has ended before.
    #[track_caller]
    pub fn kill_9(mut self) -> Exit {
        let ended = self
            .process
            .try_wait()
            .expect("the program is a child of ours");
        assert!(
            ended.is_none(),
            "the program had ended: {ended:?}\n{}",
            self.output()
        );
        self.process.kill().expect("a running child can be killed");
        self.exit()
    }

    fn exit(mut self) -> Exit {
        let status = self.process.wait().expect("the program is a child of ours");
        // After the end of the program only its own children could hold the outputs open.
        drop(
            self.output
                .wait_for(Duration::from_secs(10), Output::has_ended),
        );
        let output = self.output();
        Exit {
            status,
            stdout: output.stdout.text,
            stderr: output.stderr.text,
        }
    }

    fn output(&self) -> Output {
        self.output.lock().clone()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Both fail where it has ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Exit {
    /// Goes on if the program ended well.
    ///
    /// # Panics
    /// With its output, when it did not.
    #[track_caller]
    pub fn assert_success(&self) -> &Self {
        let Self {
            status,
            stdout,
            stderr,
        } = self;
        assert!(
            status.success(),
            "the program ended with {status}\nstdout:\n{stdout}\nstderr:\n{stderr}"
        );
        self
    }
}

/// What a program has written so far.
#[derive(Clone, Debug, Default)]
struct Output {
    stdout: Stream,
    stderr: Stream,
}

/// One of the two outputs.
#[derive(Clone, Debug, Default)]
struct Stream {
    text: String,
    closed: bool,
}

impl Output {
    fn has_ended(&self) -> bool {
        self.stdout.closed && self.stderr.closed
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout.text, self.stderr.text
        )
    }
}

/// Reads a stream to its end on a thread of its own, so that a program is never held up by a pipe.
fn capture(
    source: impl Read + Send + 'static,
    output: &Arc<Watched<Output>>,
    stream: fn(&mut Output) -> &mut Stream,
) {
    let output = Arc::clone(output);
    let read = move || {
        let mut source = BufReader::new(source);
        let mut line = Vec::new();
        while source
            .read_until(b'\n', &mut line)
            .is_ok_and(|length| length > 0)
        {
            let text = String::from_utf8_lossy(&line).into_owned();
            output.update(|output| stream(output).text.push_str(&text));
            line.clear();
        }
        output.update(|output| stream(output).closed = true);
    };
    thread::Builder::new()
        .name("capture".to_owned())
        .spawn(read)
        .expect("the system has a thread left");
}

#[allow(
    clippy::disallowed_methods,
    reason = "the environment of the tests, not the runtime's configuration"
)]
fn path_variable() -> Option<OsString> {
    std::env::var_os("PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECS: Duration = Duration::from_secs(10);

    #[test]
    fn environment_is_path_and_what_is_given() {
        let exit = shell("env; echo oops >&2; exit 3")
            .env("GIVEN", "yes")
            .run(SECS);
        assert_eq!(exit.status.code(), Some(3));
        assert_eq!(exit.stderr, "oops\n");
        assert!(exit.stdout.contains("GIVEN=yes\n"), "{}", exit.stdout);
        assert!(!exit.stdout.contains("HOME="), "{}", exit.stdout);
    }

    #[test]
    fn killed_program_leaves_what_it_had_written() {
        let child = shell("echo ready; read word; echo done").spawn();
        child.wait_for_stdout("ready", SECS);
        let exit = child.kill_9();
        assert_eq!(
            (exit.status.code(), exit.stdout.as_str()),
            (None, "ready\n")
        );
    }

    #[test]
    fn program_goes_on_at_a_word() {
        let mut child = shell("read word; echo $word").spawn();
        child.send_line("on");
        child.wait_for_stdout("on\n", SECS);
        child.wait(SECS).assert_success();
    }

    #[test]
    #[should_panic(expected = "the program still runs after")]
    fn program_that_does_not_end_in_time_fails_the_test() {
        shell("exec tail -f /dev/null").run(Duration::from_millis(50));
    }

    #[test]
    #[should_panic(expected = "the program did not write `ready`")]
    fn program_that_ends_without_the_word_fails_the_test() {
        shell("echo no").spawn().wait_for_stdout("ready", SECS);
    }

    fn shell(script: &str) -> Program {
        Program::new("sh").arg("-c").arg(script)
    }
}
