#[agentops::session(user)]
fn run() {}

fn main() {}
