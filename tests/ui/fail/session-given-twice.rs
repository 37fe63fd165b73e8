#[agentops::session("support chat")]
#[inline]
#[agentops::session]
fn run() {}

fn main() {}
