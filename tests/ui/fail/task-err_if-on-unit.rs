#[agentops::task(err_if = |_| true)]
fn run() {}

fn main() {}
