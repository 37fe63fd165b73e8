#[agentops::session(usr)]
fn run() {}

fn main() {}
