#[agentops::llm_call(provder)]
fn run() {}

fn main() {}
