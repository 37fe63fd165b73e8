#[agentops::task(links)]
fn run() {}

fn main() {}
