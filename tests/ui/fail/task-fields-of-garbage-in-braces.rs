#[agentops::task(fields({a b} = 3))]
fn run() {}

fn main() {}
