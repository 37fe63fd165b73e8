//! `agentops` in the test process, with a collector and a home of its own.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use agentops::{Config, FlushReport, Guard};
use tempfile::TempDir;

use crate::collector::Collector;
use crate::metrics::Metrics;
use crate::spans::Spans;
use crate::store::Request;

/// Taken by who needs to be the only one in the process that initializes.
static TURN: Mutex<()> = Mutex::new(());

/// Runs `f` while no other test of the process has telemetry initialized.
pub fn uninitialized<R>(f: impl FnOnce() -> R) -> R {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    f()
}

/// Telemetry that runs in the test process; tests that start it wait for each other.
///
/// ```
/// let received = agentops_tests::Telemetry::record(|| agentops::Session::start("run"));
/// assert_eq!(received.spans.names(), ["run"]);
/// ```
#[derive(Debug)]
pub struct Telemetry {
    // In the order in which they must be dropped.
    guard: Guard,
    collector: Collector,
    home: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// What a collector received from a program that has shut down.
#[derive(Debug)]
pub struct Received {
    /// The spans.
    pub spans: Spans,
    /// The metrics.
    pub metrics: Metrics,
    /// The requests.
    pub requests: Vec<Request>,
    /// What the shutdown said.
    pub report: FlushReport,
}

impl Telemetry {
    /// Initializes with the collector as endpoint and a home of its own.
    ///
    /// # Panics
    /// When `init` fails.
    #[track_caller]
    pub fn start() -> Self {
        Self::start_with(|config, _| config)
    }

    /// Initializes like [`start`](Self::start), with what `configure` changes.
    ///
    /// # Panics
    /// When `init` fails.
    #[track_caller]
    pub fn start_with(configure: impl FnOnce(Config, &Collector) -> Config) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let collector = Collector::start();
        let home = TempDir::new().expect("the system has room for temporary files");
        let config = Config::new()
            .home(home.path())
            .endpoint(collector.endpoint());
        let guard = match configure(config, &collector).init() {
            Ok(guard) => guard,
            Err(error) => panic!("init failed: {error}"),
        };
        Self {
            guard,
            collector,
            home,
            _turn: turn,
        }
    }

    /// Runs `f` with telemetry and returns what was received when it has been shut down.
    #[track_caller]
    pub fn record<R>(f: impl FnOnce() -> R) -> Received {
        let telemetry = Self::start();
        drop(f());
        telemetry.stop()
    }

    /// The guard.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// The collector.
    pub fn collector(&self) -> &Collector {
        &self.collector
    }

    /// The home directory.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Shuts down and returns what was received.
    ///
    /// # Panics
    /// When the collector took something that was not meant for it, or not all was delivered.
    #[track_caller]
    pub fn stop(self) -> Received {
        let report = self.guard.shutdown();
        let received = Received {
            spans: self.collector.spans(),
            metrics: self.collector.metrics(),
            requests: self.collector.requests(),
            report,
        };
        let traces = &received.report.traces;
        let delivered = traces.delivered == traces.ended + traces.adopted;
        assert!(
            delivered && received.report.balances() && !received.report.timed_out,
            "not all was delivered: {:?}",
            received.report
        );
        received
    }
}
