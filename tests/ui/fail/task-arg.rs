#[agentops::task(arg)]
fn run() {}

fn main() {}
