#[agentops::task(= 3)]
fn run() {}

fn main() {}
