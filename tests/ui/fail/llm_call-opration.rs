#[agentops::llm_call(opration)]
fn run() {}

fn main() {}
