#[agentops::tool(fields(gen_ai.tool.call.id = 7))]
fn run() {}

fn main() {}
