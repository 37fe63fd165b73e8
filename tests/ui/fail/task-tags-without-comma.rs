#[agentops::task(tags("a" "b"))]
fn run() {}

fn main() {}
