#[agentops::task(skip(password, right))]
fn some(user: &str, password: &str, (left, right): (u32, u32), r#type: Type) -> bool {
    check(user, password)
}

#[agentops::task(skip(password))]
fn all(password: &str) {
    check(password);
}
