#[agentops::session(metadata("" = 1))]
fn run() {}

fn main() {}
