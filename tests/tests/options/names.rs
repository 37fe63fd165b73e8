//! `name`: what a span is called.

use agentops_tests::Telemetry;

use crate::block_on;

const PLAIN: &str = "name of a constant";

struct Names;

impl Names {
    const SEARCH: &'static str = "web search";
}

#[agentops::task(name = "two words")]
fn literal() {}

#[agentops::task("alone")]
fn positional() {}

#[agentops::task(name = PLAIN)]
fn constant() {}

#[agentops::operation(name = PLAIN, leaf)]
fn leaf_constant() {}

#[agentops::tool(name = Names::SEARCH)]
fn associated() {}

#[agentops::agent(name = Names::SEARCH)]
async fn associated_async() {}

#[agentops::workflow(name = PLAIN)]
async fn constant_async() {}

#[agentops::session("nightly")]
async fn positional_async() {}

#[agentops::guardrail(name = PLAIN)]
async fn guards() {}

#[agentops::llm_call(name = PLAIN, model = "m")]
async fn asks() {}

#[agentops::task]
fn without() {}

#[test]
fn name_is_a_literal_or_a_constant_or_the_functions_own() {
    let spans = Telemetry::record(|| {
        literal();
        positional();
        constant();
        leaf_constant();
        without();
    })
    .spans;
    assert_eq!(
        spans.names(),
        ["two words", "alone", PLAIN, PLAIN, "without"]
    );
}

#[test]
fn name_of_an_operation_of_the_conventions_is_an_attribute_as_well() {
    let spans = Telemetry::record(|| {
        associated();
        block_on(associated_async());
        block_on(constant_async());
    })
    .spans;
    let tool = spans.named("execute_tool web search");
    assert_eq!(tool.str("gen_ai.tool.name"), Some("web search"));
    let agent = spans.named("invoke_agent web search");
    assert_eq!(agent.str("gen_ai.agent.name"), Some("web search"));
    let workflow = spans.named("invoke_workflow name of a constant");
    assert_eq!(workflow.str("gen_ai.workflow.name"), Some(PLAIN));
}

#[test]
fn async_functions_take_names_too() {
    let spans = Telemetry::record(|| {
        block_on(positional_async());
        block_on(guards());
        block_on(asks());
    })
    .spans;
    let mut names = spans.names();
    // What belongs to no session may arrive before what does.
    names.sort_unstable();
    assert_eq!(names, [PLAIN, PLAIN, "nightly"]);
}

#[test]
fn function_is_known_under_any_name() {
    let spans = Telemetry::record(constant).spans;
    let function = spans.named(PLAIN).str("code.function.name");
    assert_eq!(function, Some("constant"));
}
