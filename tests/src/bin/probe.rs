//! A program that tests run: it does what its arguments say, with `init` from its environment.
//!
//! It tells on stdout what came of it; stderr is left to the product.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "its output is for the test that runs it"
)]

use std::cell::RefCell;
use std::future::{Future, pending};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::Barrier;
use std::task::{Context as TaskContext, Poll, Waker};
use std::thread;

use agentops::otel::opentelemetry::global::{self, BoxedSpan};
use agentops::otel::opentelemetry::logs::{LogRecord as _, Logger as _, LoggerProvider as _};
use agentops::otel::opentelemetry::trace::{
    SpanContext, SpanId, SpanRef, TraceContextExt as _, Tracer as _,
};
use agentops::otel::opentelemetry::{Context, KeyValue};
use agentops::{Config, FlushReport, Guard, Session};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["run"] => run(),
        ["signals"] => signals(),
        ["run", count] => runs(count.parse().unwrap()),
        ["content"] => content(),
        ["wait"] => wait(),
        ["flush"] => flush(),
        ["twice"] => twice(),
        ["again"] => again(),
        ["alternate"] => alternate(),
        ["around"] => around(),
        ["tokio", flavor] => in_tokio(flavor),
        ["init-outside-tokio"] => init_outside_tokio(),
        ["acknowledge", threads, spans] => {
            acknowledge(threads.parse().unwrap(), spans.parse().unwrap());
        }
        ["open"] => open(),
        ["endings"] => endings(),
        ["thread-locals"] => thread_locals(),
        ["no-shutdown"] => no_shutdown(),
        ["limits"] => limits(),
        _ => panic!("unknown arguments {args:?}"),
    }
}

/// Ends a span of ours and one of other code, and records on both 200 attributes, events and links
/// with 150 attributes each.
#[agentops::session(user = "somebody")]
fn flood() {
    recorded(Context::current().span().span_context().clone());
    let tracer = global::tracer("other");
    tracer.in_span("other", |cx| {
        fill(&cx.span(), Context::current().span().span_context());
    });
}

#[agentops::llm_call(model = "gpt-4o", fields(text = "größer", texts = ["größer", "so"]))]
fn recorded(other: SpanContext) {
    fill(&Context::current().span(), &other);
    agentops::record("gen_ai.usage.input_tokens", 17);
}

fn fill(span: &SpanRef<'_>, other: &SpanContext) {
    let many = |count: u16| (0..count).map(|n| KeyValue::new(format!("n{n:03}"), "größer"));
    for attribute in many(200) {
        span.set_attribute(attribute);
    }
    for _ in 0..200 {
        span.add_event("tick", many(150).collect());
        span.add_link(other.clone(), many(150).collect());
    }
}

#[agentops::session]
fn work() -> SpanId {
    ask();
    span_id()
}

#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
fn ask() -> SpanId {
    agentops::record("gen_ai.usage.input_tokens", 17);
    agentops::record("gen_ai.usage.output_tokens", 5);
    span_id()
}

#[agentops::session]
async fn work_async() -> SpanId {
    tokio::task::yield_now().await;
    tokio::spawn(Session::current().map_or_else(
        || panic!("no session"),
        |session| session.instrument(async { ask() }),
    ))
    .await
    .unwrap()
}

#[agentops::tool]
fn search(query: &str) -> usize {
    query.len()
}

fn content() {
    let guard = init();
    search("rust");
    shutdown(guard);
}

fn span_id() -> SpanId {
    Context::current().span().span_context().span_id()
}

/// `init` from the environment, its outcome told.
fn init() -> Option<Guard> {
    match agentops::init() {
        Ok(guard) => {
            println!("init: ok");
            Some(guard)
        }
        Err(error) => {
            println!("init: {error}");
            None
        }
    }
}

fn tell(report: &FlushReport) {
    println!("report: {report}");
    if !report.balances() || report.timed_out || report.lost() > 0 {
        println!("trouble: {report:?}");
    }
}

/// Shuts down, the report and the warnings told.
fn shutdown(guard: Option<Guard>) {
    let Some(guard) = guard else { return };
    let warnings = guard.warnings().to_vec();
    tell(&guard.shutdown());
    println!("warnings: {warnings:?}");
}

fn hear() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
}

fn run() {
    let guard = init();
    work();
    shutdown(guard);
}

/// Makes spans, metrics and a log record.
fn signals() {
    let guard = init();
    work();
    let provider = guard.as_ref().and_then(Guard::logger_provider);
    let logger = provider.unwrap().logger("probe");
    let mut record = logger.create_log_record();
    record.set_body("a word".into());
    logger.emit(record);
    shutdown(guard);
}

fn limits() {
    let guard = init();
    flood();
    shutdown(guard);
}

fn runs(count: u32) {
    let guard = init();
    for _ in 0..count {
        println!("ended {}", work());
    }
    shutdown(guard);
}

fn wait() {
    let guard = init();
    println!("ended {}", work());
    println!("ready");
    hear();
    shutdown(guard);
}

fn flush() {
    let guard = init().unwrap();
    work();
    tell(&guard.flush());
    println!("ready");
    hear();
    shutdown(Some(guard));
}

fn twice() {
    let first = init();
    let second = init();
    work();
    shutdown(second);
    shutdown(first);
}

fn again() {
    for _ in 0..2 {
        let guard = init();
        work();
        shutdown(guard);
    }
}

/// Initializes and shuts down while other threads record.
fn alternate() {
    const CYCLES: usize = 5;
    let begin = Barrier::new(3);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..CYCLES {
                    begin.wait();
                    for _ in 0..200 {
                        work();
                    }
                }
            });
        }
        for _ in 0..CYCLES {
            begin.wait();
            let guard = init();
            println!("ended {}", work());
            shutdown(guard);
        }
    });
}

/// Everything that can be called, called before `init` and after `shutdown`.
fn around() {
    let everything = || {
        work();
        let session = Session::start("idle");
        let entered = session.enter();
        println!(
            "id: {:?}, is current: {}",
            session.id(),
            Session::current().is_some()
        );
        session.add_baggage("tenant", "acme").unwrap();
        agentops::record("nowhere", 1);
        session.metrics().record_latency(1.0);
        session.metrics().increment_tokens(1);
        drop(entered);
        session.end(agentops::EndState::Success);
    };
    everything();
    let guard = init().unwrap();
    println!("stats: {}", guard.stats());
    shutdown(Some(guard));
    everything();
}

fn in_tokio(flavor: &str) {
    runtime(flavor).block_on(async {
        let guard = init();
        work_async().await;
        if let Some(guard) = &guard {
            tell(&guard.flush());
        }
        // On a worker too, where the flavour has one.
        tokio::spawn(async move { shutdown(guard) }).await.unwrap();
    });
}

fn init_outside_tokio() {
    let guard = init();
    for flavor in ["current", "multi"] {
        runtime(flavor).block_on(work_async());
    }
    shutdown(guard);
}

fn runtime(flavor: &str) -> tokio::runtime::Runtime {
    match flavor {
        "current" => tokio::runtime::Builder::new_current_thread().build(),
        "multi" => tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .build(),
        _ => panic!("unknown flavour {flavor}"),
    }
    .unwrap()
}

/// Ends spans on several threads and tells of each once it has ended.
fn acknowledge(threads: u32, spans: u32) {
    #[agentops::session(fields(thread = thread, number = number))]
    fn numbered(thread: u32, number: u32) -> SpanId {
        span_id()
    }

    let guard = init();
    thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                for number in 0..spans {
                    let id = numbered(thread, number);
                    println!("ended {thread} {number} {id}");
                }
            });
        }
    });
    println!("ready");
    hear();
    shutdown(guard);
}

/// Waits in the middle of a session to be killed.
fn open() {
    #[agentops::llm_call(model = model)]
    fn waits(model: &str) {
        let _ = model;
        inner();
        println!("ready");
        hear();
    }

    #[agentops::session]
    fn inner() {}

    let _guard = init();
    let session = Session::start("report");
    let _entered = session.enter();
    waits("gpt-4o-mini");
}

fn endings() {
    #[agentops::session]
    fn succeeds() -> Result<(), io::Error> {
        ask();
        Ok(())
    }

    #[agentops::session]
    fn fails() -> Result<(), io::Error> {
        Err(io::Error::other("no budget left"))
    }

    #[agentops::session]
    fn panics() {
        resume_unwind(Box::new("quietly"))
    }

    #[agentops::session]
    async fn stops() {
        pending().await
    }

    let guard = init();
    let ended = |session: &str| {
        // One after the other, so that their order on the terminal is known.
        if let Some(guard) = &guard {
            guard.flush();
        }
        println!("{session}");
    };
    succeeds().unwrap();
    ended("succeeds");
    fails().unwrap_err();
    ended("fails");
    catch_unwind(AssertUnwindSafe(panics)).unwrap_err();
    ended("panics");
    {
        let mut stops = pin!(stops());
        let mut cx = TaskContext::from_waker(Waker::noop());
        assert_eq!(stops.as_mut().poll(&mut cx), Poll::Pending);
    }
    ended("stops");
    shutdown(guard);
}

/// Spans made by destructors that run when a thread ends.
fn thread_locals() {
    // No look at the `Context` here: OpenTelemetry's own function panics that late.
    #[agentops::session]
    fn late() {
        later();
    }

    #[agentops::llm_call(model = "gpt-4o")]
    fn later() {
        agentops::record("late", true);
    }

    #[agentops::session]
    async fn late_async() {
        later();
    }

    struct Late;
    impl Drop for Late {
        fn drop(&mut self) {
            late();
            let mut cx = TaskContext::from_waker(Waker::noop());
            assert_eq!(pin!(late_async()).poll(&mut cx), Poll::Ready(()));
            Session::start("late").end(agentops::EndState::Success);
            agentops::record("late", true);
            let _ = Session::current();
            let _baggage = agentops::baggage::scope([("late", "yes")]);
            let entered = pin!(Session::start("late").instrument(late_async()));
            assert_eq!(entered.poll(&mut cx), Poll::Ready(()));
            let handed_on = pin!(agentops::in_context(late_async()));
            assert_eq!(handed_on.poll(&mut cx), Poll::Ready(()));
            drop(agentops::testing::capture(later));
        }
    }

    /// What outlives OpenTelemetry's own thread-local.
    struct Guards {
        _span: agentops::builder::SpanGuard,
        _baggage: agentops::baggage::BaggageScope,
    }

    thread_local! {
        static BEFORE: RefCell<Option<Late>> = const { RefCell::new(None) };
        static AFTER: RefCell<Option<Late>> = const { RefCell::new(None) };
        static KEPT: RefCell<Option<BoxedSpan>> = const { RefCell::new(None) };
        static GUARDS: RefCell<Option<Guards>> = const { RefCell::new(None) };
    }

    let guard = init();
    for _ in 0..8 {
        // A scope does not wait for destructors of thread-locals, a join does.
        let thread = thread::Builder::new().spawn(|| {
            // Destructors run in an order that depends on which is first used.
            KEPT.set(None);
            GUARDS.set(None);
            BEFORE.set(Some(Late));
            work();
            AFTER.set(Some(Late));
            // A span of other code that ends when OpenTelemetry's own thread-local is gone.
            KEPT.set(Some(global::tracer("kept").start("kept")));
            GUARDS.set(Some(Guards {
                _span: agentops::span(agentops::Kind::Task, "guarded").start(),
                _baggage: agentops::baggage::scope([("guarded", "yes")]).unwrap(),
            }));
        });
        thread.unwrap().join().unwrap();
    }
    BEFORE.set(Some(Late));
    work();
    AFTER.set(Some(Late));
    shutdown(guard);
}

/// Ends without a shutdown, like a program that calls `exit`.
fn no_shutdown() {
    let guard = Config::from_env().unwrap().init().unwrap();
    println!("ended {}", work());
    drop(io::Write::flush(&mut io::stdout()));
    let _guard = guard;
    std::process::exit(0);
}
