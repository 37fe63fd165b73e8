#[agentops::session(name)]
fn run() {}

fn main() {}
