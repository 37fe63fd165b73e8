#[agentops::operation(leaf = 3)]
fn run() {}

fn main() {}
