#[agentops::task(flush)]
fn run() {}

fn main() {}
