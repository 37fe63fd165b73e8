#[agentops::task(session = "x")]
fn run() {}

fn main() {}
