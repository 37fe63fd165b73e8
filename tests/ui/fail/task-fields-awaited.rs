#[agentops::task(fields(tier = tier().await))]
async fn run() {}

async fn tier() -> u8 {
    3
}

fn main() {}
