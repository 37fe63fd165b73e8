#[agentops::session(id = 5_u8.await)]
async fn run() {}

fn main() {}
