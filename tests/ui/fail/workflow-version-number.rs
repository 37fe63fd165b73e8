#[agentops::workflow(version = 2)]
fn run() {}

fn main() {}
