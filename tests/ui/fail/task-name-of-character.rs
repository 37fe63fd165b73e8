#[agentops::task(name = 'c')]
fn run() {}

fn main() {}
