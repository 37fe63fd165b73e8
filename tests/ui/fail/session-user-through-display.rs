#[agentops::session(user = %name)]
fn run() {}

fn main() {}
