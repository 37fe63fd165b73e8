struct Guard;

#[agentops::guardrail]
impl Guard {}

fn main() {}
