#[agentops::task(metric = false)]
fn run() {}

fn main() {}
