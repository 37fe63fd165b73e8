#[agentops::agent("planner")]
fn plan(depth: u32) -> u32 {
    depth + 1
}

#[agentops::workflow]
fn research() {
    work();
}

#[agentops::task]
fn summarize() {
    work();
}

#[agentops::guardrail("no secrets")]
fn check() {
    work();
}
