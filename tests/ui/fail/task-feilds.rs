#[agentops::task(feilds)]
fn run() {}

fn main() {}
