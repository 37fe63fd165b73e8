#[agentops::operation(metrics = false)]
fn run() {}

fn main() {}
