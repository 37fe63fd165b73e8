#[agentops::task(on_cancel = frobnicate)]
fn run() {}

fn main() {}
