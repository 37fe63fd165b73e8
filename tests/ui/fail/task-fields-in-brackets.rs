#[agentops::task(fields[size = 3])]
fn run() {}

fn main() {}
