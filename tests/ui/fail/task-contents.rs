#[agentops::task(contents)]
fn run() {}

fn main() {}
