#[agentops::task("a")]
#[agentops::task("b")]
fn run() {}

fn main() {}
