#[agentops::llm_call(completion = |_| 3)]
fn run() {}

fn main() {}
