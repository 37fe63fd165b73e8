#[agentops::tool(modle = "gpt-4o")]
fn search() {}

fn main() {}
