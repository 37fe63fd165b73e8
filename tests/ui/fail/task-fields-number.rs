#[agentops::task(fields(3))]
fn run() {}

fn main() {}
