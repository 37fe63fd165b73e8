//! Starts a collector and a process for each run, and joins what they say.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use super::collector::Arrived;
use super::producer::{Produced, Run};
use super::results::{Results, Row};

/// How often each run is made; the figures are those in the middle, losses the largest.
const ROUNDS: usize = 3;

/// Runs everything, prints a table and writes the file.
pub(crate) fn compare(path: &Path) {
    let started = Instant::now();
    let runs = Run::all();
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); runs.len()];
    for _ in 0..ROUNDS {
        for (run, rows) in runs.iter().zip(&mut rows) {
            let collector = Collector::start("decode");
            let produced = output(&["producer", &run.argument(), &collector.endpoint]);
            let produced: Produced = serde_json::from_str(&produced).expect("what it printed");
            rows.push(Row::new(*run, produced, collector.stop()));
        }
    }
    let results = Results::of(rows);
    results.print();
    results.write(path).expect("the target directory is ours");
    println!("{} in {:.0?}", path.display(), started.elapsed());
}

/// A collector in a process of its own, so that its time does not count.
pub(crate) struct Collector {
    child: Child,
    lines: BufReader<ChildStdout>,
    pub(crate) endpoint: String,
}

impl Collector {
    pub(crate) fn start(decoding: &str) -> Self {
        let mut child = program(&["collector", decoding])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program can be started");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut port = String::new();
        lines.read_line(&mut port).expect("its first line");
        Self {
            child,
            lines,
            endpoint: format!("http://127.0.0.1:{}", port.trim()),
        }
    }

    pub(crate) fn stop(mut self) -> Arrived {
        drop(self.child.stdin.take());
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("its last line");
        self.child.wait().expect("it ends with its input");
        serde_json::from_str(&line).expect("what it printed")
    }
}

/// This program with these arguments.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let program = env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// What this program prints with these arguments.
fn output(arguments: &[&str]) -> String {
    let output = program(arguments)
        .stderr(Stdio::inherit())
        .output()
        .expect("this program can be started");
    assert!(output.status.success(), "{arguments:?}: {}", output.status);
    String::from_utf8(output.stdout).expect("JSON")
}
