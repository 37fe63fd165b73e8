struct Tier;

#[agentops::session(fields(user.tier = tier.clone_of()))]
fn run(tier: &Tier) {
    tier.clone_of();
}

impl Tier {
    fn clone_of(&self) -> Tier {
        Tier
    }
}

fn main() {}
