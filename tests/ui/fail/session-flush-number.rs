#[agentops::session(flush = 3)]
fn run() {}

fn main() {}
