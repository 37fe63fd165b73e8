#[agentops::llm_call(metrics(gen_ai.request.model = "gpt-4o"))]
fn run() {}

fn main() {}
