//! Options of `agent`: `id`, `description`, `version`.

use agentops_tests::{Span, Telemetry};

use crate::block_on;

struct Planner {
    id: u32,
}

impl Planner {
    #[agentops::agent(id = self.id, description = "Plans.", version = "1.2")]
    fn plan(&self) -> u32 {
        self.id
    }

    #[agentops::agent("planner", id = self.id.to_string(), description = "Plans.", version = "1.2")]
    async fn plan_async(self) -> u32 {
        tokio::task::yield_now().await;
        self.id
    }
}

#[track_caller]
fn assert_tells_all(span: &Span) {
    assert_eq!(span.str("gen_ai.agent.description"), Some("Plans."));
    assert_eq!(span.str("gen_ai.agent.version"), Some("1.2"));
    assert_eq!(span.str("gen_ai.operation.name"), Some("invoke_agent"));
}

#[test]
fn agent_says_who_it_is_and_what_it_does() {
    let spans = Telemetry::record(|| {
        Planner { id: 7 }.plan();
        block_on(Planner { id: 7 }.plan_async());
    })
    .spans;
    let (plan, later) = (
        spans.named("invoke_agent plan"),
        spans.named("invoke_agent planner"),
    );
    assert_tells_all(plan);
    assert_eq!(plan.int("gen_ai.agent.id"), Some(7));
    assert_tells_all(later);
    assert_eq!(later.str("gen_ai.agent.id"), Some("7"));
}

#[test]
fn agent_without_options_says_its_name_alone() {
    #[agentops::agent]
    async fn plain() {}

    let spans = Telemetry::record(|| block_on(plain())).spans;
    let keys = spans.named("invoke_agent plain").attributes().keys();
    let own: Vec<_> = keys
        .iter()
        .filter(|key| key.starts_with("gen_ai."))
        .collect();
    assert_eq!(own, [&"gen_ai.agent.name", &"gen_ai.operation.name"]);
}
