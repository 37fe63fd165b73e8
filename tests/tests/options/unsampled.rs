//! What options compute where no span is recorded, because its parent is not.

use std::cell::Cell;

use agentops_tests::Telemetry;

use crate::{INPUT, ask, block_on, record_content, record_unsampled};

thread_local! {
    /// How often a closure on a value ran, which sees nothing of the function.
    static LOOKED: Cell<u8> = const { Cell::new(0) };
}

fn look<T>(_: &T) -> bool {
    LOOKED.set(LOOKED.get() + 1);
    true
}

#[agentops::tool(ok_if = look, ret(|_| look(&0)))]
fn tool(asked: &Cell<i64>) -> bool {
    asked.get() == 0
}

#[agentops::agent(err_if = look, ret(|_| look(&0)))]
async fn agent(asked: &Cell<i64>) -> bool {
    tokio::task::yield_now().await;
    asked.get() == 0
}

/// Metrics tell failures apart, also of calls that are not recorded.
#[test]
fn verdicts_on_what_is_counted_are_asked_for_and_content_is_not() {
    let asked = Cell::new(0);
    LOOKED.set(0);
    record_unsampled(|| {
        tool(&asked);
        block_on(agent(&asked));
    });
    assert_eq!(LOOKED.get(), 2);
    record_content(|| {
        tool(&asked);
        block_on(agent(&asked));
    });
    assert_eq!(LOOKED.get(), 6);
}

#[agentops::task(
    args(n = ask(asked)),
    fields(n = ask(asked)),
    ok_if = look,
    ret(|_| look(&0), fields(looked = |_| look(&0)))
)]
fn task(asked: &Cell<i64>) -> u8 {
    let _ = asked;
    1
}

#[agentops::guardrail(
    args(n = ask(asked)),
    fields(n = ask(asked)),
    err(|_| look(&0)),
    ret(|_| look(&0))
)]
async fn guardrail(asked: &Cell<i64>) -> Result<u8, u8> {
    let _ = asked;
    Err(1)
}

#[agentops::operation(
    leaf,
    args(n = ask(asked)),
    fields(n = ask(asked)),
    err_if = look,
    ret(|_| look(&0))
)]
fn leaf(asked: &Cell<i64>) -> u8 {
    let _ = asked;
    1
}

fn calls(asked: &Cell<i64>) {
    task(asked);
    block_on(guardrail(asked)).unwrap_err();
    leaf(asked);
}

#[test]
fn nothing_is_computed_below_an_unsampled_parent() {
    let asked = Cell::new(0);
    LOOKED.set(0);
    record_unsampled(|| calls(&asked));
    assert_eq!((asked.get(), LOOKED.get()), (0, 0));
}

/// What a call of a model counts in metrics may be told apart by its fields.
#[agentops::llm_call(provider = "local", model = "small", fields(n = ask(asked)))]
fn counted(asked: &Cell<i64>) {
    let _ = asked;
}

#[test]
fn fields_of_what_is_counted_are_computed_below_an_unsampled_parent() {
    let asked = Cell::new(0);
    record_unsampled(|| counted(&asked));
    assert_eq!(asked.get(), 1);
}

/// Only the fields are computed.
#[test]
fn arguments_are_not_computed_where_content_is_not_kept() {
    let asked = Cell::new(0);
    let spans = Telemetry::record(|| calls(&asked)).spans;
    assert_eq!(asked.get(), 3);
    for span in spans.iter() {
        assert_eq!(span.str(INPUT), None, "{}", span.name());
    }
}
