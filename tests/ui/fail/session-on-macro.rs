#[agentops::session]
macro_rules! agent {
    () => {};
}

fn main() {
    agent!();
}
