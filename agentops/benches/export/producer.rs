//! A process that makes spans with one library and sends them to a collector.

use std::str::FromStr;

use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use super::memory;
use super::stacks::{BURST, Case, by_fastrace, by_tracing, none, ours, sdk};

/// How many times a thread of a run with one thread makes a root with a burst below it.
const ROOTS: u32 = 1000;

/// What a process is to do, written `<stack>:<threads>:<paced|free>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) stack: &'static str,
    pub(crate) threads: u32,
    /// Whether it flushes after each burst, so that queues of the library cannot overflow.
    pub(crate) is_paced: bool,
}

impl Run {
    /// All of them, in the order in which they are printed.
    pub(crate) fn all() -> Vec<Self> {
        let run = |stack, threads, is_paced| Self {
            stack,
            threads,
            is_paced,
        };
        vec![
            run("none", 1, false),
            run("agentops", 1, true),
            run("agentops", 1, false),
            run("agentops", 4, false),
            run("otel-sdk", 1, true),
            run("otel-sdk", 1, false),
            run("otel-sdk", 4, false),
            run("tracing-otel", 1, true),
            run("tracing-otel", 1, false),
            run("fastrace-otel", 1, true),
            run("fastrace-otel", 1, false),
        ]
    }

    /// The name of the work in the results.
    pub(crate) fn work(&self) -> String {
        let pace = if self.is_paced { "-paced" } else { "" };
        match self.threads {
            1 => format!("one-thread{pace}"),
            _ => format!("four-threads{pace}"),
        }
    }

    pub(crate) fn argument(&self) -> String {
        let pace = if self.is_paced { "paced" } else { "free" };
        format!("{}:{}:{pace}", self.stack, self.threads)
    }
}

impl FromStr for Run {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut runs = Self::all().into_iter();
        let run = runs.find(|run| run.argument() == text);
        run.ok_or_else(|| format!("no run is `{text}`"))
    }
}

/// What a process has done.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Produced {
    pub(crate) spans: u64,
    /// User and system time of all threads, from the start of the process.
    pub(crate) cpu_nanos: u64,
    pub(crate) peak_bytes: u64,
}

/// Makes the spans, waits until they are delivered, and prints what it took.
pub(crate) fn run(run: &Run, endpoint: &str) {
    let home = tempfile::tempdir().expect("a directory for the spool");
    let case = set_up(run.stack, endpoint, home.path());
    let roots = ROOTS / run.threads;
    std::thread::scope(|scope| {
        for _ in 0..run.threads {
            scope.spawn(|| produce(&case, roots, run.is_paced));
        }
    });
    (case.flush)();
    ours::deliver();
    let produced = Produced {
        spans: u64::from(roots * run.threads) * u64::from(BURST + 1),
        cpu_nanos: cpu_nanos(),
        peak_bytes: memory::peak_bytes(),
    };
    println!(
        "{}",
        serde_json::to_string(&produced).expect("plain numbers")
    );
}

fn produce(case: &Case, roots: u32, is_paced: bool) {
    for _ in 0..roots {
        (case.live)(&mut || (case.burst)(BURST));
        if is_paced {
            (case.flush)();
        }
    }
}

fn set_up(stack: &str, endpoint: &str, home: &std::path::Path) -> Case {
    match stack {
        "agentops" => {
            ours::set_up(ours::config(home).endpoint(endpoint));
            ours::exported()
        }
        "otel-sdk" => {
            sdk::set_up(exporter(endpoint));
            sdk::exported()
        }
        "tracing-otel" => {
            by_tracing::set_up(exporter(endpoint));
            by_tracing::exported()
        }
        "fastrace-otel" => {
            by_fastrace::set_up_otel(exporter(endpoint));
            by_fastrace::exported()
        }
        _ => none::exported(),
    }
}

fn exporter(endpoint: &str) -> SpanExporter {
    let builder = SpanExporter::builder().with_http();
    let builder = builder.with_endpoint(format!("{endpoint}/v1/traces"));
    builder
        .build()
        .expect("an exporter with the client of its default")
}

fn cpu_nanos() -> u64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let nanos = time.tv_sec * 1_000_000_000 + time.tv_nsec;
    u64::try_from(nanos).expect("a clock that begins with its process")
}
