#[agentops::task(link)]
fn run() {}

fn main() {}
