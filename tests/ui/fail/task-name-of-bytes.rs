#[agentops::task(name = b"x")]
fn run() {}

fn main() {}
