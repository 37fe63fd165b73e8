#[agentops::llm_call(frobnicate)]
fn run() {}

fn main() {}
