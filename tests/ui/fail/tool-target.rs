#[agentops::tool("search", target = "web")]
fn search() {}

fn main() {}
