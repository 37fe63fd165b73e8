#[agentops::task(on_cancel =)]
fn run() {}

fn main() {}
