#[agentops::session("support\nchat")]
fn run() {}

fn main() {}
