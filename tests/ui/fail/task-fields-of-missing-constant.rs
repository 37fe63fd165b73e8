#[agentops::task(fields({KEY} = 3))]
fn run() {}

fn main() {}
