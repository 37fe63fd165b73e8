#[agentops::session(timeout = "30s")]
fn run() {}

fn main() {}
