#[agentops::session(fields(count = count))]
fn run(mut count: u32, _: String) {
    count += 1;
    work(count);
}

#[agentops::session(name = "declared")]
pub(crate) fn declared() -> () {
    work(1)
}
