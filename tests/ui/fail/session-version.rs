#[agentops::session(version = "1")]
fn run() {}

fn main() {}
