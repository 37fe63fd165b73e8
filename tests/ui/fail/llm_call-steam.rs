#[agentops::llm_call(steam)]
fn run() {}

fn main() {}
