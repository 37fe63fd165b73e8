#[agentops::task(ret(Debug))]
fn run() -> () {}

fn main() {}
