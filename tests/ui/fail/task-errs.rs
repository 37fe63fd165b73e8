#[agentops::task(errs)]
fn run() {}

fn main() {}
