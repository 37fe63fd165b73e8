#[agentops::task(metrics = false)]
fn run() {}

fn main() {}
