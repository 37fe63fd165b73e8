#[agentops::task(if = ready().await)]
async fn run() {}

async fn ready() -> bool {
    true
}

fn main() {}
