#[agentops::session("")]
fn run() {}

fn main() {}
