#[agentops::session(crate = "my_crate::agentops")]
fn run() {}

fn main() {}
