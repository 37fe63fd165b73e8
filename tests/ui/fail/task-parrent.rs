#[agentops::task(parrent)]
fn run() {}

fn main() {}
