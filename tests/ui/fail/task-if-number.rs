#[agentops::task(if = 1)]
fn run() {}

fn main() {}
