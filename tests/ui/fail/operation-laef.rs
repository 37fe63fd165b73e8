#[agentops::operation(laef)]
fn run() {}

fn main() {}
