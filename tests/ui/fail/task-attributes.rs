#[agentops::task(attributes(a = 3))]
fn run() {}

fn main() {}
