#[agentops::guardrail(
    stage = middle,
    threshold = 1.5,
    triggered = true,
    action("block"),
    root = 3,
    parent =,
    links,
    if = 1,
)]
fn check(text: &str) -> bool {
    text.is_empty()
}

fn main() {}
