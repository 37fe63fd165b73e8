#[agentops::session(session_id = 7)]
fn run() {}

fn main() {}
