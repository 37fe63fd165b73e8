#[agentops::tool(metrics("tier " = "a"))]
fn run() {}

fn main() {}
