//! Trouble is told to the log of a program that has one, once and without locks.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use agentops::report::LossReason;
use agentops_tests::{Answer, Request, Telemetry};
use log::{Level, LevelFilter, Log, Metadata, Record};

const TIMEOUT: Duration = Duration::from_secs(20);

/// A log that records a span for each line, as one may that is instrumented itself.
struct Tracing(Mutex<Sender<(Level, String, String)>>);

#[agentops::task]
fn write_line() {}

impl Log for Tracing {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        if record.target() != "agentops" {
            return;
        }
        write_line();
        let line = (
            record.level(),
            record.target().to_owned(),
            record.args().to_string(),
        );
        let _ = self.0.lock().unwrap().send(line);
        assert!(!record.args().to_string().contains("400"), "the log fails");
    }

    fn flush(&self) {}
}

fn install() -> Receiver<(Level, String, String)> {
    let (sender, receiver) = mpsc::channel();
    log::set_boxed_logger(Box::new(Tracing(Mutex::new(sender)))).unwrap();
    log::set_max_level(LevelFilter::Trace);
    receiver
}

#[agentops::task]
fn work() {}

#[test]
fn each_kind_of_trouble_is_one_line_of_the_programs_log() {
    let lines = install();
    let telemetry = Telemetry::start();
    telemetry.collector().answer_always(503, &[], []);
    for _ in 0..3 {
        work();
        telemetry.guard().flush();
    }
    let (level, target, text) = lines.recv_timeout(TIMEOUT).unwrap();
    assert_eq!((level, &target[..]), (Level::Warn, "agentops"));
    assert!(text.contains("status 503"), "{text}");
    assert!(text.ends_with(&telemetry.collector().endpoint()), "{text}");

    // A log that panics costs nothing but its own line.
    // What is refused is refused for itself: an empty request is taken.
    let refuse = |request: &Request| (!request.body.is_empty()).then(|| Answer::new(400, &[], []));
    telemetry.collector().answer_with(refuse);
    work();
    telemetry.guard().flush();
    let (_, _, text) = lines.recv_timeout(TIMEOUT).unwrap();
    assert!(text.contains("status 400"), "{text}");
    telemetry.collector().answer_with(|_| None);
    work();
    let report = telemetry.guard().flush();
    assert!(report.balances() && !report.timed_out, "{report:?}");
    assert!(report.traces.delivered > 0, "{report:?}");
    assert!(lines.try_recv().is_err(), "nothing is told twice");

    agentops_spool::pool::count_lost();
    telemetry.guard().flush();
    let (_, _, text) = lines.recv_timeout(TIMEOUT).unwrap();
    assert!(text.starts_with("spans are made faster than"), "{text}");
    let report = telemetry.guard().flush();
    assert!(report.balances(), "{report:?}");
    assert_eq!(report.traces.lost_to(LossReason::NoRoom), 1);
    let metrics = telemetry.collector().metrics();
    let processed = metrics.named("otel.sdk.processor.span.processed");
    let lost = processed.point(&[("error.type", "queue_full")]).sum();
    assert!((lost - 1.0).abs() < f64::EPSILON, "{lost}");
}
