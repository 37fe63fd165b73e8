#[agentops::session(fields(agentops.span.kind = "session"))]
fn run() {}

fn main() {}
