struct Tier;

impl Tier {
    fn clone_of(&self) -> Tier {
        Tier
    }
}

#[agentops::task(args(kind = ?tier.clone_of()))]
fn run(tier: Tier) -> Tier {
    tier
}

fn main() {}
