#[agentops::task(skip(query))]
fn run() {}

fn main() {}
