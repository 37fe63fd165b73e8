#[agentops::task(bagage)]
fn run() {}

fn main() {}
