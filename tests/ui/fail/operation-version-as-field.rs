#[agentops::operation(fields(agentops.entity.version = "1"))]
fn run() {}

fn main() {}
