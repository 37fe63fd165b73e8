#[agentops::session(fields(agentops.session.end_state = "Success"))]
fn run() {}

fn main() {}
