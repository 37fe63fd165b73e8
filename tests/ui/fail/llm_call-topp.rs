#[agentops::llm_call(topp)]
fn run() {}

fn main() {}
