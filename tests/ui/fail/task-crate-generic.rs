#[agentops::task(crate = ::agentops::<u8>)]
fn run() {}

fn main() {}
