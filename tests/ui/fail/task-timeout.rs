#[agentops::task(timeout = "30")]
fn run() {}

fn main() {}
