//! `flush`: a session that is delivered before its function returns.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use agentops_tests::{Answer, Collector, Telemetry};
use async_trait::async_trait;

use crate::block_on;

/// Longer than a session waits, by far.
const BOUND: Duration = Duration::from_secs(30);

#[agentops::session(flush)]
fn run() -> Result<u8, String> {
    step();
    Ok(1)
}

#[agentops::session(flush)]
fn run_unit() {
    step();
}

#[agentops::session(flush = true)]
async fn run_async() -> u8 {
    tokio::task::yield_now().await;
    step();
    1
}

#[agentops::session(flush)]
async fn run_async_unit() {
    step();
}

#[agentops::session(flush)]
fn run_boxed() -> Pin<Box<dyn Future<Output = u8> + Send>> {
    Box::pin(async {
        tokio::task::yield_now().await;
        step();
        1
    })
}

#[agentops::session(flush)]
fn run_opaque() -> impl Future<Output = u8> {
    async {
        tokio::task::yield_now().await;
        step();
        1
    }
}

#[async_trait]
trait Runs {
    async fn run_method(&self) -> u8;
}

#[async_trait]
impl Runs for u8 {
    #[agentops::session(flush)]
    async fn run_method(&self) -> u8 {
        tokio::task::yield_now().await;
        step();
        *self
    }
}

#[agentops::task]
fn step() {}

#[agentops::session(flush)]
fn panics(fails: bool) -> u8 {
    step();
    assert!(!fails, "no budget left");
    1
}

#[agentops::session(flush)]
fn panics_unit(fails: bool) {
    step();
    assert!(!fails, "no budget left");
}

#[agentops::session(flush)]
async fn panics_async(fails: bool) -> u8 {
    tokio::task::yield_now().await;
    step();
    assert!(!fails, "no budget left");
    1
}

/// What the collector holds the moment that `call` is over, sorted.
#[track_caller]
fn delivered_by<R>(call: impl FnOnce() -> R) -> Vec<String> {
    let telemetry = Telemetry::start();
    drop(call());
    let spans = telemetry.collector().spans();
    telemetry.stop();
    let mut names: Vec<_> = spans.names().into_iter().map(str::to_owned).collect();
    names.sort_unstable();
    names
}

#[test]
fn session_is_delivered_when_its_function_returns() {
    assert_eq!(delivered_by(run), ["run", "step"]);
    assert_eq!(delivered_by(run_unit), ["run_unit", "step"]);
}

#[test]
fn async_session_is_delivered_when_its_future_is_ready() {
    assert_eq!(
        delivered_by(|| block_on(run_async())),
        ["run_async", "step"]
    );
    let names = delivered_by(|| block_on(run_async_unit()));
    assert_eq!(names, ["run_async_unit", "step"]);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let names = delivered_by(|| runtime.block_on(runtime.spawn(run_async())).unwrap());
    assert_eq!(names, ["run_async", "step"]);
}

#[test]
fn session_whose_future_is_returned_is_delivered_when_that_is_ready() {
    let names = delivered_by(|| block_on(run_boxed()));
    assert_eq!(names, ["run_boxed", "step"]);
    let names = delivered_by(|| block_on(run_opaque()));
    assert_eq!(names, ["run_opaque", "step"]);
    let names = delivered_by(|| block_on(1_u8.run_method()));
    assert_eq!(names, ["run_method", "step"]);
}

#[test]
fn future_that_is_flushed_may_go_where_it_might_before() {
    fn shared<T: Send + Sync + std::panic::UnwindSafe>(_: &T) {}

    #[agentops::session(flush)]
    async fn run() -> u8 {
        1
    }

    shared(&run());
}

#[test]
fn session_that_panics_is_delivered_all_the_same() {
    let names = delivered_by(|| catch_unwind(|| panics(true)).unwrap_err());
    assert_eq!(names, ["panics", "step"]);
    let names = delivered_by(|| catch_unwind(|| panics_unit(true)).unwrap_err());
    assert_eq!(names, ["panics_unit", "step"]);
}

#[test]
fn async_session_that_panics_is_delivered_all_the_same() {
    let names = delivered_by(|| {
        let call = AssertUnwindSafe(|| block_on(panics_async(true)));
        catch_unwind(call).unwrap_err()
    });
    assert_eq!(names, ["panics_async", "step"]);
}

#[test]
fn session_waits_for_no_receiver_that_is_down() {
    let telemetry = Telemetry::start();
    let addr = telemetry.collector().addr();
    telemetry.collector().stop();
    let began = Instant::now();
    run().unwrap();
    block_on(run_async());
    assert!(began.elapsed() < BOUND, "{:?}", began.elapsed());
    let successor = Collector::start_on(addr);
    telemetry.stop();
    assert_eq!(successor.spans().len(), 4, "it was kept");
}

/// Has a collector answer once the sender is dropped.
fn hold_back(collector: &Collector) -> mpsc::Sender<()> {
    let (go_on, may_go_on) = mpsc::channel();
    let may_go_on = Mutex::new(may_go_on);
    collector.answer_with(move |_| {
        let gone = may_go_on.lock().unwrap().recv();
        assert!(gone.is_err(), "nothing is sent");
        None::<Answer>
    });
    go_on
}

#[test]
fn session_waits_for_an_answer_no_longer_than_its_deadline() {
    let telemetry = Telemetry::start();
    let go_on = hold_back(telemetry.collector());
    let began = Instant::now();
    assert_eq!(run(), Ok(1));
    let waited = began.elapsed();
    assert!(
        (Duration::from_secs(4)..BOUND).contains(&waited),
        "{waited:?}"
    );
    drop(go_on);
    assert_eq!(telemetry.stop().spans.len(), 2);
}

#[test]
fn async_session_that_is_delivered_does_not_block_its_thread() {
    let telemetry = Telemetry::start();
    let go_on = hold_back(telemetry.collector());
    let names = block_on(async {
        let answers = async { drop(go_on) };
        // The first is polled first, so it waits when the second lets the answer go.
        let (value, ()) = tokio::join!(run_async(), answers);
        assert_eq!(value, 1);
        telemetry.collector().spans().len()
    });
    assert_eq!(names, 2);
    telemetry.stop();
}

#[test]
fn session_that_is_not_recorded_returns_at_once() {
    agentops_tests::program::uninitialized(|| {
        assert_eq!(run(), Ok(1));
        assert_eq!(block_on(run_async()), 1);
        run_unit();
    });
}
