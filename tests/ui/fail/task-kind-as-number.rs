#[agentops::task(kind = 3)]
fn run() {}

fn main() {}
