//! Names that are keywords elsewhere: `r#gen`, `union`, `auto`, `raw`, `default`, `safe`.
#![deny(warnings)]

struct Agent {
    union: u8,
    r#gen: u8,
}

#[agentops::agent(fields(gen = r#gen, auto = auto))]
fn r#gen(r#gen: u8, auto: u8) -> u8 {
    r#gen + auto
}

#[agentops::agent]
async fn union(union: Agent, raw: &u8) -> u8 {
    let Agent { union, r#gen } = union;
    let default = union + r#gen;
    default + raw
}

impl Agent {
    #[agentops::agent]
    fn default(safe: u8, r#try: Option<u8>, r#dyn: &dyn Fn() -> u8) -> Self {
        let r#unsized = r#try.unwrap_or_default();
        Self { union: safe, r#gen: r#unsized + r#dyn() }
    }

    #[agentops::agent("r#yield")]
    fn r#yield<'r#gen>(&self, r#become: &'r#gen u8) -> &'r#gen u8 {
        r#become
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(r#gen(1, 2), 3);
        let agent = Agent::default(1, Some(2), &|| 3);
        assert_eq!(agent.r#yield(&4), &4);
        assert_eq!(union(agent, &4).await, 10);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "agent invoke_agent gen\nagent invoke_agent default\nagent invoke_agent r#yield\n\
         agent invoke_agent union\n"
    );
    assert_eq!(captured.span("invoke_agent gen").int("gen"), Some(1));
}
