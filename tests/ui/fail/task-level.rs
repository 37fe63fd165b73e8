#[agentops::task(level = "inof")]
fn run() {}

fn main() {}
