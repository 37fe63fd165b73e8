#[agentops::session(fields(session.id = "42"))]
fn run() {}

fn main() {}
