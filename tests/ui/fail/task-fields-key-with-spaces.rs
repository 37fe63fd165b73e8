#[agentops::task(fields(" user" = 3))]
fn run() {}

fn main() {}
