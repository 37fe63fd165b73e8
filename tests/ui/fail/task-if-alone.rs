#[agentops::task(if)]
fn run() {}

fn main() {}
