#[agentops::tool(typ)]
fn run() {}

fn main() {}
