#[agentops::session]
type Size = usize;

fn main() {}
