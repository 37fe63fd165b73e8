#[agentops::task(content = 0)]
fn run() {}

fn main() {}
