#[agentops::llm_call(respose)]
fn run() {}

fn main() {}
