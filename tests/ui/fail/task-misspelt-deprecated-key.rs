#[agentops::task(fields("gen_ai.sytem" = "openai"))]
fn summarize() {}

fn main() {}
