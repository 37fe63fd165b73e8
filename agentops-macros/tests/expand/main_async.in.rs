#[agentops::session]
async fn main() {
    run().await;
}
