#[agentops::task(kind = "client")]
fn run() {}

fn main() {}
