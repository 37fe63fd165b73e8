#[agentops::operation(leaf = "yes")]
fn run() {}

fn main() {}
