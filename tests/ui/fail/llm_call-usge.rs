#[agentops::llm_call(usge)]
fn run() {}

fn main() {}
