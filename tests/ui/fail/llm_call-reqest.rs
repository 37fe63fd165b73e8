#[agentops::llm_call(reqest)]
fn run() {}

fn main() {}
