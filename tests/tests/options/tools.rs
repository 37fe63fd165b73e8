//! Options of `tool`: `description`, `type`, `call_id`, `cost`.

use agentops_tests::{Span, Telemetry};

use crate::block_on;

#[agentops::tool(
    description = "Searches the web.",
    type = function,
    call_id = id,
    cost = 0.05
)]
fn search(id: &str) -> usize {
    id.len()
}

#[agentops::tool(
    description = "Searches the web.",
    type = function,
    call_id = id.as_str(),
    cost = 0.05
)]
async fn search_async(id: String) -> usize {
    tokio::task::yield_now().await;
    id.len()
}

#[track_caller]
fn assert_tells_all(span: &Span) {
    let description = span.str("gen_ai.tool.description");
    assert_eq!(description, Some("Searches the web."));
    assert_eq!(span.str("gen_ai.tool.type"), Some("function"));
    assert_eq!(span.str("gen_ai.tool.call.id"), Some("call-1"));
    assert_eq!(span.f64("agentops.cost"), Some(0.05));
    assert_eq!(span.str("gen_ai.operation.name"), Some("execute_tool"));
}

#[test]
fn tool_says_what_it_is_and_what_it_costs() {
    let spans = Telemetry::record(|| {
        search("call-1");
        block_on(search_async("call-1".to_owned()));
    })
    .spans;
    assert_tells_all(spans.named("execute_tool search"));
    assert_tells_all(spans.named("execute_tool search_async"));
}

#[test]
fn tools_are_of_three_types() {
    #[agentops::tool(type = extension)]
    fn extends() {}

    #[agentops::tool(type = datastore)]
    async fn stores() {}

    let spans = Telemetry::record(|| {
        extends();
        block_on(stores());
    })
    .spans;
    let type_of = |name| spans.named(name).str("gen_ai.tool.type");
    assert_eq!(type_of("execute_tool extends"), Some("extension"));
    assert_eq!(type_of("execute_tool stores"), Some("datastore"));
}

#[test]
fn cost_is_a_number_however_it_is_written_or_computed() {
    const PRICE: f64 = 0.5;

    #[agentops::tool(cost = 2)]
    fn whole() {}

    #[agentops::tool(cost = PRICE * pages)]
    async fn computed(pages: f64) {
        let _ = pages;
    }

    let spans = Telemetry::record(|| {
        whole();
        block_on(computed(3.0));
    })
    .spans;
    let cost_of = |name| spans.named(name).f64("agentops.cost");
    assert_eq!(cost_of("execute_tool whole"), Some(2.0));
    assert_eq!(cost_of("execute_tool computed"), Some(1.5));
}

#[test]
fn tool_without_options_says_none_of_it() {
    #[agentops::tool]
    fn plain() {}

    let spans = Telemetry::record(plain).spans;
    let keys = spans.named("execute_tool plain").attributes().keys();
    for key in [
        "gen_ai.tool.description",
        "gen_ai.tool.type",
        "gen_ai.tool.call.id",
        "agentops.cost",
    ] {
        assert!(!keys.contains(&key), "{key}");
    }
}
