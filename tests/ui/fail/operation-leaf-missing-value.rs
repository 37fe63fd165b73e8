#[agentops::operation(leaf =)]
fn run() {}

fn main() {}
