#[agentops::task(kind = Client)]
fn run() {}

fn main() {}
