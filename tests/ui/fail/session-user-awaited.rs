#[agentops::session(user = user().await)]
fn run() {}

fn main() {}
