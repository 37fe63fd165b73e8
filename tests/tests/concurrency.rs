//! Many threads at once: nothing is lost, doubled or mixed up.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use agentops::EndState;
use agentops_tests::{Collector, Exit, Program, Received, Span, Spans, Telemetry, Tree};

#[agentops::session(id = format!("{thread}-{round}"), fields(calls = calls))]
fn round(thread: usize, round: usize, calls: usize) {
    for number in 0..calls {
        call(thread, round, number);
    }
}

#[agentops::llm_call(
    model = "gpt-4o",
    fields(thread = thread, round = round, number = number),
)]
fn call(thread: usize, round: usize, number: usize) {
    agentops::record("recorded", i64::try_from(thread + round + number).unwrap());
}

/// Checks that each call hangs below its own round and says what it was told, and each is there once.
#[track_caller]
fn assert_all(spans: &Spans, threads: usize, rounds: usize, calls: usize) {
    let ids: HashSet<_> = spans.iter().map(Span::span_id).collect();
    assert_eq!(ids.len(), spans.len(), "a span was delivered twice");
    assert_eq!(spans.len(), threads * rounds * (1 + calls));

    let roots: HashMap<_, _> = spans
        .all_named("round")
        .into_iter()
        .map(|span| (span.span_id(), span))
        .collect();
    let mut found = HashSet::new();
    for span in spans.all_named("chat gpt-4o") {
        let root = roots[&span.parent_id().unwrap()];
        let number = |key| span.int(key).unwrap();
        let [thread, round] = ["thread", "round"].map(number);
        assert!(span.is_child_of(root));
        assert_eq!(span.str("session.id"), root.str("session.id"));
        assert_eq!(span.str("session.id"), Some(&*format!("{thread}-{round}")));
        assert_eq!(number("recorded"), thread + round + number("number"));
        found.insert((thread, round, number("number")));
    }
    assert_eq!(found.len(), threads * rounds * calls);
}

#[test]
fn eight_threads_and_flushes_beside_them_deliver_each_span_once() {
    const THREADS: usize = 8;
    const ROUNDS: usize = 10;
    const CALLS: usize = 99;
    let telemetry = Telemetry::start();
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let flusher = scope.spawn(|| {
            let mut delivered = 0;
            while !is_done.load(Ordering::Relaxed) {
                let report = telemetry.guard().flush();
                assert!(report.balances(), "{report:?}");
                assert_eq!(report.lost(), 0);
                assert!(report.traces.delivered >= delivered);
                delivered = report.traces.delivered;
            }
        });
        let workers = [0, 1, 2, 3, 4, 5, 6, 7].map(|thread| {
            scope.spawn(move || (0..ROUNDS).for_each(|number| round(thread, number, CALLS)))
        });
        for worker in workers {
            worker.join().unwrap();
        }
        is_done.store(true, Ordering::Relaxed);
        flusher.join().unwrap();
    });
    let Received {
        spans,
        metrics,
        report,
        ..
    } = telemetry.stop();
    assert_all(&spans, THREADS, ROUNDS, CALLS);
    assert_eq!(report.traces.ended, spans.len() as u64);
    let counted: u64 = metrics
        .named("llm.request.latency")
        .points()
        .iter()
        .map(|point| point.count())
        .sum();
    assert_eq!(counted, (THREADS * ROUNDS * CALLS) as u64);
}

#[test]
fn ten_thousand_threads_that_come_and_go_leave_their_spans() {
    let received = Telemetry::record(|| {
        for wave in 0..625 {
            thread::scope(|scope| {
                for thread in 0..16 {
                    scope.spawn(move || round(16 * wave + thread, 0, 1));
                }
            });
        }
    });
    assert_eq!(received.report.lost(), 0);
    assert_all(&received.spans, 10_000, 1, 1);
}

#[test]
fn session_is_shared_by_threads_that_enter_it() {
    let spans = Telemetry::record(|| {
        let session = agentops::Session::start("shared");
        thread::scope(|scope| {
            for thread in 0..8 {
                let session = &session;
                scope.spawn(move || {
                    let _entered = session.enter();
                    (0..50).for_each(|number| call(thread, 0, number));
                });
            }
        });
        session.end(EndState::Success);
    })
    .spans;
    let shared = spans.named("shared");
    assert_eq!(spans.children_of(shared).len(), 400);
    assert_eq!(spans.len(), 401);
}

#[test]
fn threads_that_record_on_one_span_do_not_harm_it() {
    #[agentops::session]
    fn run() {
        use agentops::otel::opentelemetry::Context;

        let cx = Context::current();
        thread::scope(|scope| {
            for thread in 0..8 {
                let cx = cx.clone();
                scope.spawn(move || {
                    let _attached = cx.attach();
                    for number in 0..100 {
                        agentops::record(format!("thread-{thread}"), number);
                    }
                });
            }
        });
    }

    let spans = Telemetry::record(run).spans;
    let span = spans.named("run");
    for thread in 0..8 {
        assert_eq!(span.int(&format!("thread-{thread}")), Some(99));
    }
}

/// In a program of its own, where no other test initializes meanwhile.
#[test]
fn init_and_shutdown_may_alternate_while_threads_record() {
    let (exit, spans) = run("alternate");
    assert_eq!(exit.stderr, "");
    assert_eq!(exit.stdout.matches("init: ok\n").count(), 5);
    assert!(!exit.stdout.contains("trouble"), "{}", exit.stdout);
    let told = exit
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("ended "));
    let ids: HashSet<_> = spans.iter().map(Span::span_id).collect();
    assert_eq!(ids.len(), spans.len(), "a span was delivered twice");
    for id in told {
        assert!(ids.contains(id), "{id} ended between init and shutdown");
    }
}

/// A panic within a destructor of a thread-local ends the process.
#[test]
fn spans_in_destructors_of_thread_locals_do_not_abort_the_process() {
    let (exit, spans) = run("thread-locals");
    assert_eq!(exit.stderr, "");
    assert!(!exit.stdout.contains("trouble"), "{}", exit.stdout);
    assert_eq!(spans.all_named("work").len(), 9);
    assert_eq!(spans.all_named("kept").len(), 8);
    assert_eq!(spans.all_named("guarded").len(), 8);
    // Those whose destructor runs before that of OpenTelemetry's own are whole.
    assert!(spans.all_named("late").len() >= 8);
    Tree::of(&spans);
}

/// Runs the probe to its good end; what it wrote, and the spans it delivered.
#[track_caller]
fn run(argument: &str) -> (Exit, Spans) {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let exit = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg(argument)
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .run(Duration::from_mins(1));
    exit.assert_success();
    (exit, collector.spans())
}
