#[agentops::task(on_cancel = true)]
fn run() {}

fn main() {}
