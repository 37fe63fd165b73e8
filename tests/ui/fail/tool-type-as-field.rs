#[agentops::tool(fields(gen_ai.tool.type = "function"))]
fn run() {}

fn main() {}
