#[agentops::task("search", "find")]
fn run() {}

fn main() {}
