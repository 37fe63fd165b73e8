//! Annotated functions where `agentops` is a dependency of another name.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use ag::EndState;
use ag::metrics::Dimension;
use ag::testing::capture;

enum Tier {
    Paid,
}

impl Dimension for Tier {
    fn name(&self) -> &'static str {
        match self {
            Self::Paid => "paid",
        }
    }
}

#[ag::session(
    crate = ::ag,
    id = id,
    user = "u-7",
    metadata(plan = "pro"),
    baggage(tenant = id),
    extract = &[("traceparent", "none")][..],
    end_state = |_| EndState::Success,
    metrics(tier = Tier::Paid),
    flush
)]
fn session(id: &str) -> u64 {
    agent(id)
}

#[ag::session(crate = ::ag, flush, on_cancel = ok, links = ag::otel::opentelemetry::Context::current())]
async fn session_later() -> u64 {
    workflow().await
}

#[ag::agent(crate = ::ag, id = id, description = "Plans.", version = "1", kind = server)]
fn agent(id: &str) -> u64 {
    let _ = id;
    let hits = tool("why?").unwrap_or_default();
    hits + u64::from(guardrail(0.9)) + leaf(&[1, 2])
}

#[ag::workflow(crate = ::ag, version = "1", root, tags("a"))]
async fn workflow() -> u64 {
    ask(0.5).await.map_or(0, |answer| answer.1)
}

#[ag::tool(
    crate = ::ag,
    cost = 0.5,
    call_id = query.len(),
    args(?query, size = %query.len()),
    ret(Display),
    err(Debug, type = |_| "Fails"),
    err_if = |hits| matches!(hits, Ok(0))
)]
fn tool(query: &str) -> Result<u64, std::fmt::Error> {
    u64::try_from(query.len()).map_err(|_| std::fmt::Error)
}

#[ag::guardrail(crate = ::ag, stage = input, threshold = 0.8, triggered = |is_bad| *is_bad, skip(score))]
fn guardrail(score: f64) -> bool {
    score > 0.8
}

#[ag::operation(crate = ::ag, leaf, ret(|sum| sum + 1), fields(count = numbers.len(), shown = ?numbers))]
fn leaf(numbers: &[u64]) -> u64 {
    numbers.iter().sum()
}

#[ag::task(crate = ::ag, if = temperature > 0.0, parent = ag::otel::opentelemetry::Context::current())]
fn step(temperature: f64) -> Pin<Box<dyn Future<Output = f64> + Send>> {
    Box::pin(async move { temperature })
}

#[ag::llm_call(
    crate = ::ag,
    provider = "acme",
    model = "m",
    request = "{}",
    temperature = temperature,
    prompt = "why?",
    usage = |answer| *answer,
    response = |answer| answer.0,
    completion = |answer| answer.1,
    ok_if = Result::is_ok,
    ret(fields(output = |answer| answer.1))
)]
async fn ask(temperature: f64) -> Result<(u64, u64), String> {
    step(temperature).await;
    Ok((17, 5))
}

struct Tools;

#[ag::tool(crate = ::ag, ret(|size| *size), args(word))]
impl Tools {
    fn measure(&self, word: &str) -> usize {
        word.len()
    }
}

fn main() {
    let captured = capture(|| {
        assert_eq!(session("s-1"), 8);
        assert_eq!(poll(session_later()), Poll::Ready(5));
        assert_eq!(Tools.measure("word"), 4);
    });
    print!("{}", captured.tree());
}

fn poll<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}
