const KEY: usize = 3;

#[agentops::llm_call(metrics({KEY} = "x"))]
fn run() {}

fn main() {}
