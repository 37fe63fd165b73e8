#[agentops::session(skip(right))]
#[agentops::task(skip(inner))]
fn twice((left, right): (u32, u32), Json(inner): Json<u32>, mut count: u32) {
    count += left + right + inner;
    work(count);
}
