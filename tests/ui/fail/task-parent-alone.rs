#[agentops::task(parent)]
fn run() {}

fn main() {}
