#[agentops::task(crat)]
fn run() {}

fn main() {}
