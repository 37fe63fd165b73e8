#[agentops::task(fields(user::tier = 3))]
fn run() {}

fn main() {}
