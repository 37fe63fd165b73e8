#[agentops::session(metadata = 7)]
fn run() {}

fn main() {}
