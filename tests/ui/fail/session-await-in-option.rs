async fn identify() -> u32 {
    3
}

#[agentops::session(id = identify().await)]
async fn run() {
    identify().await;
}

fn main() {}
