#[agentops::task(if = true, if = false)]
fn run() {}

fn main() {}
