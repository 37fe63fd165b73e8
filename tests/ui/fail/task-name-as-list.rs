#[agentops::task(name("search"))]
fn run() {}

fn main() {}
