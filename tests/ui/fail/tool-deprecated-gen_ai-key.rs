#[agentops::tool(fields(gen_ai.system = "openai"))]
fn search() {}

fn main() {}
