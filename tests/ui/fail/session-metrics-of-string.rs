#[agentops::session(metrics(user = user))]
fn run(user: String) -> usize {
    user.len()
}

fn main() {}
