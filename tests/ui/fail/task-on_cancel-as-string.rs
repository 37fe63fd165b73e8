#[agentops::task(on_cancel = "ok")]
fn run() {}

fn main() {}
