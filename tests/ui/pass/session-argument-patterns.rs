//! Captured patterns: taken apart, by reference, nested, unbound; some of it skipped.
#![deny(warnings)]

struct Request {
    id: u32,
    body: String,
}

struct Json<T>(T);

#[agentops::session(skip(body))]
fn apart(Request { id, ref body }: Request, Json(mut limit): Json<u32>, &copied: &u32) -> String {
    limit += id + copied;
    format!("{body}{limit}")
}

#[agentops::session]
fn unit(whole @ [first, ..]: [u8; 3], (_, last): (u8, u8), _: String, (): ()) {
    assert_eq!(whole[0], first);
    assert_eq!(last, 2);
}

#[agentops::session(skip(left))]
async fn later((left, right): (u32, u32), Json(Json(inner)): Json<Json<String>>) -> String {
    std::future::ready(()).await;
    format!("{left}{right}{inner}")
}

#[agentops::session(skip(right))]
#[agentops::task(skip(inner))]
fn twice((left, right): (u32, u32), Json(inner): Json<u32>) -> u32 {
    left + right + inner
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let body = "body".to_owned();
    assert_eq!(apart(Request { id: 1, body }, Json(2), &3), "body6");
    unit([1, 2, 3], (1, 2), String::new(), ());
    assert_eq!(later((1, 2), Json(Json("3".to_owned()))).await, "123");
    assert_eq!(twice((1, 2), Json(3)), 6);
}
