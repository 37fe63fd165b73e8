#[agentops::session(extract)]
fn run() {}

fn main() {}
