#[agentops::session(flush = "yes")]
fn run() {}

fn main() {}
