#[agentops::session(
    "",
    idd = 3,
    fields(user.tier = "gold", user.tier = "silver", agentops.x = 1),
    baggage("user id" = 3),
    crate = super::agentops,
)]
const fn run() -> u32 {
    3
}

fn main() {}
