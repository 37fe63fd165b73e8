#[agentops::task(fields(a = @))]
fn run() {}

fn main() {}
