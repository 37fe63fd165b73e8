#[agentops::operation(verson)]
fn run() {}

fn main() {}
