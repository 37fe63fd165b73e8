#[agentops::task(on_cancle)]
fn run() {}

fn main() {}
