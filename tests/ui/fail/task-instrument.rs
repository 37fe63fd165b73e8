#[agentops::task(instrument)]
fn run() {}

fn main() {}
