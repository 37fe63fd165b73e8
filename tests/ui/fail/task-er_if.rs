#[agentops::task(er_if)]
fn run() {}

fn main() {}
