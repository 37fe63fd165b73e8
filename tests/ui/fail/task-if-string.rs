#[agentops::task(if = "yes")]
fn run() {}

fn main() {}
