//! `fields`, `tags`, `baggage` and `version`: what a span says of itself.

use std::cell::Cell;

use agentops::otel::opentelemetry::Context;
use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};

use crate::{ask, block_on};

const KEY: &str = "key.of.a.constant";

#[derive(Debug)]
struct Plan {
    steps: u8,
}

#[agentops::task(
    version = "1.2",
    tags("a", "b"),
    fields(
        user.tier = tier,
        "max tries" = 3,
        plan = ?plan,
        ratio = %0.5,
        {KEY} = plan.steps > 1,
        later,
    )
)]
fn step(tier: &str, plan: Plan) {
    agentops::record("later", 4);
}

#[agentops::operation(
    version = "1.2",
    tags("a", "b"),
    fields(
        user.tier = tier,
        "max tries" = 3,
        plan = ?plan,
        ratio = %0.5,
        {KEY} = plan.steps > 1,
        later,
    )
)]
async fn step_async(tier: &str, plan: Plan) {
    tokio::task::yield_now().await;
    agentops::record("later", 4);
}

#[track_caller]
fn assert_says_all(span: &Span) {
    assert_eq!(span.str("agentops.entity.version"), Some("1.2"));
    let tags = span.attributes().strs("agentops.tags");
    assert_eq!(tags, Some(vec!["a", "b"]));
    assert_eq!(span.str("user.tier"), Some("paid"));
    assert_eq!(span.int("max tries"), Some(3));
    assert_eq!(span.str("plan"), Some("Plan { steps: 2 }"));
    assert_eq!(span.str("ratio"), Some("0.5"));
    assert_eq!(span.bool(KEY), Some(true));
    assert_eq!(span.int("later"), Some(4));
}

#[test]
fn fields_tags_and_version_are_on_the_span() {
    let spans = Telemetry::record(|| {
        step("paid", Plan { steps: 2 });
        block_on(step_async("paid", Plan { steps: 2 }));
    })
    .spans;
    assert_says_all(spans.named("step"));
    assert_says_all(spans.named("step_async"));
}

#[test]
fn version_is_that_of_whatever_is_annotated() {
    #[agentops::workflow(version = "2")]
    fn flow() {}

    #[agentops::agent(version = "3")]
    fn plan() {}

    let spans = Telemetry::record(|| {
        flow();
        plan();
    })
    .spans;
    let flow = spans.named("invoke_workflow flow");
    assert_eq!(flow.str("agentops.entity.version"), Some("2"));
    let plan = spans.named("invoke_agent plan");
    assert_eq!(plan.str("gen_ai.agent.version"), Some("3"));
}

#[test]
fn leaf_takes_constants_as_keys_and_computed_fields() {
    #[agentops::operation(leaf, version = "4", fields({KEY} = text.len(), shown = ?text))]
    fn leaf(text: &str) -> usize {
        text.len()
    }

    let spans = Telemetry::record(|| leaf("ab")).spans;
    let leaf = spans.named("leaf");
    assert_eq!(leaf.int(KEY), Some(2));
    assert_eq!(leaf.str("shown"), Some("\"ab\""));
    assert_eq!(leaf.str("agentops.entity.version"), Some("4"));
}

#[test]
fn baggage_is_there_in_the_function_and_gone_behind_it() {
    fn tenant() -> Option<String> {
        Context::current()
            .baggage()
            .get("tenant")
            .map(ToString::to_string)
    }

    #[agentops::workflow(baggage(tenant = name))]
    fn flow(name: &str) -> Option<String> {
        tenant().filter(|tenant| tenant == name)
    }

    #[agentops::guardrail(baggage(tenant = name))]
    async fn check(name: &str) -> Option<String> {
        tokio::task::yield_now().await;
        tenant().filter(|tenant| tenant == name)
    }

    Telemetry::record(|| {
        assert_eq!(flow("acme").as_deref(), Some("acme"));
        assert_eq!(tenant(), None);
        assert_eq!(block_on(check("acme")).as_deref(), Some("acme"));
        assert_eq!(tenant(), None);
    });
}

#[agentops::tool(
    fields(n = ask(asked)),
    call_id = ask(asked),
    tags("x"),
    if = is_recorded
)]
fn counted(asked: &Cell<i64>, is_recorded: bool) -> bool {
    is_recorded
}

#[agentops::agent(id = ask(asked), fields(n = ask(asked)), if = is_recorded)]
async fn counted_async(asked: &Cell<i64>, is_recorded: bool) -> bool {
    is_recorded
}

#[test]
fn values_are_computed_once_where_they_are_recorded() {
    let asked = Cell::new(0);
    let spans = Telemetry::record(|| {
        counted(&asked, true);
        assert_eq!(asked.get(), 2);
        block_on(counted_async(&asked, true));
        assert_eq!(asked.get(), 4);
    })
    .spans;
    let tool = spans.named("execute_tool counted");
    let numbers = [tool.int("n"), tool.int("gen_ai.tool.call.id")];
    assert!(numbers.iter().all(Option::is_some), "{numbers:?}");
}

#[test]
fn values_are_not_computed_where_nothing_is_recorded() {
    let asked = Cell::new(0);
    uninitialized(|| {
        counted(&asked, true);
        block_on(counted_async(&asked, true));
    });
    assert_eq!(asked.get(), 0, "without init");
    let received = Telemetry::record(|| {
        counted(&asked, false);
        block_on(counted_async(&asked, false));
    });
    assert_eq!(asked.get(), 0, "with `if` false");
    assert!(received.spans.is_empty());
}

#[test]
fn expression_that_panics_costs_the_span_and_not_the_function() {
    #[agentops::task(fields(first = items[0]))]
    fn first(items: &[i64]) -> usize {
        items.len()
    }

    #[agentops::task(if = items[0] > 1)]
    async fn second(items: &[i64]) -> usize {
        items.len()
    }

    let spans = Telemetry::record(|| {
        assert_eq!((first(&[]), first(&[2])), (0, 1));
        assert_eq!(block_on(second(&[])), 0);
    })
    .spans;
    assert_eq!(spans.names(), ["first"]);
}

#[test]
fn lists_have_the_type_of_their_values_wherever_they_are_said() {
    #[agentops::task(
        fields(floats = [1.5, 2.5], truths = [true]),
        ret(fields(more.floats = |_| [1.5, 2.5], more.truths = |_| [true]))
    )]
    fn lists() -> u8 {
        0
    }

    let spans = Telemetry::record(lists).spans;
    let span = spans.named("lists");
    for key in ["floats", "truths"] {
        let more = span.attributes().get(&format!("more.{key}"));
        assert!(more.is_some());
        assert_eq!(span.attributes().get(key), more, "{key}");
    }
}
