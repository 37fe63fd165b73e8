#[agentops::session(flush(true))]
fn run() {}

fn main() {}
