struct Tier;

#[agentops::session(metadata(tier = tier))]
fn run(tier: &Tier) {
    let _ = tier;
}

fn main() {}
