#[agentops::session(
    "long long long long long long long long long long long long long long long long long long long long long long long long long long "
)]
fn run() {}

fn main() {}
