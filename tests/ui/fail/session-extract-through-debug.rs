#[agentops::session(extract = ?headers)]
fn run() {}

fn main() {}
