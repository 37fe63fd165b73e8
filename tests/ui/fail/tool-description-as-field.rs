#[agentops::tool(fields(gen_ai.tool.description = "x"))]
fn run() {}

fn main() {}
