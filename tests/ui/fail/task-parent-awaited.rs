#[agentops::task(parent = context().await)]
async fn run() {}

async fn context() -> u8 {
    3
}

fn main() {}
