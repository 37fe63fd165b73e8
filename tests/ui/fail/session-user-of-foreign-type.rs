struct Tier;

#[agentops::session(user = tier)]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
