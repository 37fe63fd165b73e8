#[agentops::task(fields(a = 3 b = 4))]
fn run() {}

fn main() {}
