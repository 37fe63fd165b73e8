#[agentops::task(rets)]
fn run() {}

fn main() {}
