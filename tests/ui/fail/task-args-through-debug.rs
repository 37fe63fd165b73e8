struct Tier;

#[agentops::task(args(?tier))]
fn run(tier: Tier) -> Tier {
    tier
}

fn main() {}
