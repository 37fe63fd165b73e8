#[agentops::task(skp)]
fn run() {}

fn main() {}
