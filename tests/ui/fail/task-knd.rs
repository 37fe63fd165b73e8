#[agentops::task(knd)]
fn run() {}

fn main() {}
