#[agentops::task(kind = frobnicate)]
fn run() {}

fn main() {}
