#[agentops::llm_call(sever)]
fn run() {}

fn main() {}
