#[agentops::task(version = env!("CARGO_PKG_VERSION"))]
fn run() {}

fn main() {}
