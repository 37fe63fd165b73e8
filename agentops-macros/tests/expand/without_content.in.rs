#[agentops::task(content = false)]
fn sync(password: &str) -> bool {
    check(password)
}

#[agentops::task(content = false)]
async fn later(password: &str) -> bool {
    check(password).await
}

#[agentops::task(content = false)]
fn unit(password: &str) {
    check(password);
}
