#[agentops::task(verson)]
fn run() {}

fn main() {}
