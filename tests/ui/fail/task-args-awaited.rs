#[agentops::task(args(size = size().await))]
async fn run() {}

async fn size() -> usize {
    3
}

fn main() {}
