#[agentops::session(fields("" = 3))]
fn run() {}

fn main() {}
