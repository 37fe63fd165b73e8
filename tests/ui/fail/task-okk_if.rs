#[agentops::task(okk_if)]
fn run() {}

fn main() {}
