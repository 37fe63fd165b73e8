#[agentops::task(args(query))]
fn run() {}

fn main() {}
