#[agentops::task(iff)]
fn run() {}

fn main() {}
