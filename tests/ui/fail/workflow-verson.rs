#[agentops::workflow(verson)]
fn run() {}

fn main() {}
