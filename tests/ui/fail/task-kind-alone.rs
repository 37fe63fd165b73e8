#[agentops::task(kind)]
fn run() {}

fn main() {}
