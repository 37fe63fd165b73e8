#[agentops::tool = "search"]
fn run() {}

fn main() {}
