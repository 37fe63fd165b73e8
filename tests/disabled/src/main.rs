//! Annotated functions without the feature `enable`: they are the bare functions.

use std::fs;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use agentops::testing::capture;
use agentops::{Error, Kind, Session};

#[agentops::session(id = id, fields(size = text.len()), baggage(user.id = id))]
fn annotated(id: u32, text: String) -> Option<String> {
    agentops::record("seen", true);
    (id > 0).then_some(text)
}

#[agentops::llm_call(provider = "openai", model = model, fields(tokens = tokens))]
async fn annotated_later(model: &str, tokens: [u64; 4]) -> Result<u64, std::fmt::Error> {
    std::future::ready(()).await;
    let total = tokens.iter().sum::<u64>();
    if model.is_empty() {
        Err(std::fmt::Error)
    } else {
        Ok(total)
    }
}

async fn plain_later(model: &str, tokens: [u64; 4]) -> Result<u64, std::fmt::Error> {
    std::future::ready(()).await;
    let total = tokens.iter().sum::<u64>();
    if model.is_empty() {
        Err(std::fmt::Error)
    } else {
        Ok(total)
    }
}

#[agentops::agent]
fn agent(steps: u8) -> u8 {
    agentops::span(Kind::Workflow, "by hand").in_scope(|| tool(steps, "x"))
}

#[agentops::tool(call_id = text, tags("a"), skip(text))]
fn tool(steps: u8, text: &str) -> u8 {
    let _ = text;
    leaf(steps)
}

#[agentops::operation(leaf)]
fn leaf(steps: u8) -> u8 {
    steps
}

/// Nothing of the attribute is left, or this would not compile.
#[agentops::session(fields(never = unknown_to_the_compiler))]
fn bare() {}

struct Search;

#[agentops::tool(fields(never = unknown_to_the_compiler))]
impl Search {
    fn query(&self) -> u8 {
        Self::limit()
    }

    #[agentops(skip)]
    const fn limit() -> u8 {
        7
    }
}

fn main() -> Result<(), Error> {
    let guard = agentops::init()?;
    let second = agentops::init()?;
    assert_eq!(guard.warnings(), [""; 0]);
    assert!(guard.logger_provider().is_none());

    let sizes = [
        size_of_val(&annotated_later("gpt-4o", [0; 4])),
        size_of_val(&plain_later("gpt-4o", [0; 4])),
    ];
    assert_eq!(sizes[0], sizes[1], "the future is the bare coroutine");

    let captured = capture(calls);
    assert_eq!(captured.tree(), "");
    calls();
    bare();
    sessions();

    assert_eq!(threads(), 1, "no thread was started");
    for report in [guard.flush(), guard.shutdown(), second.shutdown()] {
        assert_eq!(report, agentops::FlushReport::default());
    }
    println!("done");
    Ok(())
}

fn calls() {
    assert_eq!(annotated(1, "text".to_owned()).as_deref(), Some("text"));
    assert_eq!(annotated(0, String::new()), None);
    assert_eq!(poll(annotated_later("gpt-4o", [1; 4])), Poll::Ready(Ok(4)));
    assert_eq!(
        poll(annotated_later("", [1; 4])),
        Poll::Ready(Err(std::fmt::Error))
    );
    assert_eq!(agent(3), 3);
    assert_eq!(Search.query(), 7);
    let built = agentops::llm_call("openai", "gpt-4o").run(std::future::ready(5));
    assert_eq!(poll(agentops::in_context(built)), Poll::Ready(5));
    assert!(Session::current().is_none());
}

fn sessions() {
    let session = Session::start("by hand");
    assert_eq!(session.id(), "");
    let entered = session.enter();
    assert!(Session::current().is_none());
    drop(entered);
    session.end(agentops::EndState::Success);
}

fn poll<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// How many threads this process has; the one, where the system does not tell.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").map_or(1, Iterator::count)
}
