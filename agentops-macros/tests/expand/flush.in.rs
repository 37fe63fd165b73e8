#[agentops::session(flush, end_state = |done| state(done))]
fn run(goal: &str) -> bool {
    work(goal)
}

#[agentops::session(flush)]
async fn later(goal: String) -> bool {
    work(&goal)
}

#[agentops::session(flush)]
fn boxed(goal: String) -> Pin<Box<dyn Future<Output = bool> + Send>> {
    Box::pin(async move { work(&goal) })
}
