#[agentops::task(name =)]
fn run() {}

fn main() {}
