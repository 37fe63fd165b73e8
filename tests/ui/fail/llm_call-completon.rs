#[agentops::llm_call(completon)]
fn run() {}

fn main() {}
