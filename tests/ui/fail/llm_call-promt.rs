#[agentops::llm_call(promt)]
fn run() {}

fn main() {}
