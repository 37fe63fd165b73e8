#[agentops::session(name = 42)]
fn run() {}

fn main() {}
