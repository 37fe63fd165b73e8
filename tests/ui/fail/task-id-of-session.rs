#[agentops::task(id = 7)]
fn run() {}

fn main() {}
