#[agentops::task(name = "search" kind = client)]
fn run() {}

fn main() {}
